import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { CellPlace, Vault } from '#kernel/server/vault/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import {
  nextEventStates,
  type EventPreview,
  type HouseholdEventRecord,
  type HouseholdEventState,
} from '../rules/household-event-records.ts'
import type {
  AskHouseholdEvent,
  DecideHouseholdEvent,
  HouseholdEventCommand,
  ListHouseholdEvents,
} from '../rules/household-event-requests.ts'
import { registryErrors } from './errors.ts'
import type { ReadingDeps } from './get-household.ts'
import { beforeHouseholdEvent, type HouseholdEvent } from './household-event-askers.ts'
import { prepareEvent, writePlace, type PreparedEvent } from './household-event-prepare.ts'
import { findAreasOf, followRows, removeMade, restoreRows } from './household-event-rows-store.ts'
import {
  applyEvent,
  confirmEvent,
  countHanging,
  countTouched,
  endEvent,
  findEventForUpdate,
  insertEvent,
  listEventRows,
  type HouseholdEventRow,
  type ListedEvent,
  type StoredCommand,
} from './household-event-store.ts'
import { writeEvent } from './household-event-write.ts'
import { raiseRevision } from './register-store.ts'

/** What an event would change, and what speaks against it. Throws `registry.not-found` out of scope. */
export async function previewHouseholdEvent(ctx: Context, command: HouseholdEventCommand): Promise<EventPreview> {
  return inTransaction(ctx, async (db) => {
    const { facts, plan, refusals } = await prepareEvent(ctx, db, { eventId: makeId(), command, isDone: false })
    return {
      before: [facts.household, ...(facts.other === undefined ? [] : [facts.other])],
      after: plan?.after ?? [],
      left: (plan?.left ?? []).map(({ personId, name }) => ({ personId, name })),
      isProvisional: command.kind === 'split' ? command.householdNo === undefined : command.kind === 'joined' || command.kind === 'birth',
      refusals,
      can: { number: ctx.scope.kind === 'county', decide: mayDo(ctx, 'registry.household-event', 'decide') },
    }
  })
}

/**
 * Reports an event, or does it at once: one transaction with all rows, the audit and the revision. Throws `registry.not-found`,
 * `event-refused` with the reasons that the preview shows, and `not-allowed` to do it for who may only report.
 */
export async function askHouseholdEvent(ctx: Context, asked: AskHouseholdEvent, deps: ReadingDeps): Promise<HouseholdEventRecord> {
  return inTransaction(ctx, async (db) => {
    const { command } = asked
    const eventId = makeId()
    const prepared = await prepareEvent(ctx, db, { eventId, command, isDone: !asked.isReport })
    const refusals = asked.isReport ? prepared.refusals.filter((one) => one.why !== 'outside-scope') : prepared.refusals
    if (refusals.length > 0) throw registryErrors.eventRefused({ why: refusals.map((one) => one.why) })
    if (!asked.isReport && !mayDo(ctx, 'registry.household-event', 'decide')) throw registryErrors.reportOnly()
    const { event, facts } = prepared
    const names = namesOf(prepared)
    await insertEvent(db, ctx, {
      eventId,
      command: sealCommand(command, eventId, deps.vault),
      areaPath: facts.household.areaPath,
      otherId: command.kind === 'merge' ? command.otherId : undefined,
      personIds: 'person' in command ? [] : [...event.personIds],
      names,
    })
    await note(db, ctx, { event, did: 'registry.report-household-event', reason: command.reason })
    if (!asked.isReport) await doEvent(ctx, db, prepared, deps)
    return getRecord(ctx, db, eventId)
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
      const prepared = await prepareEvent(ctx, db, { eventId, command, isDone: true })
      if (prepared.refusals.length > 0) throw registryErrors.eventRefused({ why: prepared.refusals.map((one) => one.why) })
      await doEvent(ctx, db, prepared, given.deps)
    }
    return getRecord(ctx, db, eventId)
  })
}

async function doEvent(ctx: Context, db: Db, prepared: PreparedEvent, { vault }: ReadingDeps): Promise<void> {
  const { event, facts, plan } = prepared
  const before = await writeEvent(ctx, db, { prepared, vault })
  await followEvent(ctx, db, event)
  const touched = await countTouched(db, ctx, event.eventId)
  const areaPath = plan?.after[0]?.areaPath ?? facts.household.areaPath
  await applyEvent(db, ctx, { eventId: event.eventId, otherId: event.otherId, before, touched, areaPath })
  await note(db, ctx, { event, did: 'registry.do-household-event', reason: prepared.command.reason })
  await raiseRevision(db, ctx, event.eventId)
}

/** Everything that belongs to the households goes where they are; other modules follow by themselves. */
async function followEvent(ctx: Context, db: Db, event: HouseholdEvent): Promise<void> {
  const householdIds = [event.householdId, ...(event.otherId === undefined ? [] : [event.otherId])]
  await followRows(db, ctx, { householdIds, personIds: event.personIds })
  const areas = await findAreasOf(db, ctx, householdIds)
  for (const asker of beforeHouseholdEvent) await asker.follow(ctx, db, { ...event, areas })
}

