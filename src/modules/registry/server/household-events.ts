import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import {
  nextEventStates,
  type EventHousehold,
  type EventRefusal,
  type HouseholdEventRecord,
  type HouseholdEventState,
} from '../rules/household-event-records.ts'
import type { AskHouseholdEvent, DecideHouseholdEvent } from '../rules/household-event-requests.ts'
import { registryErrors } from './errors.ts'
import type { ReadingDeps } from './get-household.ts'
import { beforeHouseholdEvent, type FollowedEvent, type HouseholdEvent } from './household-event-askers.ts'
import { getEventRecord, isWithin } from './household-event-list.ts'
import { prepareEvent, type PreparedEvent } from './household-event-prepare.ts'
import { findAreasOf, findClosedOf, findHomesOf, followRows } from './household-event-follow-store.ts'
import { removeMade, restoreRows } from './household-event-rows-store.ts'
import { openCommand, sealCommand } from './household-event-seal.ts'
import { endSides, insertSides, type EventSide } from './household-event-side-store.ts'
import {
  applyEvent,
  confirmEvent,
  countHanging,
  countTouched,
  endEvent,
  findEventForUpdate,
  insertEvent,
  type HouseholdEventRow,
} from './household-event-store.ts'
import { writeEvent } from './household-event-write.ts'
import { compareAgain } from './national-compare.ts'
import { raiseRevision } from './register-store.ts'

/** Why an event cannot be done by whoever reports it, though others may. */
const leftToOthers: readonly EventRefusal[] = ['outside-scope', 'other-unknown']

/**
 * Reports an event, or does it at once: one transaction with all rows, the audit and the revision. Throws `registry.not-found`,
 * `event-refused` with the reasons that the preview shows, and `not-allowed` to do it for who may only report.
 */
export async function askHouseholdEvent(ctx: Context, asked: AskHouseholdEvent, deps: ReadingDeps): Promise<HouseholdEventRecord> {
  return inTransaction(ctx, async (db) => {
    const { command } = asked
    const eventId = makeId()
    const prepared = await prepareEvent(ctx, db, { eventId, command, isDone: !asked.isReport, vault: deps.vault })
    const refusals = asked.isReport ? prepared.refusals.filter((one) => !leftToOthers.includes(one.why)) : prepared.refusals
    if (refusals.length > 0) throw registryErrors.eventRefused({ why: refusals.map((one) => one.why) })
    if (!asked.isReport && !mayDo(ctx, 'registry.household-event', 'decide')) throw registryErrors.reportOnly()
    const { event, facts } = prepared
    const names = namesOf(prepared)
    await insertEvent(db, ctx, {
      eventId,
      command: sealCommand(command, eventId, deps.vault),
      areaPath: facts.household.areaPath,
      otherId: command.kind === 'split' ? undefined : event.otherId,
      personIds: 'person' in command ? [] : [...event.personIds],
      names,
    })
    await note(db, ctx, { event, did: 'registry.report-household-event', reason: command.reason })
    if (!asked.isReport) await doEvent(ctx, db, prepared, deps)
    return getEventRecord(ctx, db, eventId)
  })
}

/** Confirms, does or rejects a reported event. Throws `registry.not-found`, `revision-changed`, `wrong-state`, `reason-needed`, `event-refused`. */
export async function decideHouseholdEvent(
  ctx: Context,
  eventId: string,
  given: DecideHouseholdEvent & { deps: ReadingDeps },
): Promise<HouseholdEventRecord> {
  return inTransaction(ctx, async (db) => {
    const row = await findEventForUpdate(db, ctx.scope, eventId)
    if (row === undefined) throw registryErrors.notFound()
    if (row.revision !== given.revision) throw registryErrors.revisionChanged({ revision: row.revision })
    const to = ({ confirm: 'confirmed', apply: 'applied', reject: 'rejected' } as const)[given.decision]
    if (!mayFollow(row.state, to)) throw registryErrors.wrongState({ state: row.state })
    const command = openCommand(row.command, eventId, given.deps.vault)
    if (to === 'rejected') {
      const { reason = '' } = given
      if (reason === '') throw registryErrors.reasonNeeded()
      await endEvent(db, ctx, { eventId, state: 'rejected', reason })
      await note(db, ctx, { event: eventOf(row), did: 'registry.reject-household-event', reason })
    } else if (to === 'confirmed') {
      await confirmEvent(db, ctx, eventId)
      await note(db, ctx, { event: eventOf(row), did: 'registry.confirm-household-event', reason: row.reason })
    } else {
      const prepared = await prepareEvent(ctx, db, { eventId, command, isDone: true, vault: given.deps.vault })
      if (prepared.refusals.length > 0) throw registryErrors.eventRefused({ why: prepared.refusals.map((one) => one.why) })
      await doEvent(ctx, db, prepared, given.deps)
    }
    return getEventRecord(ctx, db, eventId)
  })
}

async function doEvent(ctx: Context, db: Db, prepared: PreparedEvent, { vault }: ReadingDeps): Promise<void> {
  const { event, facts, plan } = prepared
  const before = await writeEvent(ctx, db, { prepared, vault })
  await insertSides(db, ctx, { event, names: namesOf(prepared), sides: listSides(prepared) })
  const closed = await findClosed(ctx, db, event)
  await followEvent(ctx, db, { ...event, ended: closed && { ...closed, isRemoved: false }, revived: undefined })
  const touched = await countTouched(db, ctx, event.eventId)
  const areaPath = plan?.after[0]?.areaPath ?? facts.household.areaPath
  await applyEvent(db, ctx, { eventId: event.eventId, otherId: event.otherId, before, touched, areaPath })
  await note(db, ctx, { event, did: 'registry.do-household-event', reason: prepared.command.reason })
  await raiseRevision(db, ctx, event.eventId)
  await compareAgain(ctx, db, { householdIds: householdsOf(event), vault })
}

