import { sql } from 'kysely'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import { setList } from './import/apply-store.ts'
import type { HouseholdRow, PersonRow } from './tables.ts'

export type EventHouseholdRow = HouseholdRow & { closed_on: string | null }

/** Households of the scope with their members of today; `isHeld`: until the transaction ends. */
export async function findEventRows(
  db: Db,
  scope: Scope,
  given: { householdIds: readonly string[]; isHeld: boolean },
): Promise<{ households: EventHouseholdRow[]; persons: PersonRow[] }> {
  const ids = [...given.householdIds]
  const held = given.isHeld ? sql`FOR UPDATE` : sql``
  const households = await sql<EventHouseholdRow>`
    SELECT h.* FROM registry.household h WHERE ${inScope(scope, 'h')} AND h.household_id = ANY (${ids}::uuid[]) ORDER BY h.household_id ${held}`.execute(
    db,
  )
  const persons = await sql<PersonRow>`
    SELECT p.* FROM registry.person p WHERE ${inScope(scope, 'p')} AND p.household_id = ANY (${ids}::uuid[]) AND p.left_on IS NULL
    ORDER BY p.is_head DESC, p.seq_no NULLS LAST, p.person_no ${held}`.execute(db)
  return { households: households.rows, persons: persons.rows }
}

/** The household of the scope that has this number. */
export async function findHouseholdByNo(db: Db, scope: Scope, householdNo: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`
    SELECT h.household_id AS id FROM registry.household h WHERE ${inScope(scope, 'h')} AND h.household_no = ${householdNo}`.execute(db)
  return found.rows[0]?.id
}

/** Whether a person of the scope has this number today; `idIndex` is its blind index. */
export async function isPersonKnown(db: Db, scope: Scope, idIndex: Buffer): Promise<boolean> {
  const found =
    await sql`SELECT 1 FROM registry.person p WHERE ${inScope(scope, 'p')} AND p.id_index = ${idIndex} AND p.left_on IS NULL LIMIT 1`.execute(
      db,
    )
  return found.rows.length > 0
}

/** The latest day on which one of the persons began to belong where he belongs now. */
export async function findLastBegin(db: Db, countyCode: string, personIds: readonly string[]): Promise<string | undefined> {
  const found = await sql<{ day: string | null }>`
    SELECT max(valid_from) AS day FROM registry.membership
    WHERE county_code = ${countyCode} AND person_id = ANY (${[...personIds]}::uuid[]) AND valid_to IS NULL`.execute(db)
  return found.rows[0]?.day ?? undefined
}

/** The rows that an event will write, as they stand, for the undo. */
export async function readRowsBefore(
  db: Db,
  countyCode: string,
  given: { householdIds: readonly string[]; personIds: readonly string[] },
): Promise<string> {
  const [homes, people] = [[...given.householdIds], [...given.personIds]]
  const found = await sql<{ before: string }>`
    SELECT jsonb_build_object(
      'households', (SELECT coalesce(jsonb_agg(to_jsonb(h)), '[]') FROM registry.household h WHERE h.county_code = ${countyCode} AND h.household_id = ANY (${homes}::uuid[])),
      'persons', (SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM registry.person p WHERE p.county_code = ${countyCode} AND p.person_id = ANY (${people}::uuid[])),
      'memberships', (SELECT coalesce(jsonb_agg(to_jsonb(m)), '[]') FROM registry.membership m
                      WHERE m.county_code = ${countyCode} AND m.person_id = ANY (${people}::uuid[]) AND m.valid_to IS NULL))::text AS before`.execute(
    db,
  )
  return found.rows[0]?.before ?? '{}'
}

/** A person as an event leaves him; `exceptions`: the fields of which it is the source from now on. */
export interface WrittenPerson {
  person_id: string
  household_id: string
  area_path: string
  relation: string | null
  is_head: boolean
  seq_no: number | null
  left_on: string | null
  exceptions: Record<string, { correction: string }>
}

/** A household as an event leaves it. */
export interface WrittenHousehold {
  household_id: string
  head_name: string | null
  area_path: string
  township: string
  village: string
  group_name: string | null
  closed_on: string | null
  exceptions: Record<string, { correction: string }>
}

/** Writes households, each with the event as its last writer. */
export async function writeHouseholds(db: Db, ctx: Context, given: { eventId: string; rows: readonly WrittenHousehold[] }): Promise<void> {
  await sql`
    UPDATE registry.household t SET head_name = r.head_name, area_path = r.area_path, township = r.township, village = r.village, group_name = r.group_name,
      closed_on = r.closed_on, exceptions = t.exceptions || r.exceptions, revision = t.revision + 1, touched_by = ${given.eventId}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(given.rows)}::jsonb) AS r (household_id uuid, head_name text, area_path text, township text, village text,
      group_name text, closed_on date, exceptions jsonb)
    WHERE t.county_code = ${ctx.scope.countyCode} AND t.household_id = r.household_id`.execute(db)
}

/** Makes the household of a split: like the one that it leaves in kind, with none of its facts but the exit status. */
export async function insertSplit(
  db: Db,
  ctx: Context,
  given: { eventId: string; fromId: string; householdId: string; householdNo: string; headName: string },
): Promise<void> {
  await sql`
    INSERT INTO registry.household (county_code, household_id, household_no, area_path, township, village, group_name, head_name, household_type,
      monitor_category, registered, exit_status, facts, created_by, touched_by)
    SELECT county_code, ${given.householdId}::uuid, ${given.householdNo}, area_path, township, village, group_name, ${given.headName}, household_type,
      monitor_category, registered, exit_status, jsonb_strip_nulls(jsonb_build_object('povertyExitStatus', facts -> 'povertyExitStatus')),
      ${given.eventId}::uuid, ${given.eventId}::uuid
    FROM registry.household WHERE county_code = ${ctx.scope.countyCode} AND household_id = ${given.fromId}::uuid`.execute(db)
}

