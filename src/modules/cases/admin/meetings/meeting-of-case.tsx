import { Button } from 'antd'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import { seatPath } from '../../rules/case-seat.ts'
import { conclusionWords, meetingKindWords, meetingStateWords } from '../../rules/meetings/meeting-words.ts'
import { meetingStateLevels } from './meeting-list-page.tsx'
import { useMeetingsOfCase } from './meeting-queries.ts'
import { conclusionLevels } from './meeting-votes.tsx'
import { meetingWords } from './meeting-screen-words.ts'

/** The meetings about a case in its round, with the way to the next one while the case stands at an appraisal. */
export function MeetingsOfCase({ file }: { file: CaseFile }) {
  const t = useT(meetingWords)
  const say = useSay()
  const go = useGo()
  const mayRead = useMay('cases.meeting:read')
  const mayHold = useMay('cases.meeting:hold')
  const { step, state, areaPath } = file
  const isAt = step === 'appraisal' || step === 'exit-appraisal'
  const meetings = useMeetingsOfCase(file.caseId, file.round)
  if (!mayRead || (!isAt && meetings.data?.items.length === 0)) return null
  const call = () => go('/cases/meetings/new', { area: seatPath(areaPath, 'village'), kind: step })
  return (
    <Section
      title={t('ofCase')}
      extra={isAt && state === 'open' && mayHold ? <Button onClick={call}>{t('ofCaseCall')}</Button> : undefined}
    >
      <Loaded query={meetings} lines={2}>
        {({ items }) => (
          <ul className="case-list-plain">
            {items.length === 0 ? <li className="bf-quiet">{t('ofCaseNone')}</li> : null}
            {items.map((one) => (
              <li key={one.meetingId}>
                <PageLink to={`/cases/meetings/${one.meetingId}`}>
                  <span className="bf-figures">{one.heldOn}</span> {say(meetingKindWords[one.kind])}
                </PageLink>{' '}
                {one.conclusion === null || one.state !== 'closed' ? (
                  <StatusTag level={meetingStateLevels[one.state]} text={say(meetingStateWords[one.state])} />
                ) : (
                  <StatusTag level={conclusionLevels[one.conclusion]} text={say(conclusionWords[one.conclusion])} />
                )}
                <span className="bf-source">
                  {[one.votes === null ? '' : t('ofCaseVotes', { ...one.votes }), one.opinion].filter((part) => part !== '').join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}
