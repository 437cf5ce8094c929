import { useQuery } from '@tanstack/react-query'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Timeline } from '#ui/data/timeline.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { HouseholdEventFile } from '../rules/household-event-records.ts'
import { householdEventsKey, readEvent } from './household-event-calls.ts'
import { householdEventInboxWords } from './household-event-inbox-words.ts'
import { EventActions, eventLevels, OtherHousehold } from './household-event-list.tsx'
import { EventPreviewView } from './household-event-preview.tsx'
import { householdEventWords } from './household-event-screen-words.ts'
import { showMoment } from './import-show.ts'

interface PaneProps {
  eventId: string
  /** Called when it was decided. */
  done: () => void
  back: () => void
}

/** One household event: what happened, what it would change today, what may be done, who did what. */
export function HouseholdEventPane({ eventId, done, back }: PaneProps) {
  const t = useT(householdEventInboxWords)
  const event = useQuery({ queryKey: [...householdEventsKey, 'one', eventId], queryFn: () => readEvent(eventId) })
  return (
    <div className="bf-stack">
      <button type="button" className="bf-link bf-beside-back" onClick={back}>
        ← {t('backToList')}
      </button>
      <Loaded query={event}>
        {(file) => (
          <>
            <EventHead event={file} />
            <EventChange event={file} done={done} />
            <EventSteps event={file} />
          </>
        )}
      </Loaded>
    </div>
  )
}

function EventHead({ event }: { event: HouseholdEventFile }) {
  const t = useT(householdEventInboxWords)
  const words = useT(householdEventWords)
  const { kind, names, state, headName, place, householdId, other, reason, paper, endReason } = event
  const items = [
    {
      key: 'household',
      label: t('household'),
      value: (
        <PageLink to={`/registry/households/${householdId}`} title={t('openHousehold')}>
          {headName ?? words('unnamed')} · {place}
        </PageLink>
      ),
    },
    { key: 'on', label: t('on'), value: <span className="bf-figures">{event.on}</span> },
    ...(other === undefined ? [] : [{ key: 'other', label: t('other'), value: <OtherHousehold other={other} /> }]),
    { key: 'reason', label: t('reason'), value: reason },
    { key: 'paper', label: t('paper'), value: paper },
  ]
  return (
    <Section
      title={t('whatOf', { kind: words(`kind.${kind}`), names: names.join('、') })}
      extra={<StatusTag level={eventLevels[state]} text={words(`state.${state}`)} />}
    >
      {state === 'rejected' && endReason !== undefined ? (
        <Notice kind="warning">
          <strong>{endReason}</strong>
          <br />
          {t('again')}
        </Notice>
      ) : null}
      <DescriptionList items={items} />
    </Section>
  )
}

/** What it would change today, with the buttons of whoever decides; what was done, with the way back. */
function EventChange({ event, done }: { event: HouseholdEventFile; done: () => void }) {
  const t = useT(householdEventInboxWords)
  const { preview, state } = event
  const isOpen = state === 'reported' || state === 'confirmed'
  if (!isOpen) return <EventActions event={event} done={done} />
  const isHeld = preview === undefined || preview.refusals.length > 0
  return (
    <Section title={t('change')}>
      <div className="bf-stack">
        {preview === undefined ? <Notice kind="info">{t('noPlan')}</Notice> : null}
        {preview !== undefined && isHeld && event.can['apply'] === true ? <Notice kind="warning">{t('held')}</Notice> : null}
        {preview === undefined ? null : <EventPreviewView preview={preview} withBefore />}
        <EventActions event={event} done={done} isHeld={isHeld} />
      </div>
    </Section>
  )
}

function EventSteps({ event }: { event: HouseholdEventFile }) {
  const t = useT(householdEventInboxWords)
  const ended = event.state === 'undone' ? 'undone' : 'rejected'
  const steps = [
    { key: ended, name: event.endedName, at: event.endedAt, note: event.endReason },
    { key: 'applied', name: event.appliedName, at: event.appliedAt, note: undefined },
    { key: 'confirmed', name: event.confirmedName, at: event.confirmedAt, note: undefined },
    { key: 'reported', name: event.reportedName, at: event.reportedAt, note: undefined },
  ] as const
  return (
    <Section title={t('steps')}>
      <Timeline
        label={t('steps')}
        entries={steps.flatMap(({ key, name, at, note }) =>
          at === undefined
            ? []
            : [{ key, at: showMoment(at), title: `${t(`step.${key}`)} · ${name ?? ''}`, ...(note === undefined ? {} : { note }) }],
        )}
      />
    </Section>
  )
}