/** Adds a person who was born or joined. */
export async function insertNewcomer(
  db: Db,
  person: Omit<PersonRow, 'sources' | 'exceptions' | 'conflicts' | 'revision' | 'facts'>,
): Promise<void> {
  await db.withTables<{ 'registry.person': typeof person }>().insertInto('registry.person').values(person).execute()
}

/** Writes persons and brings their memberships up to them: who leaves or moves ends one, who moves or comes begins one on the day of the event. */
export async function writePersons(
  db: Db,
  ctx: Context,
  given: { eventId: string; kind: string; on: string; rows: readonly WrittenPerson[] },
): Promise<void> {
  const { eventId, kind, on } = given
  const county = ctx.scope.countyCode
  const rows = sql`jsonb_to_recordset(${JSON.stringify(given.rows)}::jsonb) AS r (person_id uuid, household_id uuid, area_path text, relation text,
    is_head boolean, seq_no smallint, left_on date, exceptions jsonb)`
  await sql`
    UPDATE registry.person t SET household_id = r.household_id, area_path = r.area_path, relation = r.relation, is_head = r.is_head, seq_no = r.seq_no,
      left_on = r.left_on, exceptions = t.exceptions || r.exceptions, revision = t.revision + 1, touched_by = ${eventId}::uuid
    FROM ${rows} WHERE t.county_code = ${county} AND t.person_id = r.person_id`.execute(db)
  await sql`
    UPDATE registry.membership m SET valid_to = greatest(m.valid_from, ${on}::date), end_reason = ${kind}, touched_by = ${eventId}::uuid
    FROM ${rows} WHERE m.county_code = ${county} AND m.person_id = r.person_id AND m.valid_to IS NULL
      AND (r.left_on IS NOT NULL OR (m.household_id <> r.household_id AND m.valid_from < ${on}::date))`.execute(db)
  await sql`
    UPDATE registry.membership m SET household_id = r.household_id, area_path = r.area_path, relation = r.relation, seq_no = r.seq_no, touched_by = ${eventId}::uuid
    FROM ${rows} WHERE m.county_code = ${county} AND m.person_id = r.person_id AND m.valid_to IS NULL`.execute(db)
  await sql`
    INSERT INTO registry.membership (county_code, person_id, valid_from, household_id, area_path, relation, seq_no, created_by, touched_by)
    SELECT ${county}, r.person_id, ${on}::date, r.household_id, r.area_path, r.relation, r.seq_no, ${eventId}::uuid, ${eventId}::uuid
    FROM ${rows} WHERE r.left_on IS NULL AND NOT EXISTS (
      SELECT 1 FROM registry.membership m WHERE m.county_code = ${county} AND m.person_id = r.person_id AND m.valid_to IS NULL)`.execute(db)
}

/** Writes the rows back as they stood before the event and removes what it made; revisions go on rising. */
export async function restoreRows(db: Db, ctx: Context, eventId: string): Promise<void> {
  const county = ctx.scope.countyCode
  const rows = (part: string) => sql`registry.household_event e CROSS JOIN LATERAL jsonb_array_elements(e.before -> ${part}) v (value)`
  const chosen = sql`e.county_code = ${county} AND e.event_id = ${eventId}::uuid`
  const set = (entity: 'household' | 'person') => sql.raw(setList(entity).replace('revision = r.revision', 'revision = t.revision + 1'))
  await sql`DELETE FROM registry.membership WHERE county_code = ${county} AND created_by = ${eventId}::uuid`.execute(db)
  await sql`
    UPDATE registry.household t SET ${set('household')}, closed_on = r.closed_on
    FROM ${rows('households')} CROSS JOIN LATERAL jsonb_populate_record(NULL::registry.household, v.value) r
    WHERE ${chosen} AND t.county_code = ${county} AND t.household_id = r.household_id`.execute(db)
  await sql`
    UPDATE registry.person t SET ${set('person')}
    FROM ${rows('persons')} CROSS JOIN LATERAL jsonb_populate_record(NULL::registry.person, v.value) r
    WHERE ${chosen} AND t.county_code = ${county} AND t.person_id = r.person_id`.execute(db)
  await sql`
    UPDATE registry.membership t SET valid_to = r.valid_to, household_id = r.household_id, area_path = r.area_path, relation = r.relation, seq_no = r.seq_no,
      end_reason = r.end_reason, touched_by = r.touched_by
    FROM ${rows('memberships')} CROSS JOIN LATERAL jsonb_populate_record(NULL::registry.membership, v.value) r
    WHERE ${chosen} AND t.county_code = ${county} AND t.person_id = r.person_id AND t.valid_from = r.valid_from`.execute(db)
}

/** Removes the person and the household that the event made; everything else follows before. */
export async function removeMade(db: Db, ctx: Context, eventId: string): Promise<void> {
  for (const table of ['person', 'household'])
    await sql`DELETE FROM registry.${sql.raw(table)} WHERE county_code = ${ctx.scope.countyCode} AND created_by = ${eventId}::uuid`.execute(
      db,
    )
}

/** Whether the number belongs to a household; asked by the county's scope only, an area may not see the other. */
export async function isNumberKnown(db: Db, countyCode: string, householdNo: string): Promise<boolean> {
  const found = await sql`SELECT 1 FROM registry.household WHERE county_code = ${countyCode} AND household_no = ${householdNo}`.execute(db)
  return found.rows.length > 0
}
