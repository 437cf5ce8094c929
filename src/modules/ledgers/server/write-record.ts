import { audit } from '#kernel/server/audit/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { ChangeRecord, MakeRecord, OfBook, OfRecord, RemoveRecord, RestoreRecord } from '../contract.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { makeProblem } from '../rules/record-words.ts'
import { seriesOf } from '../rules/record-number.ts'
import { ledgersErrors } from './errors.ts'
import { insertEvent, listHandled } from './event-store.ts'
import { openLedger, openVersion, type Ledger, type Within } from './open-ledger.ts'
import { findRecord, findTwin, insertRecord, takeNumber, updateRecord, type RecordToWrite } from './record-store.ts'
import { syncReminders } from './reminder-store.ts'
import type { DerivedColumns, RecordRow, StoredBody } from './tables.ts'
import { workOut, type LedgerDeps, type WorkedOut } from './work-out.ts'

/** Makes a record with the current version of its template. Throws `ledgers.refused` with every problem, `ledgers.not-unique`. */
export async function makeRecord(ctx: Context, deps: LedgerDeps, given: OfBook & MakeRecord): Promise<{ recordId: string }> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, given.templateKey)
    if (ledger.isWithdrawn) throw ledgersErrors.withdrawn()
    if (!ledger.can.make) throw ledgersErrors.mayNotWrite()
    const recordId = makeId(Date.parse(ctx.now))
    const { open } = ledger
    const state = open.template.states[0]?.key ?? ''
    const worked = await workOut(within, deps, {
      ...ledger,
      recordId,
      entered: given.values,
      state,
      before: undefined,
      said: given.areaPath,
    })
    refuse(worked)
    const settled = open.states.get(state)?.settled === true
    const record = {
      ...asWritten(worked),
      recordId,
      templateKey: ledger.templateKey,
      version: open.version,
      state,
      settled,
      closed: ledger.isClosed,
    }
    await uniquely(within, { ledger, derived: worked.derived }, async (inner) => {
      const recordNo = await nextNumber(inner, ledger, worked.place.areaPath)
      await insertRecord(inner.db, ctx, { ...record, recordNo })
    })
    await syncReminders(db, ctx, { ...record, running: worked.running })
    await audit(db, ctx, {
      did: 'ledgers.make',
      objectKind: 'ledgers.record',
      objectId: recordId,
      details: { template: ledger.templateKey, version: open.version },
    })
    return { recordId }
  })
}

/** The number of a new record; the counter is held from here to the end of the transaction. */
export async function nextNumber(ctx: Within, ledger: Ledger, areaPath: string): Promise<string | null> {
  const { numbering } = ledger.open.template
  if (numbering === undefined) return null
  const { series, write } = seriesOf(numbering, { year: ctx.today.slice(0, 4), areaPath })
  return write(await takeNumber(ctx.db, ctx, { templateKey: ledger.templateKey, series }))
}

/** What of a worked out record is written. */
export function asWritten(worked: WorkedOut): Pick<RecordToWrite, 'areaPath' | 'householdId' | 'dueAt' | 'body' | 'derived'> {
  const { areaPath, householdId } = worked.place
  return { areaPath, householdId, dueAt: worked.dueAt, body: worked.body, derived: worked.derived }
}

/** Throws `ledgers.refused` with everything that stands against it. */
export function refuse(worked: Pick<WorkedOut, 'refusals'>): void {
  if (worked.refusals.length > 0) throw ledgersErrors.refused({ problems: worked.refusals })
}

/** Writes within a savepoint and says by name what may stand only once. */
export async function uniquely<Answer>(
  ctx: Within,
  given: { ledger: Pick<Ledger, 'open' | 'templateKey'>; derived: DerivedColumns },
  write: (ctx: Within) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await inTransaction(ctx, (db) => write({ ...ctx, db }))
  } catch (fault) {
    const constraint = fault instanceof Error && 'constraint' in fault && typeof fault.constraint === 'string' ? fault.constraint : ''
    const no = constraint === 'record_unique_1' ? 0 : constraint === 'record_unique_2' ? 1 : undefined
    if (no === undefined) throw fault
    const { open, templateKey } = given.ledger
    const names = (open.template.unique?.[no] ?? []).map((key) => open.fields.get(key)?.name.zh ?? key).join('、')
    const recordId = await findTwin(ctx.db, ctx, { templateKey, unique1: given.derived.unique1, unique2: given.derived.unique2 })
    throw ledgersErrors.notUnique({ names, ...(recordId === undefined ? {} : { recordId }) })
  }
}

/** A record that is held to be written, with what its version says. */
export interface HeldRecord {
  readonly ledger: Ledger
  readonly row: RecordRow
}

/** Holds a record that the caller may write. Throws `http.not-found`, `ledgers.changed-meanwhile`, `ledgers.may-not-write`. */
export async function holdRecord(ctx: Within, given: OfRecord & { revision?: number }): Promise<HeldRecord> {
  const ledger = await openLedger(ctx, given.templateKey)
  const row = await findRecord(ctx.db, ctx, { ...given, isHeld: true })
  if (row === undefined) throw httpErrors.notFound()
  if (given.revision !== undefined && row.revision !== given.revision) throw ledgersErrors.changedMeanwhile({ revision: row.revision })
  return { ledger, row }
}

/** The record's own version: what it says is read and checked by the version that wrote it. */
export const versionOf = (ctx: Within, row: RecordRow) => openVersion(ctx, { templateKey: row.templateKey, version: row.version })

