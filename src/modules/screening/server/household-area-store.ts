import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Tables whose rows are about a household. */
const ofHouseholds = ['lead', 'lead_reason', 'lead_event', 'matched_row', 'rested_reason', 'authorisation', 'repair'] as const
/** Tables whose rows are about a person and go with him to another household. */
const ofPersons = ['authorisation', 'repair'] as const

/**
 * Lets what is kept about households be where they are: leads with their reasons, evidence and history, and authorisations and repairs,
 * which also go with the person whom they are about. What is evidence of a lead stays with the household that has the lead. A lead that was sent to a village or
 * township which no longer holds the household is held by the one that does.
 */
export async function moveLeads(
  db: Db,
  ctx: Context,
  moved: { areas: ReadonlyMap<string, string>; homes: ReadonlyMap<string, string> },
): Promise<void> {
  const county = ctx.scope.countyCode
  const areas = JSON.stringify([...moved.areas].map(([id, path]) => ({ id, path })))
  const homes = JSON.stringify([...moved.homes].map(([person, home]) => ({ person, home })))
  for (const table of ofPersons) {
    await sql`
      UPDATE screening.${sql.raw(table)} t SET household_id = p.home FROM jsonb_to_recordset(${homes}::jsonb) AS p (person uuid, home uuid)
      WHERE t.county_code = ${county} AND t.person_id = p.person AND t.household_id <> p.home
        AND t.household_id IN (SELECT id FROM jsonb_to_recordset(${areas}::jsonb) AS a (id uuid))`.execute(db)
  }
  for (const table of ofHouseholds) {
    await sql`
      UPDATE screening.${sql.raw(table)} t SET area_path = a.path FROM jsonb_to_recordset(${areas}::jsonb) AS a (id uuid, path text)
      WHERE t.county_code = ${county} AND t.household_id = a.id AND t.area_path <> a.path`.execute(db)
  }
  await sql`
    UPDATE screening.lead t SET sent_to = substring(a.path FROM '^' || repeat('[0-9]+\\.', length(t.sent_to) - length(replace(t.sent_to, '.', ''))))
    FROM jsonb_to_recordset(${areas}::jsonb) AS a (id uuid, path text)
    WHERE t.county_code = ${county} AND t.household_id = a.id AND NOT starts_with(a.path, t.sent_to)`.execute(db)
}
