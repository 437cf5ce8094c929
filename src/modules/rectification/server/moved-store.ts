import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Tables with a row for a household and its place: they are where the household is. */
const movedTables = ['problem', 'problem_event', 'evidence', 'extension', 'same_check'] as const

/** Follows households that moved; the responsible unit stays who it was. */
export async function moveProblems(db: Db, ctx: Context, areas: ReadonlyMap<string, string>): Promise<void> {
  const moved = JSON.stringify([...areas].map(([id, path]) => ({ id, path })))
  for (const table of movedTables) {
    await sql`
      UPDATE rectification.${sql.ref(table)} t SET area_path = a.path FROM jsonb_to_recordset(${moved}::jsonb) AS a (id uuid, path text)
      WHERE t.county_code = ${ctx.scope.countyCode} AND t.household_id = a.id AND t.area_path <> a.path`.execute(db)
  }
}
