import { isNamedError } from '#kernel/pure/errors/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { ChangeMany, MoveMany, OfBook } from '../contract.ts'
import type { BatchAnswer, RecordProblem, RefusedItem } from '../rules/records.ts'
import { holdForGathering, takesPart, type ToHold } from './gather-hold.ts'
import { moveHeld } from './move-record.ts'
import { openLedger, openVersion, type Within } from './open-ledger.ts'
import { findTitles } from './record-store.ts'
import { findRecords } from './sample-store.ts'
import type { LedgerDeps } from './work-out.ts'
import { changeHeld } from './write-record.ts'

/** Changes the same fields of many records; each by itself, what is refused is said by record. */
export async function changeMany(ctx: Context, deps: LedgerDeps, given: OfBook & ChangeMany): Promise<BatchAnswer> {
  const { templateKey, values, reason } = given
  return each(ctx, given, 'ledgers.change-many', (within, recordId) =>
    changeHeld(within, deps, { templateKey, recordId, values, ...(reason === undefined ? {} : { reason }) }),
  )
}

/** Makes the same move with many records. */
export async function moveMany(ctx: Context, deps: LedgerDeps, given: OfBook & MoveMany): Promise<BatchAnswer> {
  const { templateKey, move, values, reason } = given
  return each(ctx, given, 'ledgers.move-many', (within, recordId) =>
    moveHeld(within, deps, { templateKey, recordId, move, values, ...(reason === undefined ? {} : { reason }) }),
  )
}

async function each(
  ctx: Context,
  given: OfBook & { recordIds: readonly string[]; values: Readonly<Record<string, unknown>> },
  did: string,
  act: (ctx: Within, recordId: string) => Promise<unknown>,
): Promise<BatchAnswer> {
  return inTransaction(ctx, async (db) => {
    await openLedger({ ...ctx, db }, given.templateKey)
    // In the order of ids: two batches that hold the same records wait for each other instead of locking each other out.
    const recordIds = [...new Set(given.recordIds)].sort()
    const titles = new Map(
      (await findTitles(db, ctx, { templateKey: given.templateKey, recordIds })).map((one) => [one.recordId, one.title]),
    )
    await holdAll({ ...ctx, db }, { templateKey: given.templateKey, recordIds, values: given.values })
    const refused: RefusedItem[] = []
    for (const recordId of recordIds) {
      try {
        await inTransaction({ ...ctx, db }, (inner) => act({ ...ctx, db: inner }, recordId))
      } catch (fault) {
        if (!isNamedError(fault)) throw fault
        // Safe: our own refusals carry their problems under this name.
        const problems = Array.isArray(fault.details['problems']) ? (fault.details['problems'] as RecordProblem[]) : []
        refused.push({ recordId, title: titles.get(recordId) ?? '', code: fault.code, problems })
      }
    }
    const done = recordIds.length - refused.length
    await audit(db, ctx, { did, objectKind: 'ledgers.book', objectId: given.templateKey, details: { done, refused: refused.length } })
    return { done, refused }
  })
}

/** Holds everything that the records gather by and are gathered by, at once: two batches never wait for each other in a circle. */
async function holdAll(
  ctx: Within,
  given: OfBook & { recordIds: readonly string[]; values: Readonly<Record<string, unknown>> },
): Promise<void> {
  if (!(await takesPart(ctx, given.templateKey))) return
  const toHold: ToHold[] = []
  for (const row of await findRecords(ctx.db, ctx, given.recordIds))
    toHold.push({ open: await openVersion(ctx, row), recordId: row.recordId, bodies: [row.body, { ...row.body, ...given.values }] })
  await holdForGathering(ctx, toHold)
}
