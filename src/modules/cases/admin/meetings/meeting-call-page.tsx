import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import type { Area } from '#modules/identity/contract.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { searchOneOf, searchText, useGo, usePageSearch } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import { meetingKinds, type MeetingDraft, type MeetingKind, type WaitingCase } from '../../rules/meetings/meeting-records.ts'
import { meetingKindWords } from '../../rules/meetings/meeting-words.ts'
import { AreaFilter } from '../case-filters.tsx'
import { today } from '../case-visits.tsx'
import { MeetingBody } from './meeting-body.tsx'
import { toPerson } from './meeting-entry.ts'
import { callMeeting, useMeetingDraft } from './meeting-queries.ts'
import { MeetingStyles } from './meeting-styles.tsx'
import { meetingWords } from './meeting-screen-words.ts'

const callSearch = { area: searchText, kind: searchOneOf(meetingKinds), corrects: searchText }

/** Calls a meeting of a village: which households, when, where, and who is entitled. */
export function MeetingCallPage() {
  const t = useT(meetingWords)
  const say = useSay()
  const [search, setSearch] = usePageSearch(callSearch)
  const kind = search.kind ?? 'appraisal'
  const own = useOnlyVillage()
  const area = search.area === '' ? own : search.area
  const draft = useMeetingDraft(area, kind)
  const isCorrecting = search.corrects !== ''
  return (
    <PageFrame title={t(isCorrecting ? 'correctTitle' : 'callTitle')} note={t(isCorrecting ? 'correctNote' : 'callNote')}>
      <MeetingStyles />
      {isCorrecting ? null : (
        <>
          <ChoiceChips
            label={t('kind')}
            chosen={kind}
            choose={(next) => setSearch({ kind: next })}
            choices={meetingKinds.map((key) => ({ key, label: say(meetingKindWords[key]) }))}
          />
          <div className="bf-filters">
            <AreaFilter area={area} change={(next) => setSearch({ area: next })} />
          </div>
        </>
      )}
      {area === '' ? (
        <Notice kind="info">{t('chooseVillage')}</Notice>
      ) : (
        <Loaded query={draft} lines={8}>
          {(found) => <CallForm key={`${area} ${kind}`} draft={found} kind={kind} corrects={search.corrects} />}
        </Loaded>
      )}
    </PageFrame>
  )
}

/** The village of a caller who has only one; '' for an office above. */
function useOnlyVillage(): string {
  const areas = useQuery({
    queryKey: ['identity', 'areas', 'village'],
    queryFn: () => read<{ items: Area[] }>('/identity/areas', { level: 'village' }),
    staleTime: 300_000,
  })
  const villages = (areas.data?.items ?? []).filter((one) => one.level === 'village')
  return villages.length === 1 ? (villages[0]?.path ?? '') : ''
}

function CallForm({ draft, kind, corrects }: { draft: MeetingDraft; kind: MeetingKind; corrects: string }) {
  const t = useT(meetingWords)
  const go = useGo()
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    draft.waiting.filter((one) => (corrects === '' ? one.onMeetingId === null : one.onMeetingId === corrects)).map((one) => one.caseId),
  )
  const [people, setPeople] = useState(() => draft.body.map(toPerson))
  const [heldOn, setHeldOn] = useState(today)
  const [place, setPlace] = useState(draft.lastPlace ?? '')
  const [reason, setReason] = useState('')
  const call = useMutation({
    mutationFn: () =>
      callMeeting({
        areaPath: draft.areaPath,
        kind,
        heldOn,
        place: place.trim(),
        caseIds: [...chosen],
        body: people.map(({ came: _came, ...one }) => one),
        ...(corrects === '' ? {} : { correctsId: corrects, reason: reason.trim() }),
      }),
    onSuccess: (meeting) => go(`/cases/meetings/${meeting.meetingId}`),
  })
  const isReady =
    chosen.length > 0 &&
    people.length > 0 &&
    people.every((one) => one.name.trim() !== '') &&
    heldOn !== '' &&
    place.trim() !== '' &&
    (corrects === '' || reason.trim().length > 1)
  return (
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && event.target === event.currentTarget) call.mutate()
      }}
    >
      <Section title={t('cases')} extra={<span className="bf-quiet">{t('casesChosen', { n: chosen.length })}</span>}>
        <Cases waiting={draft.waiting} chosen={chosen} change={setChosen} />
      </Section>
      <Section title={draft.village}>
        <div className="bf-form-grid">
          <Field label={t('heldOn')} isRequired>
            {(control) => (
              <input {...control} type="date" className="bf-input" value={heldOn} onChange={(event) => setHeldOn(event.target.value)} />
            )}
          </Field>
          <Field label={t('place')} isRequired>
            {(control) => (
              <input {...control} className="bf-input" maxLength={80} value={place} onChange={(event) => setPlace(event.target.value)} />
            )}
          </Field>
          {corrects === '' ? null : (
            <Field label={t('reason')} isRequired>
              {(control) => (
                <input
                  {...control}
                  className="bf-input"
                  maxLength={400}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
          )}
        </div>
      </Section>
      <Section title={t('body')}>
        <MeetingBody people={people} homes={draft.homes} change={(next) => setPeople([...next])} />
      </Section>
      <Problem error={call.error} />
      <div className="meeting-foot">
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={call.isPending}>
          {t('doCall')}
        </Button>
        <Button onClick={() => go('/cases/meetings')}>{t('back')}</Button>
      </div>
    </form>
  )
}

function Cases(props: { waiting: readonly WaitingCase[]; chosen: readonly string[]; change: (chosen: readonly string[]) => void }) {
  const { waiting, chosen, change } = props
  const t = useT(meetingWords)
  if (waiting.length === 0) return <p className="bf-quiet">{t('noCases')}</p>
  const toggle = (caseId: string) => change(chosen.includes(caseId) ? chosen.filter((one) => one !== caseId) : [...chosen, caseId])
  return (
    <>
      <div className="bf-row meeting-tools">
        <button type="button" className="bf-link" onClick={() => change(waiting.map((one) => one.caseId))}>
          {t('chooseAll')}
        </button>
        <button type="button" className="bf-link" onClick={() => change([])}>
          {t('chooseNone')}
        </button>
      </div>
      <div className="meeting-cases">
        {waiting.map((one) => (
          <label key={one.caseId}>
            <input type="checkbox" checked={chosen.includes(one.caseId)} onChange={() => toggle(one.caseId)} />
            <span>
              {one.headName ?? one.householdNo} <span className="bf-quiet">{one.group}</span>
              <span className="bf-source">
                {t('since', { since: one.since })}
                {one.onMeetingId === null ? '' : ` · ${t('onOther')}`}
              </span>
            </span>
          </label>
        ))}
      </div>
    </>
  )
}
