import { audit } from '#kernel/server/audit/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { ChangeRecord, MakeRecord, OfBook, OfRecord, RemoveRecord, RestoreRecord } from '../contract.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { makeProblem } from '../rules/record-words.ts'
import { seriesOf } from '../rules/record-number.ts'
import { ledgersErrors } from './errors.ts'
import { brings } from './bring-values.ts'
import { writeDecided } from './decide-store.ts'
import { listHandled } from './event-store.ts'
import { followGatherers, sideOf } from './gather-follow.ts'
import { holdForGathering, takesPart } from './gather-hold.ts'
import { openLedger, openVersion, type Ledger, type Within } from './open-ledger.ts'
import { findRecord, insertRecord, takeNumber } from './record-store.ts'
import { syncReminders } from './reminder-store.ts'
import { asWritten, changedValues, saveOver, uniquely } from './save-record.ts'
import type { RecordRow } from './tables.ts'
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
    await holdForGathering(within, [{ open, recordId, bodies: [given.values] }])
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
    await writeDecided(db, ctx, { record, decided: worked.decided, isNew: true })
    await followGatherers(within, deps, [
      { templateKey: ledger.templateKey, recordId, before: undefined, after: { state, values: worked.body } },
    ])
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

/** Throws `ledgers.refused` with everything that stands against it. */
export function refuse(worked: Pick<WorkedOut, 'refusals'>): void {
  if (worked.refusals.length > 0) throw ledgersErrors.refused({ problems: worked.refusals })
}

/** A record that is held to be written, with what its version says. */
export interface HeldRecord {
  readonly ledger: Ledger
  readonly row: RecordRow
}

/**
 * Holds a record that the caller may write, and before it what it gathers and is gathered by, as it is and as `values` make it. Throws
 * `http.not-found`, `ledgers.changed-meanwhile`, `ledgers.may-not-write`.
 */
export async function holdRecord(
  ctx: Within,
  given: OfRecord & { revision?: number; values?: Readonly<Record<string, unknown>> },
): Promise<HeldRecord> {
  const ledger = await openLedger(ctx, given.templateKey)
  if (await takesPart(ctx, given.templateKey)) {
    const seen = await findRecord(ctx.db, ctx, given)
    if (seen !== undefined)
      await holdForGathering(ctx, [
        { open: await versionOf(ctx, seen), recordId: seen.recordId, bodies: [seen.body, { ...seen.body, ...given.values }] },
      ])
  }
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
  const act = { act: 'change', reason: given.reason, before } as const
  return { revision: await saveAndFollow(ctx, deps, { ledger: { ...ledger, open }, row, worked, state: row.state, act }) }
}

/** Writes a record over its row, and works out anew what gathers it. Returns the new revision. */
export async function saveAndFollow(ctx: Within, deps: LedgerDeps, given: Parameters<typeof saveOver>[1]): Promise<number> {
  const { row, worked, state, isRemoved = false } = given
  const revision = await saveOver(ctx, given)
  const { recordId, templateKey } = row
  const after = isRemoved ? undefined : { state, values: worked.body }
  const revisions = await followGatherers(ctx, deps, [{ templateKey, recordId, before: sideOf(row), after }])
  return revisions.get(recordId) ?? revision
}

function mayChange(ledger: Ledger, row: RecordRow): void {
  if (!ledger.can.make && !ledger.isWithdrawn) throw ledgersErrors.mayNotWrite()
  if (row.removedAt !== null) throw ledgersErrors.removed()
  if (row.settled) throw ledgersErrors.refused({ problems: [makeProblem('settled')] })
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
    // What comes back counts again: it must still hold what it held, with what was written meanwhile.
    if (!given.isRemoved && brings(open)) refuse({ refusals: worked.refusals.filter((problem) => problem.check !== undefined) })
    const saved = { ledger: { ...ledger, open }, row, worked, state: row.state, isRemoved: given.isRemoved, act }
    return { revision: await saveAndFollow(within, deps, saved) }
  })
}
