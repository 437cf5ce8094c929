import { StatusTag } from '#ui/data/status-tag.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CaseCard } from '../rules/case-records.ts'
import { levelOf } from '../rules/case-seat.ts'
import { outcomeWords, seatWords, stateWords, stepWords } from '../rules/case-words.ts'
import { caseScreenWords } from './case-screen-words.ts'

/** Where a case stands, with what is special about it. */
export function CaseTags({ file }: { file: CaseCard }) {
  const say = useSay()
  const t = useT(caseScreenWords)
  return (
    <>
      {file.outcome === null ? (
        <StatusTag level="amber" text={say(stepWords[file.step])} />
      ) : (
        <StatusTag
          level={file.outcome === 'stable' ? 'green' : 'grey'}
          text={`${say(stepWords.ended)} · ${say(outcomeWords[file.outcome])}`}
        />
      )}
      {file.state === 'supplement' || file.state === 'paused' ? <StatusTag level="grey" text={say(stateWords[file.state])} /> : null}
      {file.isGreen ? <StatusTag level="green" text={t('green')} /> : null}
      {file.noLabour ? <StatusTag level="grey" text={t('noLabour')} /> : null}
      {file.round > 1 ? <span className="bf-quiet">{t('round', { n: file.round })}</span> : null}
    </>
  )
}

/** The nearest day of a case with what is left until then, in words. */
export function CaseDue({ file }: { file: Pick<CaseCard, 'dueOn' | 'daysLeft' | 'daysIn'> }) {
  const t = useT(caseScreenWords)
  const { dueOn, daysLeft, daysIn } = file
  if (dueOn === null || daysLeft === null) return <span className="bf-quiet">{t('noDue')}</span>
  const late = daysIn === 'calendar' ? 'overdueByDays' : 'overdueBy'
  const left = daysIn === 'calendar' ? 'calendarLeft' : 'daysLeft'
  const text = daysLeft < 0 ? t(late, { n: -daysLeft }) : daysLeft === 0 ? t('dueToday') : t(left, { n: daysLeft })
  return (
    <span className="case-due">
      <StatusTag level={daysLeft < 0 ? 'red' : daysLeft <= 1 ? 'amber' : 'grey'} text={text} />
      <span className="bf-source bf-figures">{dueOn}</span>
    </span>
  )
}

/** The office that must act: the village or township by its name, the county by its level; and the person it was given to. */
export function useOffice(): (file: CaseCard) => string {
  const say = useSay()
  return (file) => {
    const level = levelOf(file.heldBy)
    const name = level === 'county' ? '' : level === 'township' ? file.township : file.village
    return [name === '' ? say(seatWords[level]) : name, file.handlerName].filter((part) => part !== null).join(' · ')
  }
}

/** A moment in the county's time, `2023-12-18 09:00`. */
export function showMoment(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