/** Changes fields of a record. Settled and removed ones are not changed. Throws `ledgers.refused`, `ledgers.not-unique`. */
export async function changeRecord(ctx: Context, deps: LedgerDeps, given: OfRecord & ChangeRecord): Promise<{ revision: number }> {
  return inTransaction(ctx, async (db) => changeHeld({ ...ctx, db }, deps, given))
}

/** The change within the caller's transaction. */
export async function changeHeld(
  ctx: Within,
  deps: LedgerDeps,
  given: OfRecord & Omit<ChangeRecord, 'revision'> & { revision?: number },
): Promise<{ revision: number }> {
  const { ledger, row } = await holdRecord(ctx, given)
  mayChange(ledger, row)
  const open = await versionOf(ctx, row)
  const handled = (await listHandled(ctx.db, ctx, [row.recordId])).get(row.recordId)
  const worked = await workOut(ctx, deps, {
    open,
    maySee: ledger.maySee,
    recordId: row.recordId,
    entered: given.values,
    state: row.state,
    before: { row, handled },
    said: given.areaPath,
  })
  refuse(worked)
  const before = changedValues(row.body, worked.body)
  const isSame = Object.keys(before).length === 0 && worked.place.areaPath === row.areaPath
  if (isSame) return { revision: row.revision }
  return {
    revision: await saveOver(ctx, {
      ledger: { ...ledger, open },
      row,
      worked,
      state: row.state,
      act: { act: 'change', reason: given.reason, before },
    }),
  }
}

function mayChange(ledger: Ledger, row: RecordRow): void {
  if (!ledger.can.make && !ledger.isWithdrawn) throw ledgersErrors.mayNotWrite()
  if (row.removedAt !== null) throw ledgersErrors.removed()
  if (row.settled) throw ledgersErrors.refused({ problems: [makeProblem('settled')] })
}

/** Writes a record over its row, with its event, reminders and audit. Returns the new revision. */
export async function saveOver(
  ctx: Within,
  given: {
    ledger: Pick<Ledger, 'open' | 'templateKey' | 'isClosed'>
    row: RecordRow
    worked: WorkedOut
    state: string
    isRemoved?: boolean
    act: Pick<Parameters<typeof insertEvent>[2], 'act' | 'move' | 'from' | 'into' | 'byAnother' | 'reason' | 'before'>
  },
): Promise<number> {
  const { ledger, row, worked, state, act, isRemoved = false } = given
  const settled = ledger.open.states.get(state)?.settled === true
  const record = {
    ...asWritten(worked),
    recordId: row.recordId,
    templateKey: row.templateKey,
    version: ledger.open.version,
    recordNo: row.recordNo,
    state,
    settled,
    closed: row.closed,
  }
  // The event first: the database looks whether a second person is a second person at what was there before.
  await insertEvent(ctx.db, ctx, { ...record, ...act })
  const revision = await uniquely(ctx, { ledger, derived: worked.derived }, (inner) =>
    updateRecord(inner.db, ctx, { ...record, revision: row.revision, isRemoved }),
  )
  if (revision === undefined) throw ledgersErrors.changedMeanwhile({ revision: row.revision })
  await syncReminders(ctx.db, ctx, { ...record, running: isRemoved ? [] : worked.running })
  await audit(ctx.db, ctx, {
    did: `ledgers.${act.act}`,
    objectKind: 'ledgers.record',
    objectId: row.recordId,
    ...(act.reason === undefined ? {} : { reason: act.reason }),
    details: {
      template: row.templateKey,
      version: ledger.open.version,
      fields: Object.keys(act.before ?? {}),
      ...(act.move === undefined ? {} : { move: act.move }),
    },
  })
  return revision
}

/** What stood in the fields that differ, null for what was empty. */
export function changedValues(before: StoredBody, after: StoredBody): StoredBody {
  const changed: Record<string, StoredBody[string]> = {}
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) changed[key] = before[key] ?? null
  return changed
}

/** Removes a record: it leaves lists, counts and uniqueness, and can be restored. */
export async function removeRecord(ctx: Context, deps: LedgerDeps, given: OfRecord & RemoveRecord): Promise<{ revision: number }> {
  return toggle(ctx, deps, { ...given, isRemoved: true })
}

/** Brings a removed record back, unless another one has taken what may stand only once. */
export async function restoreRecord(ctx: Context, deps: LedgerDeps, given: OfRecord & RestoreRecord): Promise<{ revision: number }> {
  return toggle(ctx, deps, { ...given, isRemoved: false })
}

async function toggle(
  ctx: Context,
  deps: LedgerDeps,
  given: OfRecord & RemoveRecord & { isRemoved: boolean },
): Promise<{ revision: number }> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { ledger, row } = await holdRecord(within, given)
    if (!ledger.can.make && !ledger.isWithdrawn) throw ledgersErrors.mayNotWrite()
    if (given.isRemoved && row.removedAt !== null) throw ledgersErrors.removed()
    if (!given.isRemoved && row.removedAt === null) throw ledgersErrors.notRemoved()
    const open = await versionOf(within, row)
    const handled = (await listHandled(db, ctx, [row.recordId])).get(row.recordId)
    const worked = await workOut(within, deps, {
      open,
      maySee: () => true,
      recordId: row.recordId,
      entered: {},
      state: row.state,
      before: { row, handled },
      said: undefined,
    })
    const act = { act: given.isRemoved ? ('remove' as const) : ('restore' as const), reason: given.reason }
    return {
      revision: await saveOver(within, { ledger: { ...ledger, open }, row, worked, state: row.state, isRemoved: given.isRemoved, act }),
    }
  })
}
