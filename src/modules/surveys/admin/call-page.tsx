import { useQuery } from '@tanstack/react-query'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CallSheet } from '../rules/survey-records.ts'
import { outcomeWords, targetStateWords, wayWords } from '../rules/survey-words.ts'
import { CallForm } from './call-form.tsx'
import { CallPhone } from './call-phone.tsx'
import { CallTakeUp } from './call-take-up.tsx'
import { callWords } from './call-screen-words.ts'
import { SurveyStyles } from './survey-styles.tsx'
import { targetLevels } from './survey-levels.ts'
import { loadSheet, localMoment } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

/** The call sheet of a household: who it is, what the register says beside what is said, and how it ended. */
export function CallPage() {
  const targetId = usePageParam('targetId')
  const query = useQuery({ queryKey: ['surveys', 'sheet', targetId], queryFn: () => loadSheet(targetId) })
  return <Loaded query={query}>{(sheet) => <Sheet key={`${targetId} ${sheet.target.revision}`} sheet={sheet} />}</Loaded>
}

function Sheet({ sheet }: { sheet: CallSheet }) {
  const t = useT(callWords)
  const list = useT(surveyWords)
  const say = useSay()
  const go = useGo()
  const { target, campaign, household, can } = sheet
  const mayOpen = useMay('registry.household:read')
  const next = (targetId: string | undefined) => (targetId === undefined ? go('/surveys/calls') : go(`/surveys/calls/${targetId}`))
  const name =
    target.householdId === undefined
      ? t('village', { name: target.village })
      : target.headName === ''
        ? target.householdNo
        : target.headName
  return (
    <PageFrame
      title={name}
      note={`${campaign.name} ${campaign.campaignNo} · ${t('who', { name: target.householdNo, persons: target.persons, place: `${target.township} ${target.village}` })}`}
      extra={
        <>
          <StatusTag level={targetLevels[target.state]} text={say(targetStateWords[target.state])} />
          <PageLink to="/surveys/calls">{t('leave')}</PageLink>
          {mayOpen && target.householdId !== undefined ? (
            <PageLink to={`/registry/households/${target.householdId}`}>{t('file')}</PageLink>
          ) : null}
        </>
      }
    >
      <SurveyStyles />
      <div className="survey-sheet">
        {household === undefined ? null : (
          <Section title={t('members')}>
            <CallPhone sheet={sheet} />
          </Section>
        )}
        {sheet.calls.length === 0 ? null : (
          <Section title={t('calls')}>
            <ul className="bf-lines">
              {sheet.calls.map((call) => (
                <li key={call.attempt}>
                  {t('call', { n: call.attempt })} {say(wayWords[call.way])}：{say(outcomeWords[call.outcome])}{' '}
                  <span className="bf-quiet">
                    {localMoment(call.at)} {call.byName}
                  </span>
                  {call.note === '' ? null : <span className="bf-source">{call.note}</span>}
                </li>
              ))}
            </ul>
          </Section>
        )}
        {can.call || can.correct ? <CallForm sheet={sheet} done={next} /> : null}
        {can.takeUp ? (
          <Section title={list('state')}>
            <CallTakeUp target={target} />
          </Section>
        ) : null}
      </div>
    </PageFrame>
  )
}
