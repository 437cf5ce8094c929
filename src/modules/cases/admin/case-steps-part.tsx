import { useState } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CaseEvent, CaseRecord, StepTerms } from '../rules/case-records.ts'
import { actionWords, seatWords, stepWords } from '../rules/case-words.ts'
import { lastStepOf, roundsOf, storyOf, type StepStory } from './case-story.ts'
import { caseScreenWords } from './case-screen-words.ts'

/** Per step: who does it, within how many days, with which papers, and what was said and decided; one round at a time. */
export function CaseSteps({ record }: { record: CaseRecord }) {
  const t = useT(caseScreenWords)
  const { file, events, terms } = record
  const rounds = roundsOf(events)
  const [round, setRound] = useState(file.round)
  const now =
    round === file.round && file.state !== 'ended'
      ? file.step
      : lastStepOf(
          'ended',
          events.filter((event) => event.round <= round),
        )
  const story = storyOf(events, round, now).map((one) =>
    file.state === 'ended' && one.standing === 'now' ? { ...one, standing: 'done' as const } : one,
  )
  return (
    <Section
      title={t('steps')}
      extra={
        rounds.length < 2 ? undefined : (
          <ChoiceChips
            label={t('historyOfRounds')}
            chosen={String(round)}
            choose={(key) => setRound(Number(key))}
            choices={rounds.map((one) => ({ key: String(one), label: t('round', { n: one }) }))}
          />
        )
      }
    >
      <ScrollBox>
        <table className="bf-table case-steps">
          <thead>
            <tr>
              <th scope="col">{t('step')}</th>
              <th scope="col">{t('whoMust')}</th>
              <th scope="col">{t('papersOf')}</th>
              <th scope="col">{t('doneBy')}</th>
            </tr>
          </thead>
          <tbody>
            {story.map((one) => (
              <StepRow key={one.step} story={one} terms={terms[one.step]} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Section>
  )
}

function StepRow({ story, terms }: { story: StepStory; terms: StepTerms | undefined }) {
  const t = useT(caseScreenWords)
  const say = useSay()
  const { step, standing, acts, arrivedOn } = story
  const days = terms === undefined ? '' : terms.days === 0 ? t('noLimit') : t(`${terms.calendar}Days`, { n: terms.days })
  return (
    <tr className={`case-step-${standing}`}>
      <th scope="row">
        {say(stepWords[step])}
        {standing === 'now' ? <span className="bf-source">{t('nowHere')}</span> : null}
      </th>
      <td>
        {terms === undefined ? '—' : say(seatWords[terms.seat])}
        <span className="bf-source">{days}</span>
      </td>
      <td>{terms === undefined || terms.papers.length === 0 ? <span className="bf-quiet">—</span> : terms.papers.join('、')}</td>
      <td>
        {acts.length === 0 ? (
          <span className="bf-quiet">
            {standing === 'next' ? t('notYet') : arrivedOn === null ? '—' : t('sinceDay', { day: arrivedOn })}
          </span>
        ) : (
          acts.map((act) => <StepAct key={act.seq} act={act} />)
        )}
      </td>
    </tr>
  )
}

function StepAct({ act }: { act: CaseEvent }) {
  const t = useT(caseScreenWords)
  const say = useSay()
  return (
    <div className="case-act">
      <span className="bf-figures">{act.onDay}</span> {act.actorName} · {say(actionWords[act.action])}
      {act.action === 'return' ? ` ${t('backTo', { step: say(stepWords[act.stepAfter]) })}` : null}
      {act.opinion === null ? null : <span className="bf-source">{t('opinionText', { text: act.opinion })}</span>}
      {act.reason === null ? null : <span className="bf-source">{t('reasonText', { text: act.reason })}</span>}
    </div>
  )
}
