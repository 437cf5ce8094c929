import { sql } from 'kysely'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import { setList } from './import/apply-store.ts'
import type { Facts, PersonRow } from './tables.ts'

/** A person with what a merge needs of the household. */
export type MergeRow = PersonRow & {
  merged_into: string | null
  household_no: string
  township: string
  village: string
  group_name: string | null
  registered: boolean
  /** Members of the household today. */
  members: number
}

/** Persons within the scope, with their households; `isHeld`: until the transaction ends. */
export async function findMergeRows(db: Db, scope: Scope, given: { personIds: readonly string[]; isHeld: boolean }): Promise<MergeRow[]> {
  if (given.isHeld)
    await sql`
      SELECT 1 FROM registry.person p WHERE ${inScope(scope, 'p')} AND p.person_id = ANY (${[...given.personIds]}::uuid[])
      ORDER BY p.person_id FOR UPDATE`.execute(db)
  const found = await sql<MergeRow>`
    SELECT p.*, h.household_no, h.township, h.village, h.group_name, h.registered,
      (SELECT count(*)::int FROM registry.person m WHERE m.county_code = p.county_code AND m.household_id = p.household_id AND m.left_on IS NULL) AS members
    FROM registry.person p JOIN registry.household h ON h.county_code = p.county_code AND h.household_id = p.household_id
    WHERE ${inScope(scope, 'p')} AND p.person_id = ANY (${[...given.personIds]}::uuid[])`.execute(db)
  return found.rows
}

/** Both persons and their memberships and the winner's household as they stand, for the undo. */
export async function readBefore(db: Db, countyCode: string, given: { winnerId: string; loserId: string }): Promise<string> {
  const ids = [given.winnerId, given.loserId]
  const found = await sql<{ before: string }>`
    SELECT jsonb_build_object(
      'persons', (SELECT jsonb_agg(to_jsonb(p)) FROM registry.person p WHERE p.county_code = ${countyCode} AND p.person_id = ANY (${ids}::uuid[])),
      'memberships', (SELECT jsonb_agg(to_jsonb(m)) FROM registry.membership m
                      WHERE m.county_code = ${countyCode} AND m.person_id = ANY (${ids}::uuid[]) AND m.valid_to IS NULL),
      'household', (SELECT jsonb_build_object('id', h.household_id, 'head_name', h.head_name) FROM registry.household h
                    JOIN registry.person p ON p.county_code = h.county_code AND p.household_id = h.household_id
                    WHERE p.county_code = ${countyCode} AND p.person_id = ${given.winnerId}::uuid))::text AS before`.execute(db)
  return found.rows[0]?.before ?? '{}'
}

/** Writes the values that the winner takes; each comes from the merge from now on, so that the next file stands beside it only. */
export async function writeWinner(
  db: Db,
  ctx: Context,
  given: { winner: MergeRow; columns: Partial<PersonRow>; facts: Facts; fields: readonly string[]; mergeId: string },
): Promise<void> {
  const exceptions = JSON.stringify(Object.fromEntries(given.fields.map((field) => [field, { correction: given.mergeId }])))
  await db
    .withTables<{ 'registry.person': PersonRow }>()
    .updateTable('registry.person')
    .set({
      ...given.columns,
      facts: sql<Facts>`${JSON.stringify(given.facts)}::jsonb`,
      exceptions: sql<PersonRow['exceptions']>`exceptions || ${exceptions}::jsonb`,
      revision: given.winner.revision + 1,
      touched_by: given.mergeId,
    })
    .where('county_code', '=', ctx.scope.countyCode)
    .where('person_id', '=', given.winner.person_id)
    .execute()
}

/** The winner takes the loser's place as head of their household. */
export async function takeHead(
  db: Db,
  ctx: Context,
  given: { winner: MergeRow; loser: MergeRow; name: string; mergeId: string },
): Promise<void> {
  const { winner, loser, mergeId } = given
  const { countyCode } = ctx.scope
  await sql`
    UPDATE registry.person SET is_head = true, relation = ${loser.relation} WHERE county_code = ${countyCode} AND person_id = ${winner.person_id}::uuid`.execute(
    db,
  )
  await sql`
    UPDATE registry.membership SET relation = ${loser.relation}, touched_by = ${mergeId}::uuid
    WHERE county_code = ${countyCode} AND person_id = ${winner.person_id}::uuid AND valid_to IS NULL`.execute(db)
}

