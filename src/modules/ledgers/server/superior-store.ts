import { sql } from 'kysely'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import type { Within } from './open-ledger.ts'
import { asSystemWithin } from './jobs/as-system.ts'

/** A record by its name, as links know it. */
export interface NamedRecord {
  readonly recordId: string
  readonly recordNo: string | null
  readonly title: string
  readonly areaPath: string
  readonly householdId: string | null
}

/** The areas above a reader's own up to the county; none for who sees all of it, or single households. */
function areasAbove(scope: Scope): string[] {
  if (scope.kind !== 'area') return []
  const parts = scope.path.split('.').slice(0, -1)
  const county = 3
  return parts.flatMap((_, at) => (at + 1 >= county && at + 1 < parts.length ? [`${parts.slice(0, at + 1).join('.')}.`] : []))
}

/**
 * Records of the offices above a reader, by id, by name or number, or by the beginning of their name: a township's project names the county's fund. Only
 * the name is told, only of ledgers that are not closed and about nobody's household; the reader's role must read the ledger (the caller of this asks).
 */
export async function findOfSuperiors(
  ctx: Within,
  given: { templateKey: string; limit: number } & ({ recordIds: readonly string[] } | { names: readonly string[] } | { beginning: string }),
): Promise<NamedRecord[]> {
  const above = areasAbove(ctx.scope)
  if (above.length === 0) return []
  const wanted =
    'recordIds' in given
      ? sql`r.record_id = ANY (${[...given.recordIds]}::uuid[])`
      : 'names' in given
        ? sql`(r.title = ANY (${[...given.names]}::text[]) OR r.record_no = ANY (${[...given.names]}::text[]))`
        : sql`starts_with(r.title, ${given.beginning})`
  return asSystemWithin(ctx, 'superior', async ({ db, scope }: Context & Within) => {
    const found = await sql<NamedRecord>`
      SELECT r.record_id AS "recordId", r.record_no AS "recordNo", r.title, r.area_path AS "areaPath", r.household_id AS "householdId"
      FROM ledgers.record r
      WHERE r.county_code = ${scope.countyCode} AND r.template_key = ${given.templateKey} AND r.area_path = ANY (${above}::text[])
        AND r.removed_at IS NULL AND NOT r.closed AND r.household_id IS NULL AND ${wanted}
      ORDER BY r.record_id DESC LIMIT ${given.limit}`.execute(db)
    return found.rows
  })
}