const householdsOf = ({ householdId, otherId }: HouseholdEvent) => [householdId, ...(otherId === undefined ? [] : [otherId])]

/** Everything that belongs to the households goes where they are; other modules follow by themselves. */
async function followEvent(ctx: Context, db: Db, event: Omit<FollowedEvent, 'areas' | 'homes'>): Promise<void> {
  const householdIds = householdsOf(event)
  await followRows(db, ctx, { householdIds, personIds: event.personIds })
  const areas = await findAreasOf(db, ctx, householdIds)
  const homes = await findHomesOf(db, ctx, event.personIds)
  for (const asker of beforeHouseholdEvent) await asker.follow(ctx, db, { ...event, areas, homes })
}

/** The one of the event's two households that is closed while the other one lives on. */
async function findClosed(ctx: Context, db: Db, event: HouseholdEvent): Promise<{ householdId: string; intoId: string } | undefined> {
  const { householdId, otherId } = event
  if (otherId === undefined) return undefined
  const [closed, ...others] = await findClosedOf(db, ctx, [householdId, otherId])
  if (closed === undefined || others.length > 0) return undefined
  return { householdId: closed, intoId: closed === householdId ? otherId : householdId }
}

/** Whom an undo brings back to life, and whom it takes away: the household that a split had made. */
async function findTurnedBack(ctx: Context, db: Db, event: HouseholdEvent): Promise<Pick<FollowedEvent, 'ended' | 'revived'>> {
  const { householdId, otherId } = event
  if (event.kind === 'split' && otherId !== undefined)
    return { ended: { householdId: otherId, intoId: householdId, isRemoved: true }, revived: undefined }
  const closed = await findClosed(ctx, db, event)
  return { ended: undefined, revived: closed && { householdId: closed.householdId, fromId: closed.intoId } }
}

/**
 * Takes an event back: every row stands as before, what it made is gone. Throws `registry.touched-later` when anything has touched
 * the rows since, `wrong-state`, `not-found`.
 */
export async function undoHouseholdEvent(
  ctx: Context,
  eventId: string,
  given: { reason: string; deps: ReadingDeps },
): Promise<HouseholdEventRecord> {
  const { reason, deps } = given
  return inTransaction(ctx, async (db) => {
    const row = await findEventForUpdate(db, ctx.scope, eventId)
    if (row === undefined) throw registryErrors.notFound()
    if (!mayFollow(row.state, 'undone')) throw registryErrors.wrongState({ state: row.state })
    if (!isWithin(ctx, row)) throw registryErrors.eventRefused({ why: ['outside-scope'] })
    const lost = Math.abs((row.touched ?? 0) - (await countTouched(db, ctx, eventId))) + (await countHanging(db, ctx, eventId))
    if (lost > 0) throw registryErrors.touchedLater({ rows: lost })
    const event = eventOf(row)
    const turned = await findTurnedBack(ctx, db, event)
    await restoreRows(db, ctx, eventId)
    await followEvent(ctx, db, { ...event, ...turned })
    await removeMade(db, ctx, eventId)
    await endEvent(db, ctx, { eventId, state: 'undone', reason })
    await endSides(db, ctx, eventId)
    await note(db, ctx, { event, did: 'registry.undo-household-event', reason })
    await raiseRevision(db, ctx, eventId)
    await compareAgain(ctx, db, { householdIds: householdsOf(event), vault: deps.vault })
    return getEventRecord(ctx, db, eventId)
  })
}

function mayFollow(from: HouseholdEventState, to: HouseholdEventState): boolean {
  const next: readonly HouseholdEventState[] = nextEventStates[from]
  return next.includes(to)
}

function eventOf(row: HouseholdEventRow): HouseholdEvent {
  return {
    eventId: row.event_id,
    kind: row.kind,
    on: row.happened_on,
    householdId: row.household_id,
    otherId: row.other_household_id ?? undefined,
    personIds: row.person_ids,
  }
}

/** What the event is to each of its two households; none where it is about one. */
function listSides({ plan, facts, event }: PreparedEvent): EventSide[] {
  const [household, other] = plan?.after ?? []
  if (household === undefined || other === undefined || event.otherId === undefined) return []
  const isLeaving = event.kind === 'split' || (event.kind === 'marriage' && isLeftBy(facts.household, event))
  return [
    { household, other, way: isLeaving ? 'to' : 'from' },
    { household: other, other: household, way: isLeaving ? 'from' : 'to' },
  ]
}

const isLeftBy = (household: EventHousehold, event: HouseholdEvent) =>
  household.members.some((member) => event.personIds.includes(member.personId))

function namesOf({ command, persons, event }: PreparedEvent): string[] {
  if ('person' in command) return [command.person.name]
  return persons.filter((person) => event.personIds.includes(person.person_id)).map((person) => person.name)
}

async function note(db: Db, ctx: Context, given: { event: HouseholdEvent; did: string; reason: string }): Promise<void> {
  const { event, did, reason } = given
  const details = { kind: event.kind, household: event.householdId, other: event.otherId, persons: event.personIds.length }
  await audit(db, ctx, { did, objectKind: 'registry.household-event', objectId: event.eventId, reason, details })
}
