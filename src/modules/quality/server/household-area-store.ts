import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Lets findings and exceptions of households be where the households are; what happened to them stays where it happened. */
export async function moveFindings(db: Db, ctx: Context, areas: ReadonlyMap<string, string>): Promise<void> {
  const rows = JSON.stringify([...areas].map(([id, path]) => ({ id, path })))
  for (const table of ['finding', 'exception']) {
    await sql`
      UPDATE quality.${sql.raw(table)} t SET area_path = a.path FROM jsonb_to_recordset(${rows}::jsonb) AS a (id uuid, path text)
      WHERE t.county_code = ${ctx.scope.countyCode} AND t.household_id = a.id AND t.area_path <> a.path`.execute(db)
  }
}
