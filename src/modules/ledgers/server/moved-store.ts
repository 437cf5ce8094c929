import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Tables of ledgers with a row for a household and its place: they are where the household is. */
const movedTables = ['record', 'record_body', 'record_event', 'record_link', 'record_file', 'record_decided', 'reminder', 'reveal'] as const

/** Follows households that moved. */
export async function moveHouseholds(db: Db, ctx: Context, areas: ReadonlyMap<string, string>): Promise<void> {
  const moved = JSON.stringify([...areas].map(([id, path]) => ({ id, path })))
  for (const table of movedTables)
    await sql`
      UPDATE ledgers.${sql.ref(table)} t SET area_path = a.path FROM jsonb_to_recordset(${moved}::jsonb) AS a (id uuid, path text)
      WHERE t.county_code = ${ctx.scope.countyCode} AND t.household_id = a.id AND t.area_path <> a.path`.execute(db)
}

/** Follows persons: a record about a person belongs to the household in which he lives now. */
export async function movePersons(
  db: Db,
  ctx: Context,
  given: {
    homes: ReadonlyMap<string, string>
    areas: ReadonlyMap<string, string>
    fields: readonly { templateKey: string; fieldKey: string }[]
  },
): Promise<void> {
  const { homes, areas, fields } = given
  const moved = [...homes].flatMap(([person, household]) => {
    const path = areas.get(household)
    return path === undefined ? [] : [{ person, household, path }]
  })
  if (moved.length === 0 || fields.length === 0) return
  const county = ctx.scope.countyCode
  const found = await sql<{ id: string; household: string; path: string }>`
    SELECT l.record_id AS id, m.household, m.path FROM ledgers.record_link l
      JOIN jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) AS m (person text, household text, path text) ON m.person = l.target
      JOIN jsonb_to_recordset(${JSON.stringify(fields)}::jsonb) AS f ("templateKey" text, "fieldKey" text)
        ON f."templateKey" = l.template_key AND f."fieldKey" = l.field_key
    WHERE l.county_code = ${county} AND l.target_kind = 'person'`.execute(db)
  if (found.rows.length === 0) return
  for (const table of movedTables)
    await sql`
      UPDATE ledgers.${sql.ref(table)} t SET area_path = a.path, household_id = a.household
      FROM jsonb_to_recordset(${JSON.stringify(found.rows)}::jsonb) AS a (id uuid, household uuid, path text)
      WHERE t.county_code = ${county} AND t.record_id = a.id AND (t.area_path <> a.path OR t.household_id IS DISTINCT FROM a.household)`.execute(
      db,
    )
}

/** A household whose row goes, because the split that made it is taken back: what was said of it is said of the one it came from. */
export async function handHouseholdOver(db: Db, ctx: Context, given: { householdId: string; intoId: string; path: string }): Promise<void> {
  const { householdId, intoId, path } = given
  const county = ctx.scope.countyCode
  for (const table of movedTables)
    await sql`
      UPDATE ledgers.${sql.ref(table)} SET area_path = ${path}, household_id = ${intoId}
      WHERE county_code = ${county} AND household_id = ${householdId}`.execute(db)
  await sql`
    UPDATE ledgers.record_link SET target = ${intoId}
    WHERE county_code = ${county} AND target_kind = 'household' AND target = ${householdId}`.execute(db)
}