/** The name of the winner stands as head of the household. */
export async function nameHead(db: Db, ctx: Context, given: { householdId: string; name: string; mergeId: string }): Promise<void> {
  await sql`
    UPDATE registry.household SET head_name = ${given.name}, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND household_id = ${given.householdId}::uuid AND head_name IS DISTINCT FROM ${given.name}`.execute(
    db,
  )
}

/** The loser leaves; his row stays, so that a file that states its number again finds it and does not make a new person. */
export async function writeLoser(db: Db, ctx: Context, given: { loserId: string; winnerId: string; mergeId: string }): Promise<void> {
  const { countyCode } = ctx.scope
  await sql`
    UPDATE registry.person SET left_on = ${ctx.today}::date, merged_into = ${given.winnerId}::uuid, is_head = false, revision = revision + 1,
      touched_by = ${given.mergeId}::uuid
    WHERE county_code = ${countyCode} AND person_id = ${given.loserId}::uuid`.execute(db)
  await sql`
    UPDATE registry.membership SET valid_to = greatest(valid_from, ${ctx.today}::date), end_reason = 'merged', touched_by = ${given.mergeId}::uuid
    WHERE county_code = ${countyCode} AND person_id = ${given.loserId}::uuid AND valid_to IS NULL`.execute(db)
}

/** Corrections of the loser become the winner's; one of a field of which the winner has an open one stays where it is. Returns their ids. */
export async function moveCorrections(
  db: Db,
  ctx: Context,
  given: { from: string; to: { personId: string; householdId: string; areaPath: string }; only?: readonly string[] },
): Promise<string[]> {
  const { to, only } = given
  const chosen = only === undefined ? sql`true` : sql`c.correction_id = ANY (${[...only]}::uuid[])`
  const moved = await sql<{ id: string }>`
    UPDATE registry.correction c SET person_id = ${to.personId}::uuid, household_id = ${to.householdId}::uuid, area_path = ${to.areaPath}
    WHERE c.county_code = ${ctx.scope.countyCode} AND c.person_id = ${given.from}::uuid AND ${chosen}
      AND (c.state NOT IN ('found', 'confirmed') OR NOT EXISTS (
        SELECT 1 FROM registry.correction o WHERE o.county_code = c.county_code AND o.person_id = ${to.personId}::uuid AND o.field = c.field
          AND o.state IN ('found', 'confirmed')))
    RETURNING c.correction_id AS id`.execute(db)
  return moved.rows.map((row) => row.id)
}

export interface MergeRowRecord {
  merge_id: string
  pair_id: string | null
  winner_id: string
  loser_id: string
  area_path: string
  chosen: string[]
  before: unknown
  moved: Record<string, string[]>
  reason: string
  merged_name: string
  merged_at: string
  undone_name: string | null
  undone_at: string | null
  undo_reason: string | null
}

