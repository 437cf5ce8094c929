import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/**
 * Lets findings, their exceptions and their history be where the households are. A finding about a person goes with him to another
 * household; one that was sent to a village or township which no longer holds the household is held by the one that does.
 */
export async function moveFindings(
  db: Db,
  ctx: Context,
  moved: { areas: ReadonlyMap<string, string>; homes: ReadonlyMap<string, string> },
): Promise<void> {
  const county = ctx.scope.countyCode
  const areas = JSON.stringify([...moved.areas].map(([id, path]) => ({ id, path })))
  const homes = JSON.stringify([...moved.homes].map(([person, home]) => ({ person, home })))
  for (const [table, person] of [
    ['finding', 'person_id'],
    ['exception', 'subject_id'],
  ] as const) {
    await sql`
      UPDATE quality.${sql.raw(table)} t SET household_id = p.home FROM jsonb_to_recordset(${homes}::jsonb) AS p (person uuid, home uuid)
      WHERE t.county_code = ${county} AND t.${sql.raw(person)} = p.person AND t.household_id <> p.home
        AND t.household_id IN (SELECT id FROM jsonb_to_recordset(${areas}::jsonb) AS a (id uuid))`.execute(db)
  }
  await sql`
    UPDATE quality.finding_event t SET household_id = f.household_id FROM quality.finding f
    WHERE t.county_code = ${county} AND t.household_id IN (SELECT id FROM jsonb_to_recordset(${areas}::jsonb) AS a (id uuid))
      AND f.county_code = t.county_code AND f.finding_id = t.finding_id AND t.household_id <> f.household_id`.execute(db)
  for (const table of ['finding', 'finding_event', 'exception']) {
    await sql`
      UPDATE quality.${sql.raw(table)} t SET area_path = a.path FROM jsonb_to_recordset(${areas}::jsonb) AS a (id uuid, path text)
      WHERE t.county_code = ${county} AND t.household_id = a.id AND t.area_path <> a.path`.execute(db)
  }
  await sql`
    UPDATE quality.finding t SET sent_to = substring(a.path FROM '^' || repeat('[0-9]+\\.', length(t.sent_to) - length(replace(t.sent_to, '.', ''))))
    FROM jsonb_to_recordset(${areas}::jsonb) AS a (id uuid, path text)
    WHERE t.county_code = ${county} AND t.household_id = a.id AND NOT starts_with(a.path, t.sent_to)`.execute(db)
}
