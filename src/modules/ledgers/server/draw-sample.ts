import { createHash, randomBytes } from 'node:crypto'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { DrawSample, OfBook } from '../contract.ts'
import type { SampleAnswer } from '../rules/records.ts'
import { ledgersErrors } from './errors.ts'
import { openLedger } from './open-ledger.ts'
import { showRows } from './read-records.ts'
import { findRecords, listDrawable } from './sample-store.ts'

/** The most records that one sample shows. */
const mostDrawn = 500

/**
 * Draws the template's share of the records of its state: those with the smallest `sha256(seed / number)`, so that whoever has the list and the seed
 * draws the same ones. Who draws, with which seed, how many of how many, is in the audit.
 */
export async function drawSample(ctx: Context, given: OfBook & DrawSample): Promise<SampleAnswer> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, given.templateKey)
    const { sampling } = ledger.open.template
    if (sampling === undefined) throw ledgersErrors.noSampling()
    if (!ledger.can.sample) throw ledgersErrors.mayNotWrite()
    const seed = given.seed ?? randomBytes(8).toString('hex')
    const all = await listDrawable(db, ctx, { templateKey: given.templateKey, state: sampling.state })
    if (all.length === 0) throw ledgersErrors.noEmptySample()
    const wanted = Math.min(all.length, mostDrawn, Math.max(sampling.atLeast, Math.ceil((all.length * sampling.percent) / 100)))
    const ranked = all.map((one) => ({ ...one, rank: createHash('sha256').update(`${seed}/${one.name}`).digest('hex') }))
    const drawn = ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1)).slice(0, wanted)
    const rows = await findRecords(
      db,
      ctx,
      drawn.map((one) => one.recordId),
    )
    await audit(db, ctx, {
      did: 'ledgers.sample',
      objectKind: 'ledgers.book',
      objectId: given.templateKey,
      details: { seed, of: all.length, drawn: rows.length },
    })
    return { seed, of: all.length, drawn: await showRows(within, ledger, rows) }
  })
}
