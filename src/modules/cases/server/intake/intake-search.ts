import type { Page } from '#kernel/pure/paging/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { readId, readPhone } from '../../rules/intake/declaration-form.ts'
import type { IntakeCard } from '../../rules/intake/intake-records.ts'
import type { SearchIntakes } from '../../rules/intake/intake-requests.ts'
import { countChosen } from './intake-list-store.ts'
import { pageFound, searchOf, usualPage } from './intake-read.ts'

/**
 * Finds what came in by a part of a name, or by a whole ID number or telephone, among what the list holds. A search by number is recorded,
 * without the number.
 */
export async function searchIntakes(
  ctx: Context,
  deps: { vault: Vault },
  query: SearchIntakes,
): Promise<Page<IntakeCard> & { total: number }> {
  const { q, after, limit = usualPage, ...filter } = query
  const [id, phone] = [readId(q), readPhone(q)]
  const idNumber = id.isWrong ? undefined : id.number
  const index = (kind: string, number: string | undefined) => (number === undefined ? null : deps.vault.blindIndex(kind, number))
  const sought = { name: q, idIndex: index('intake-id-number', idNumber), phoneIndex: index('intake-phone', phone) }
  return inTransaction(ctx, async (db) => {
    const search = { ...searchOf(ctx, filter), sought }
    const found = { ...(await pageFound({ ...ctx, db }, { search, after, limit })), total: await countChosen(db, search) }
    if (idNumber !== undefined || phone !== undefined) {
      const details = { by: idNumber === undefined ? 'phone' : 'id-number', found: found.total }
      await audit(db, ctx, { did: 'cases.intake.search', objectKind: 'cases.intake', objectId: '', details })
    }
    return found
  })
}
