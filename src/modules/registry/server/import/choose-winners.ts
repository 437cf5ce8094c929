import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { ImportBatch } from '../../contract.ts'
import { findField } from '../../policy/policy.ts'
import type { ChooseWinners } from '../../rules/import-requests.ts'
import { registryErrors } from '../errors.ts'
import { askWork, getBatchThatCan } from './ask-work.ts'
import { showBatch, updateBatch } from './batch-store.ts'

/** Fields that are compared though no column is called so: the place of a household, whose household a person is. */
const alsoCompared = new Set(['area', 'householdNo', 'earlierWork'])

/** Keeps whose value wins for a batch and has its differences computed anew. Throws `registry.unknown-field`. */
export async function chooseWinners(ctx: Context, input: { batchId: string; choices: ChooseWinners }): Promise<ImportBatch> {
  const { batchId, choices } = input
  return inTransaction(ctx, async (db) => {
    await getBatchThatCan(db, ctx, { batchId, can: 'choose' })
    const stranger = Object.keys(choices.fields).find((key) => findField(key) === undefined && !alsoCompared.has(key))
    if (stranger !== undefined) throw registryErrors.unknownField({ field: stranger })
    await updateBatch(db, ctx, { batchId, patch: { choices } })
    await audit(db, ctx, { did: 'registry.import-choose', objectKind: 'registry.import-batch', objectId: batchId, details: { ...choices } })
    return showBatch(await askWork(db, ctx, { batchId, did: 'compare' }))
  })
}
