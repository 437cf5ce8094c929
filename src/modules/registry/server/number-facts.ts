import { readIdNumber } from '#kernel/pure/text/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { listPersonRows } from './household-store.ts'
import { placeOfPersonCell } from './tables.ts'

/** What a valid identity number says of its person. */
export interface NumberFacts {
  readonly sex: '男' | '女'
  readonly birthDate: string
}

/** What the identity numbers of the members of some households say, by person; the numbers themselves stay here. Invalid ones say nothing. */
export async function readNumberFacts(
  ctx: Context,
  db: Db,
  given: { householdIds: readonly string[]; vault: Vault },
): Promise<ReadonlyMap<string, NumberFacts>> {
  const rows = await listPersonRows(db, ctx.scope, { householdIds: given.householdIds, withFormer: false })
  const facts = new Map<string, NumberFacts>()
  for (const { person_id: personId, person_no: personNo, id_cell: cell } of rows) {
    if (cell === null) continue
    const parts = readIdNumber(given.vault.decrypt(cell, placeOfPersonCell('id', personNo)).slice(0, 18))
    if (parts !== undefined) facts.set(personId, { sex: parts.sex === 'male' ? '男' : '女', birthDate: parts.bornOn })
  }
  return facts
}