/**
 * Takes an event back: every row stands as before, what it made is gone. Throws `registry.touched-later` when anything has touched
 * the rows since, `wrong-state`, `not-found`.
 */
export async function undoHouseholdEvent(ctx: Context, eventId: string, reason: string): Promise<HouseholdEventRecord> {
  return inTransaction(ctx, async (db) => {
    const row = await findEventForUpdate(db, ctx.scope, eventId)
    if (row === undefined) throw registryErrors.notFound()
    if (!mayFollow(row.state, 'undone')) throw registryErrors.wrongState({ state: row.state })
    const lost = Math.abs((row.touched ?? 0) - (await countTouched(db, ctx, eventId))) + (await countHanging(db, ctx, eventId))
    if (lost > 0) throw registryErrors.touchedLater({ rows: lost })
    const event = eventOf(row)
    await restoreRows(db, ctx, eventId)
    await followEvent(ctx, db, event)
    await removeMade(db, ctx, eventId)
    await endEvent(db, ctx, { eventId, state: 'undone', reason })
    await note(db, ctx, { event, did: 'registry.undo-household-event', reason })
    await raiseRevision(db, ctx, eventId)
    return getRecord(ctx, db, eventId)
  })
}

/** Events of a household, or those of the scope that wait; the latest first. */
export async function listHouseholdEvents(ctx: Context, query: ListHouseholdEvents): Promise<{ items: HouseholdEventRecord[] }> {
  return inTransaction(ctx, async (db) => {
    const rows = await listEventRows(db, { scope: ctx.scope, ...query })
    return { items: rows.map((row) => toRecord(ctx, row)) }
  })
}

async function getRecord(ctx: Context, db: Db, eventId: string): Promise<HouseholdEventRecord> {
  const [row] = await listEventRows(db, { scope: ctx.scope, eventId })
  if (row === undefined) throw registryErrors.notFound()
  return toRecord(ctx, row)
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

function namesOf({ command, persons, event }: PreparedEvent): string[] {
  if ('person' in command) return [command.person.name]
  return persons.filter((person) => event.personIds.includes(person.person_id)).map((person) => person.name)
}

async function note(db: Db, ctx: Context, given: { event: HouseholdEvent; did: string; reason: string }): Promise<void> {
  const { event, did, reason } = given
  const details = { kind: event.kind, household: event.householdId, other: event.otherId, persons: event.personIds.length }
  await audit(db, ctx, { did, objectKind: 'registry.household-event', objectId: event.eventId, reason, details })
}

const placeOfNumber = (eventId: string): CellPlace => ({ table: 'registry.household_event', column: 'id', rowId: eventId })

/** The command without the plain ID number of a newcomer. */
function sealCommand(command: HouseholdEventCommand, eventId: string, vault: Vault): StoredCommand {
  if (!('person' in command) || command.person.idNumber === undefined) return command
  const { idNumber, ...person } = command.person
  return { ...command, person, sealed: { cell: vault.encrypt(idNumber, placeOfNumber(eventId)).toString('base64') } }
}

function openCommand({ sealed, ...command }: StoredCommand, eventId: string, vault: Vault): HouseholdEventCommand {
  if (sealed === undefined || !('person' in command)) return command
  return { ...command, person: { ...command.person, idNumber: vault.decrypt(Buffer.from(sealed.cell, 'base64'), placeOfNumber(eventId)) } }
}

function toRecord(ctx: Context, row: ListedEvent): HouseholdEventRecord {
  const mayDecide = mayDo(ctx, 'registry.household-event', 'decide')
  const isOpen = row.state === 'reported' || row.state === 'confirmed'
  return {
    eventId: row.event_id,
    kind: row.kind,
    state: row.state,
    on: row.happened_on,
    householdId: row.household_id,
    otherId: row.other_household_id ?? undefined,
    place: writePlace({ township: row.township, village: row.village, group: row.group_name }),
    headName: row.head_name ?? undefined,
    names: row.names,
    reason: row.reason,
    paper: row.paper ?? undefined,
    reportedName: row.reported_name,
    reportedAt: row.reported_at,
    confirmedName: row.confirmed_name ?? undefined,
    confirmedAt: row.confirmed_at ?? undefined,
    appliedName: row.applied_name ?? undefined,
    appliedAt: row.applied_at ?? undefined,
    endedName: row.ended_name ?? undefined,
    endedAt: row.ended_at ?? undefined,
    endReason: row.end_reason ?? undefined,
    revision: row.revision,
    can: {
      confirm: row.state === 'reported' && mayDecide,
      apply: isOpen && mayDecide,
      reject: isOpen && mayDecide,
      undo: row.is_untouched && mayDecide,
    },
  }
}
