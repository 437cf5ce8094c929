import { Timeline, type TimelineEntry } from '#ui/data/timeline.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CaseAction } from '../rules/case-steps.ts'
import type { CaseEvent, CaseRecord, CaseVisit } from '../rules/case-records.ts'
import { actionWords, stepWords, visitFindingWords, visitMethodWords } from '../rules/case-words.ts'
import { showMoment } from './case-parts.tsx'
import { caseScreenWords } from './case-screen-words.ts'

const levels: Partial<Record<CaseAction | 'open', 'red' | 'amber' | 'green'>> = {
  pass: 'green',
  settle: 'green',
  return: 'amber',
  ask: 'amber',
  pause: 'amber',
  reject: 'red',
  revert: 'red',
  relapse: 'red',
}

/** What happened to a case, newest first, with its visits. */
export function CaseHistory({ record }: { record: CaseRecord }) {
  const t = useT(caseScreenWords)
  const entries = useCaseEntries()(record)
  return (
    <Section title={t('history')}>
      <Timeline label={t('history')} entries={entries} />
    </Section>
  )
}

/** Events and visits of a case as lines of a timeline, newest first. */
export function useCaseEntries(): (record: Pick<CaseRecord, 'events' | 'visits'>) => TimelineEntry[] {
  const t = useT(caseScreenWords)
  const say = useSay()
  return ({ events, visits }) => {
    const ofEvents = events.map((event) => {
      const { action, stepBefore, stepAfter } = event
      const from = stepBefore === null ? say(stepWords[stepAfter]) : say(stepWords[stepBefore])
      const moved = stepBefore === null || stepBefore === stepAfter ? '' : ` ${t('backTo', { step: say(stepWords[stepAfter]) })}`
      const said = [
        event.opinion === null ? '' : t('opinionText', { text: event.opinion }),
        event.reason === null ? '' : t('reasonText', { text: event.reason }),
      ]
      return {
        key: `event ${event.seq}`,
        sort: `${event.onDay} ${event.at}`,
        at: showMoment(event.at),
        title: `${say(actionWords[action])} · ${from}${moved}`,
        note: [event.actorName, ...said].filter((part) => part !== '').join(' · '),
        level: levels[action] ?? ('grey' as const),
      }
    })
    const ofVisits = visits.map((visit) => ({
      key: `visit ${visit.caseVisitId}`,
      sort: placeOfVisit(visit, events),
      at: visit.visitedOn,
      title: `${t('visits')} · ${say(visitMethodWords[visit.method])} · ${say(visitFindingWords[visit.finding])}`,
      note: [visit.visitors.join('、'), visit.note].filter((part) => part !== '').join(' · '),
      level: 'grey' as const,
    }))
    return [...ofEvents, ...ofVisits].sort((one, other) => (one.sort < other.sort ? 1 : -1)).map(({ sort: _sort, ...entry }) => entry)
  }
}

/** A visit has a day and no hour: on the day on which the case came to its step it stands after that. */
function placeOfVisit(visit: CaseVisit, events: readonly CaseEvent[]): string {
  const arrivals = events.filter((event) => event.stepAfter === visit.step && event.onDay === visit.visitedOn)
  const arrival = arrivals[arrivals.length - 1]
  return arrival === undefined ? visit.visitedOn : `${arrival.onDay} ${arrival.at} ~`
}
