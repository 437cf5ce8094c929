import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Lets leads, their reasons and authorisations of households be where the households are; what happened to them stays where it happened. */
export async function moveLeads(db: Db, ctx: Context, areas: ReadonlyMap<string, string>): Promise<void> {
  const rows = JSON.stringify([...areas].map(([id, path]) => ({ id, path })))
  for (const table of ['lead', 'lead_reason', 'authorisation']) {
    await sql`
      UPDATE screening.${sql.raw(table)} t SET area_path = a.path FROM jsonb_to_recordset(${rows}::jsonb) AS a (id uuid, path text)
      WHERE t.county_code = ${ctx.scope.countyCode} AND t.household_id = a.id AND t.area_path <> a.path`.execute(db)
  }
}
