import { makeId } from '#kernel/pure/ids/index.ts'
import { maskIdNumber } from '#kernel/pure/text/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { mostUnapproved } from '../rules/export-records.ts'
import { registryErrors } from './errors.ts'
import { auditExport, makeExportFile, pathOfScope, type ExportTerms, type ListToExport } from './export-list.ts'
import { isAdult, openOf } from './export-members.ts'
import { insertExport, listMemberRows } from './export-store.ts'

/** A list of another module that goes to an authority which needs whole numbers, such as the departments of a check. */
export interface WholeList extends Omit<ListToExport, 'rows'> {
  readonly householdIds: readonly string[]
  /** Whose numbers stand in the list. */
  readonly personIds: readonly string[]
  /** Its rows; a number is whole only of who is certainly 18 or older, else masked, and empty where none is kept. */
  readonly rowsOf: (numberOf: (personId: string) => string) => readonly (readonly string[])[]
}

/**
 * Sends such a list, recorded and audited as one with whole numbers. At most 200 people at once. Throws `registry.approval-needed`. Whoever calls
 * it has asked for the right, and for what allows it (an authorisation of the household).
 */
export async function exportWholeList(ctx: Context, given: WholeList & ExportTerms, { vault }: { vault: Vault }): Promise<Download> {
  const { householdIds, personIds, rowsOf, ...terms } = given
  if (personIds.length > mostUnapproved) throw registryErrors.approvalNeeded({ rows: personIds.length, limit: mostUnapproved })
  return inTransaction(ctx, async (db) => {
    const wanted = new Set(personIds)
    const rows = (await listMemberRows(db, ctx.scope, householdIds)).filter((one) => wanted.has(one.person_id))
    const numbers = new Map(
      rows.map((person) => {
        const id = openOf(person, 'id', vault)
        return [person.person_id, id === '' || isAdult(person, { id, today: ctx.today }) ? id : maskIdNumber(id)]
      }),
    )
    const exportId = makeId()
    const lines = rowsOf((personId) => numbers.get(personId) ?? '')
    const made = await makeExportFile({ ...ctx, db }, { ...terms, rows: stream(lines), exportId, isMasked: false })
    const { list, filter, format, purpose } = terms
    const facts = {
      exportId,
      areaPath: pathOfScope(ctx),
      list,
      filter,
      format,
      purpose,
      rows: made.rows,
      isMasked: false,
      hasMinors: false,
    }
    await insertExport(db, ctx, { ...facts, fileHash: made.fileHash })
    await auditExport(ctx, db, { ...facts, fileHash: made.fileHash, did: 'registry.export-whole' })
    return made.download
  })
}

async function* stream(rows: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  yield* rows
}
