import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useLeaveGuard } from '#ui/plug/leave-guard.ts'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { Meeting } from '../../rules/meetings/meeting-records.ts'
import { meetingKindWords, meetingStateWords } from '../../rules/meetings/meeting-words.ts'
import { MissingList } from '../case-missing.tsx'
import { CaseStyles } from '../case-styles.tsx'
import { Attendance } from './meeting-attendance.tsx'
import { toEntry, toRequest, type MeetingEntry } from './meeting-entry.ts'
import { MeetingFoot } from './meeting-foot.tsx'
import { MeetingHead } from './meeting-head.tsx'
import { meetingStateLevels } from './meeting-list-page.tsx'
import { enterMeeting, useMeeting } from './meeting-queries.ts'
import { MeetingSheet } from './meeting-sheet.tsx'
import { MeetingStyles } from './meeting-styles.tsx'
import { MeetingVotes } from './meeting-votes.tsx'
import { meetingWords } from './meeting-screen-words.ts'

/** One meeting: who came, how each household was voted on, the minutes; quorum, recusal and conclusions as they are typed. */
export function MeetingPage() {
  const t = useT(meetingWords)
  const say = useSay()
  const go = useGo()
  const meetingId = usePageParam('meetingId')
  const meeting = useMeeting(meetingId)
  const found = meeting.data
  return (
    <PageFrame
      title={found === undefined ? t('title') : t('one', { village: found.village, kind: say(meetingKindWords[found.kind]) })}
      extra={
        <>
          {found === undefined ? null : <StatusTag level={meetingStateLevels[found.state]} text={say(meetingStateWords[found.state])} />}
          <span className="bf-spring" />
          <Button onClick={() => go('/cases/meetings')}>{t('back')}</Button>
        </>
      }
    >
      <MeetingStyles />
      <CaseStyles />
      <Loaded query={meeting} lines={12}>
        {(one) => <MeetingForm key={`${one.meetingId} ${one.revision}`} meeting={one} />}
      </Loaded>
    </PageFrame>
  )
}

function MeetingForm({ meeting }: { meeting: Meeting }) {
  const t = useT(meetingWords)
  const [entry, setEntry] = useState<MeetingEntry>(() => toEntry(meeting))
  const [isDirty, setDirty] = useState(false)
  const isFixed = !meeting.can.enter
  useLeaveGuard(isDirty, { question: t('unsaved'), same: [] })
  const change = (part: Partial<MeetingEntry>) => {
    setEntry((before) => ({ ...before, ...part }))
    setDirty(true)
  }
  const save = useMutation({
    mutationFn: () => enterMeeting(meeting.meetingId, toRequest(entry, meeting.revision)),
    onSuccess: () => setDirty(false),
  })
  const facts = Object.fromEntries(
    meeting.cases.map((item) => [item.caseId, [item.group, t('members', { n: item.members })].filter((one) => one !== null).join(' · ')]),
  )
  const part = { meeting, entry, change, isFixed }
  return (
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        // A dialog of the page has a form of its own, whose submission comes by here as well.
        if (!isFixed && event.target === event.currentTarget) save.mutate()
      }}
    >
      <MeetingHead {...part} />
      <Attendance {...part} />
      <Section title={t('votes')}>
        <MeetingVotes entry={entry} terms={meeting.terms} facts={facts} change={(items) => change({ items })} isFixed={isFixed} />
      </Section>
      <Section title={t('minutes')}>
        <Minutes {...part} />
      </Section>
      {isFixed ? null : (
        <Section title={t('toClose')}>
          {isDirty ? <p className="bf-quiet">{t('saveFirst')}</p> : null}
          {meeting.missing.length === 0 && !isDirty && meeting.state === 'held' ? (
            <p>{t('ready')}</p>
          ) : (
            <MissingList items={meeting.missing} />
          )}
        </Section>
      )}
      <MeetingSheet meeting={meeting} />
      <Problem error={save.error} />
      <MeetingFoot meeting={meeting} isDirty={isDirty} isSaving={save.isPending} />
    </form>
  )
}

function Minutes({ entry, change, isFixed }: { entry: MeetingEntry; change: (part: Partial<MeetingEntry>) => void; isFixed: boolean }) {
  const t = useT(meetingWords)
  if (isFixed)
    return (
      <>
        <p className="bf-quiet">
          {t('minuteTaker')}：{entry.minuteTaker}
        </p>
        <p className="meeting-minutes">{entry.minutes}</p>
      </>
    )
  return (
    <div className="bf-stack">
      <Field label={t('minuteTaker')} isRequired>
        {(control) => (
          <input
            {...control}
            className="bf-input"
            maxLength={40}
            value={entry.minuteTaker}
            onChange={(event) => change({ minuteTaker: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('minutes')} hint={t('minutesHint')} isRequired>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={6}
            maxLength={20_000}
            value={entry.minutes}
            onChange={(event) => change({ minutes: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}
