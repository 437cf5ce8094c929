import { audit } from '#kernel/server/audit/index.ts'
import type { ColumnMemory } from '#kernel/pure/tables/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { ImportBatch, ImportKind } from '../../contract.ts'
import { fields, kinds } from '../../policy/policy.ts'
import type { MapColumns } from '../../rules/import-requests.ts'
import { fieldsOfKind } from '../../rules/recognise-kind.ts'
import { registryErrors } from '../errors.ts'
import { askWork, getBatchThatCan } from './ask-work.ts'
import { showBatch, updateBatch, type StoredBatch } from './batch-store.ts'
import { readMemories, saveMemory } from './memory-store.ts'

/**
 * Takes the columns as a person maps them, remembers them for the sender's next file of the kind when asked, and has the file read again.
 * Throws `registry.no-such-column`, `registry.unknown-field`, `registry.unknown-kind`.
 */
export async function mapByHand(ctx: Context, input: MapColumns & { batchId: string }): Promise<ImportBatch> {
  const { batchId } = input
  return inTransaction(ctx, async (db) => {
    const batch = await getBatchThatCan(db, ctx, { batchId, can: 'map' })
    const kind = input.kind ?? batch.kind
    if (kind === undefined) throw registryErrors.unknownKind({ seen: batch.columns.slice(0, 30).map((column) => column.label) })
    refuseStrangers(batch, kind, input.columns)
    // Of a kind that was changed the former mapping says nothing.
    const mapping = kind === batch.kind ? { ...batch.mapping } : {}
    for (const { column, key } of input.columns) mapping[String(column)] = key ?? ''
    for (const { column, key } of input.columns)
      for (const [other, held] of Object.entries(mapping))
        if (key !== null && held === key && other !== String(column)) delete mapping[other]
    await updateBatch(db, ctx, { batchId, patch: { mapping, kind } })
    if (input.remember) {
      const known = (await readMemories(db, ctx, batch.sender)).get(kind)
      await saveMemory(db, ctx, { sender: batch.sender, kind, memory: rememberHand(batch, mapping, known) })
    }
    const details = { kind, columns: input.columns.length, remembered: input.remember }
    await audit(db, ctx, { did: 'registry.import-map', objectKind: 'registry.import-batch', objectId: batchId, details })
    return showBatch(await askWork(db, ctx, { batchId, did: 'stage' }))
  })
}

function refuseStrangers(batch: StoredBatch, kind: ImportKind, columns: MapColumns['columns']): void {
  const policy = kinds.find((one) => one.kind === kind)
  const allowed = new Set(policy === undefined ? [] : fieldsOfKind(fields, policy).map((field) => field.key))
  for (const { column, key } of columns) {
    if (!batch.columns.some((one) => one.column === column)) throw registryErrors.noSuchColumn({ column: column + 1 })
    if (key !== null && !allowed.has(key)) throw registryErrors.unknownField({ field: key })
  }
}

/** What is remembered: the columns that a person named, beside what is known of the sender already. Labels only, never a cell. */
function rememberHand(batch: StoredBatch, mapping: Readonly<Record<string, string>>, known: ColumnMemory | undefined): ColumnMemory {
  const remembered: ColumnMemory = { version: 1, fields: { ...known?.fields } }
  for (const [column, key] of Object.entries(mapping)) {
    const place = batch.columns.find((one) => one.column === Number(column))
    if (place === undefined) continue
    if (key === '') {
      if (place.key !== undefined && !Object.values(mapping).includes(place.key)) remembered.fields[place.key] = null
      continue
    }
    const nth = batch.columns.filter((one) => one.label === place.label && one.column < place.column).length
    remembered.fields[key] = { label: place.label, nth, column: place.column }
  }
  return remembered
}
