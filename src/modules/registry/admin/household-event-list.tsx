import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Timeline } from '#ui/data/timeline.tsx'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { EventOther, HouseholdEventRecord, HouseholdEventState } from '../rules/household-event-records.ts'
import { useHouseholdEvents, useReadAgain } from './household-event-calls.ts'
import { householdEventWords } from './household-event-screen-words.ts'

/** The light of each state. */
export const eventLevels = {
  reported: 'amber',
  confirmed: 'amber',
  applied: 'green',
  rejected: 'grey',
  undone: 'grey',
} as const satisfies Record<HouseholdEventState, Level>

/** Splits, merges, moves, deaths of a household, with what may be decided; nothing where nothing happened. */
export function HouseholdEventList({ householdId }: { householdId: string }) {
  const t = useT(householdEventWords)
  const events = useHouseholdEvents(householdId).data?.items ?? []
  if (events.length === 0) return null
  return (
    <Section title={t('history')}>
      <Timeline
        label={t('history')}
        entries={events.map((event) => ({
          key: event.eventId,
          at: event.on,
          level: eventLevels[event.state],
          title: (
            <>
              {t(`kind.${event.kind}`)}：{event.names.join('、')}{' '}
              {event.other === undefined ? null : <OtherHousehold other={event.other} />}{' '}
              <StatusTag level={eventLevels[event.state]} text={t(`state.${event.state}`)} />
            </>
          ),
          note: <EventNote event={event} />,
        }))}
      />
    </Section>
  )
}

/** The household that a person came from or went to; a link where the caller sees it. */
export function OtherHousehold({ other }: { other: EventOther }) {
  const t = useT(householdEventWords)
  const { householdId, householdNo = '—', headName, place = '—', way } = other
  if (headName === undefined && other.place === undefined) return <>{t('withNumber', { way: t(way), no: householdNo })}</>
  const text = t('withOther', { way: t(way), head: headName ?? t('unnamed'), no: householdNo, place })
  return householdId === undefined ? <>{text}</> : <PageLink to={`/registry/households/${householdId}`}>{text}</PageLink>
}

function EventNote({ event }: { event: HouseholdEventRecord }) {
  const t = useT(householdEventWords)
  const who = event.endedName ?? event.appliedName ?? event.confirmedName ?? event.reportedName
  const at = (event.endedAt ?? event.appliedAt ?? event.confirmedAt ?? event.reportedAt).slice(0, 10)
  return (
    <>
      <span className="bf-source">{[event.reason, event.paper].filter((part) => part !== undefined).join(' · ')}</span>
      {event.endReason === undefined ? null : <span className="bf-source">{event.endReason}</span>}
      <span className="bf-source">{t('by', { who, at })}</span>
      <EventActions event={event} />
    </>
  )
}

const acts = ['apply', 'reject', 'undo'] as const

/** What may be done with the event, each after a question; `done` is called afterwards, `isHeld`: something speaks against doing it. */
export function EventActions({ event, done, isHeld = false }: { event: HouseholdEventRecord; done?: () => void; isHeld?: boolean }) {
  const t = useT(householdEventWords)
  const readAgain = useReadAgain()
  const [act, setAct] = useState<(typeof acts)[number]>()
  const allowed = acts.filter((one) => event.can[one] === true)
  if (allowed.length === 0) return null
  const say = (one: (typeof acts)[number]) => t('actOf', { act: t(one), kind: t(`kind.${event.kind}`), names: event.names.join('、') })
  const run = async (reason: string) => {
    const path = `/registry/household-events/${event.eventId}`
    if (act === 'undo') await write('POST', `${path}/undo`, { reason })
    else await write('POST', `${path}/decide`, { revision: event.revision, decision: act, ...(reason === '' ? {} : { reason }) })
    done?.()
    await readAgain()
  }
  return (
    <span className="bf-row">
      {allowed.map((one) => (
        <Button
          key={one}
          {...(done === undefined ? { size: 'small' } : {})}
          type={one === 'apply' ? 'primary' : 'default'}
          disabled={one === 'apply' && isHeld}
          aria-label={say(one)}
          onClick={() => setAct(one)}
        >
          {t(one)}
        </Button>
      ))}
      {act === undefined ? null : (
        <ConfirmDialog
          isOpen
          close={() => setAct(undefined)}
          title={say(act)}
          confirmText={t(act)}
          {...(act === 'apply' ? {} : { reason: { label: t('reason'), minLength: 4 } })}
          confirm={run}
        >
          {t(`${act}Ask`)}
        </ConfirmDialog>
      )}
    </span>
  )
}