/** Keeps what was merged. */
export async function insertMerge(
  db: Db,
  ctx: Context,
  given: {
    mergeId: string
    pairId: string | undefined
    winnerId: string
    loserId: string
    areaPath: string
    chosen: readonly string[]
    before: string
    moved: Readonly<Record<string, readonly string[]>>
    reason: string
  },
): Promise<void> {
  await sql`
    INSERT INTO registry.person_merge (county_code, merge_id, pair_id, winner_id, loser_id, area_path, chosen, before, moved, reason, merged_by, merged_name, merged_at)
    VALUES (${ctx.scope.countyCode}, ${given.mergeId}, ${given.pairId ?? null}, ${given.winnerId}, ${given.loserId}, ${given.areaPath},
            ${JSON.stringify(given.chosen)}::jsonb, ${given.before}::jsonb, ${JSON.stringify(given.moved)}::jsonb, ${given.reason},
            ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
}

/** The merge, held until the transaction ends. */
export async function findMergeForUpdate(db: Db, scope: Scope, mergeId: string): Promise<MergeRowRecord | undefined> {
  const found = await sql<MergeRowRecord>`
    SELECT m.* FROM registry.person_merge m WHERE ${inScope(scope, 'm')} AND m.merge_id = ${mergeId}::uuid FOR UPDATE`.execute(db)
  return found.rows[0]
}

export type ListedMerge = Omit<MergeRowRecord, 'before' | 'moved'> & {
  name: string
  household_id: string
  township: string
  village: string
  group_name: string | null
  /** Both rows are as the merge left them. */
  is_untouched: boolean
}

/** One page of merges, the latest first. */
export async function listMergeRows(
  db: Db,
  given: { scope: Scope; after: readonly (string | number)[] | undefined; limit: number; mergeId?: string },
): Promise<ListedMerge[]> {
  const { after, mergeId } = given
  const seen = after === undefined ? sql`true` : sql`(m.merged_at, m.merge_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
  const chosen = mergeId === undefined ? sql`true` : sql`m.merge_id = ${mergeId}::uuid`
  const found = await sql<ListedMerge>`
    SELECT m.merge_id, m.pair_id, m.winner_id, m.loser_id, m.area_path, m.chosen, m.reason, m.merged_name, m.merged_at, m.undone_name, m.undone_at,
      m.undo_reason, w.name, w.household_id, h.township, h.village, h.group_name,
      (w.touched_by = m.merge_id AND l.touched_by = m.merge_id AND l.merged_into = w.person_id) AS is_untouched
    FROM registry.person_merge m
    JOIN registry.person w ON w.county_code = m.county_code AND w.person_id = m.winner_id
    JOIN registry.person l ON l.county_code = m.county_code AND l.person_id = m.loser_id
    JOIN registry.household h ON h.county_code = w.county_code AND h.household_id = w.household_id
    WHERE ${inScope(given.scope, 'm')} AND ${seen} AND ${chosen} ORDER BY m.merged_at DESC, m.merge_id DESC LIMIT ${given.limit + 1}`.execute(
    db,
  )
  return found.rows
}

/** Writes both persons, their memberships and the head's name back as they stood before the merge; revisions go on rising. */
export async function restoreMerged(db: Db, ctx: Context, mergeId: string): Promise<void> {
  const { countyCode } = ctx.scope
  const merge = sql`registry.person_merge g WHERE g.county_code = ${countyCode} AND g.merge_id = ${mergeId}::uuid`
  await sql`
    UPDATE registry.person t SET ${sql.raw(setList('person').replace('revision = r.revision', 'revision = t.revision + 1'))}, merged_into = r.merged_into
    FROM (SELECT e.value FROM (SELECT g.before FROM ${merge}) g, jsonb_array_elements(g.before -> 'persons') e) e
    CROSS JOIN LATERAL jsonb_populate_record(NULL::registry.person, e.value) r
    WHERE t.county_code = ${countyCode} AND t.person_id = r.person_id`.execute(db)
  await sql`
    UPDATE registry.membership t SET valid_to = r.valid_to, relation = r.relation, end_reason = r.end_reason, touched_by = r.touched_by
    FROM (SELECT e.value FROM (SELECT g.before FROM ${merge}) g, jsonb_array_elements(g.before -> 'memberships') e) e
    CROSS JOIN LATERAL jsonb_populate_record(NULL::registry.membership, e.value) r
    WHERE t.county_code = ${countyCode} AND t.person_id = r.person_id AND t.valid_from = r.valid_from`.execute(db)
  await sql`
    UPDATE registry.household t SET head_name = g.before -> 'household' ->> 'head_name', revision = t.revision + 1
    FROM (SELECT g.before FROM ${merge}) g
    WHERE t.county_code = ${countyCode} AND t.household_id = (g.before -> 'household' ->> 'id')::uuid
      AND t.head_name IS DISTINCT FROM g.before -> 'household' ->> 'head_name'`.execute(db)
}

/** Notes that the merge was undone. */
export async function endMerge(db: Db, ctx: Context, given: { mergeId: string; reason: string }): Promise<void> {
  await sql`
    UPDATE registry.person_merge SET undone_by = ${ctx.caller.id}, undone_name = ${ctx.caller.name}, undone_at = ${ctx.now}, undo_reason = ${given.reason}
    WHERE county_code = ${ctx.scope.countyCode} AND merge_id = ${given.mergeId}::uuid`.execute(db)
}
