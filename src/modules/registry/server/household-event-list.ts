import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { EventOther, HouseholdEventCounts, HouseholdEventFile, HouseholdEventRecord } from '../rules/household-event-records.ts'
import type { ListHouseholdEvents } from '../rules/household-event-requests.ts'
import { registryErrors } from './errors.ts'
import type { ReadingDeps } from './get-household.ts'
import { writePlace } from './household-event-prepare.ts'
import { previewHouseholdEvent } from './household-event-preview.ts'
import { openCommand } from './household-event-seal.ts'
import { listForeignSides, type EventSideRow } from './household-event-side-store.ts'
import { countEvents, listEventRows, listReturned, type HouseholdEventRow, type ListedEvent } from './household-event-store.ts'

/**
 * Events of the scope: those that wait (the oldest first), the caller's own, those that are done, or those of a household with what
 * befell it by events of another area (the latest first).
 */
export async function listHouseholdEvents(ctx: Context, query: ListHouseholdEvents): Promise<Page<HouseholdEventRecord>> {
  const { householdId, view, limit } = query
  return inTransaction(ctx, async (db) => {
    const after = readCursor(query.after, ['instant', 'id'])
    const rows = await listEventRows(db, ctx, { filter: { householdId, view }, after, limit })
    const page = toPage(rows, limit, (row) => [row.reported_at, row.event_id])
    const foreign = householdId === undefined || after !== undefined ? [] : await listForeignSides(db, ctx.scope, householdId)
    const items = [...page.items.map((row) => toEventRecord(ctx, row)), ...foreign.map(toForeignRecord)]
    return {
      ...page,
      items: householdId === undefined ? items : items.toSorted((one, other) => (one.reportedAt < other.reportedAt ? 1 : -1)),
    }
  })
}

/** One event, and while it waits what it would change today. Throws `registry.not-found`. */
export async function getHouseholdEvent(ctx: Context, eventId: string, deps: ReadingDeps): Promise<HouseholdEventFile> {
  return inTransaction(ctx, async (db) => {
    const [row] = await listEventRows(db, ctx, { filter: { eventId }, after: undefined, limit: 1 })
    if (row === undefined) throw registryErrors.notFound()
    const isOpen = row.state === 'reported' || row.state === 'confirmed'
    const isSeen = row.other_household_id === null || row.other_seen_id !== null // who sees one household only is shown no plan for both
    const command = openCommand(row.command, eventId, deps.vault)
    const preview = isOpen && isSeen ? await previewHouseholdEvent({ ...ctx, db }, command, deps) : undefined
    return { ...toEventRecord(ctx, row), preview }
  })
}

/** For how long a report that was sent back stands on the first page of who reported it, in days. */
const returnedDays = 30

/** What waits, what the caller has reported, and what was sent back to him. */
export async function countHouseholdEvents(ctx: Context): Promise<HouseholdEventCounts> {
  return inTransaction(ctx, async (db) => {
    const { mine_waiting: mineWaiting, ...counts } = await countEvents(db, ctx)
    const since = dayOf(Date.parse(ctx.now) - returnedDays * 86_400_000)
    const returned = []
    for (const eventId of await listReturned(db, ctx, since)) returned.push(await getEventRecord(ctx, db, eventId))
    return { ...counts, mineWaiting, returned, can: { decide: mayDo(ctx, 'registry.household-event', 'decide') } }
  })
}

/** The event as the caller sees it. Throws `registry.not-found`. */
export async function getEventRecord(ctx: Context, db: Db, eventId: string): Promise<HouseholdEventRecord> {
  const [row] = await listEventRows(db, ctx, { filter: { eventId }, after: undefined, limit: 1 })
  if (row === undefined) throw registryErrors.notFound()
  return toEventRecord(ctx, row)
}

/** Whether the caller reaches every place where the event's households stood: taking it back writes them there. */
export function isWithin(ctx: Context, row: Pick<HouseholdEventRow, 'before_areas'>): boolean {
  const { scope } = ctx
  if (scope.kind !== 'area') return true
  return (row.before_areas ?? []).every((path) => path.startsWith(scope.path))
}

function toEventRecord(ctx: Context, row: ListedEvent): HouseholdEventRecord {
  const mayDecide = mayDo(ctx, 'registry.household-event', 'decide')
  const isOpen = row.state === 'reported' || row.state === 'confirmed'
  return {
    eventId: row.event_id,
    kind: row.kind,
    state: row.state,
    on: row.happened_on,
    householdId: row.household_id,
    otherId: row.other_household_id ?? undefined,
    other: otherOf(row),
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
      undo: row.is_untouched && mayDecide && isWithin(ctx, row),
    },
  }
}

function otherOf(row: ListedEvent): EventOther | undefined {
  if (row.other_no === null && row.other_seen_id === null) return undefined
  return {
    householdId: row.other_seen_id ?? undefined,
    householdNo: row.other_no ?? undefined,
    headName: row.other_head ?? undefined,
    place: row.other_place ?? undefined,
    way: row.other_way ?? 'to',
  }
}

/** An event of another area, as far as it is this household's history. */
function toForeignRecord(row: EventSideRow): HouseholdEventRecord {
  return {
    eventId: row.event_id,
    kind: row.kind,
    state: row.state,
    on: row.happened_on,
    householdId: row.household_id,
    otherId: undefined,
    other: {
      householdId: undefined,
      householdNo: row.other_no,
      headName: row.other_head ?? undefined,
      place: row.other_place,
      way: row.way,
    },
    place: '',
    headName: undefined,
    names: row.names,
    reason: undefined,
    paper: undefined,
    reportedName: row.applied_name,
    reportedAt: row.applied_at,
    confirmedName: undefined,
    confirmedAt: undefined,
    appliedName: row.applied_name,
    appliedAt: row.applied_at,
    endedName: row.undone_name ?? undefined,
    endedAt: row.undone_at ?? undefined,
    endReason: undefined,
    revision: 0,
    can: {},
  }
}
