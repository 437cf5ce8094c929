import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ImportKind } from '../../contract.ts'

/** Which batch is applied. */
export interface ApplyScope {
  batchId: string
  kind: ImportKind
  on: string
}

/** Rows of one block of the one transaction (trust.md §1.3). */
export const blockRows = 50_000

/** The keys with which the blocks of a batch begin, so that each block is one range of an index. */
export async function listBlockStarts(db: Db, ctx: Context, given: { batchId: string; entity: 'household' | 'person' }): Promise<string[]> {
  const [table, key] = given.entity === 'person' ? ['staged_person', 'person_no'] : ['staged_household', 'household_no']
  const found = await sql<{ key: string }>`
    SELECT key FROM (SELECT ${sql.raw(key)} AS key, row_number() OVER (ORDER BY ${sql.raw(key)}) AS n FROM registry.${sql.raw(table)}
                     WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId}) s
    WHERE n % ${sql.raw(String(blockRows))} = 1 ORDER BY key`.execute(db)
  return found.rows.map((row) => row.key)
}

function range(column: string, from: string, to: string | undefined) {
  const end = to === undefined ? sql`` : sql` AND ${sql.raw(column)} < ${to}`
  return sql`${sql.raw(column)} >= ${from}${end}`
}

function sourceJson(given: ApplyScope, more = sql``) {
  return sql`jsonb_build_object(${given.kind}::text, jsonb_strip_nulls(jsonb_build_object('batch', ${given.batchId}::text, 'on', ${given.on}::text, 'hash', s.content_hash, 'said', s.said${more})))`
}

interface Block extends ApplyScope {
  from: string
  to: string | undefined
  /** False when no waiting row of the batch is known to the register: then nothing needs to be looked up. */
  mayKnow: boolean
}

/** Inserts the new households of a block. Returns how many. `OFFSET 0` keeps the planner, which has no statistics of fresh rows, from turning the look-up round. */
export async function insertHouseholds(db: Db, ctx: Context, block: Block): Promise<number> {
  const known = block.mayKnow
    ? sql`AND NOT EXISTS (SELECT 1 FROM registry.household t WHERE t.county_code = s.county_code AND t.household_no = s.household_no)`
    : sql``
  const added = await sql`
    INSERT INTO registry.household (county_code, household_id, household_no, area_path, township, village, group_name, head_name,
      household_type, monitor_category, registered, exit_status, phone_cell, phone_index, phone_tail, facts, sources, created_by, touched_by)
    SELECT s.county_code, s.new_id, s.household_no, a.area_path, a.township, a.village, a.group_name, s.head_name, s.household_type,
           s.monitor_category, s.registered, s.exit_status, s.phone_cell, s.phone_index, s.phone_tail, s.facts, ${sourceJson(block)},
           s.batch_id, s.batch_id
    FROM registry.staged_household s
    CROSS JOIN LATERAL (
      SELECT l.area_path, l.township, l.village, l.group_name FROM registry.staged_area l
      WHERE l.county_code = s.county_code AND l.batch_id = s.batch_id AND l.area_no = s.area_no OFFSET 0) a
    WHERE s.county_code = ${ctx.scope.countyCode} AND s.batch_id = ${block.batchId} AND ${range('s.household_no', block.from, block.to)} ${known}
    ORDER BY s.household_no`.execute(db)
  return Number(added.numAffectedRows ?? 0)
}

/** Inserts the new persons of a block with their memberships. Returns how many. */
export async function insertPersons(db: Db, ctx: Context, block: Block): Promise<number> {
  const known = block.mayKnow
    ? sql`AND NOT EXISTS (SELECT 1 FROM registry.person t WHERE t.county_code = s.county_code AND t.person_no = s.person_no)`
    : sql``
  const added = await sql`
    WITH made AS (
      INSERT INTO registry.person (county_code, person_id, person_no, household_id, area_path, name, given_name, pinyin, given_pinyin,
        initials, sex, born_on, id_cell, id_index, phone_cell, phone_index, phone_tail, relation, seq_no, is_head, labour_skill,
        monthly_income_fen, facts, sources, created_by, touched_by)
      SELECT s.county_code, s.new_id, s.person_no, h.household_id, h.area_path, s.name, s.given_name, s.pinyin, s.given_pinyin, s.initials,
             s.sex, s.born_on, s.id_cell, s.id_index, s.phone_cell, s.phone_index, s.phone_tail, s.relation, s.seq_no, s.is_head,
             s.labour_skill, s.monthly_income_fen, s.facts, ${sourceJson(block, sql`, 'id', s.said_id`)}, s.batch_id, s.batch_id
      FROM registry.staged_person s
      CROSS JOIN LATERAL (
        SELECT l.household_id, l.area_path FROM registry.household l
        WHERE l.county_code = s.county_code AND l.household_no = s.household_no OFFSET 0) h
      WHERE s.county_code = ${ctx.scope.countyCode} AND s.batch_id = ${block.batchId} AND ${range('s.person_no', block.from, block.to)} ${known}
      ORDER BY s.person_no
      RETURNING county_code, person_id, household_id, area_path, relation, seq_no, created_by)
    INSERT INTO registry.membership (county_code, person_id, valid_from, household_id, area_path, relation, seq_no, created_by, touched_by)
    SELECT county_code, person_id, ${block.on}::date, household_id, area_path, relation, seq_no, created_by, created_by FROM made`.execute(
    db,
  )
  return Number(added.numAffectedRows ?? 0)
}

/** Inserts the new villages. Returns how many. */
export async function insertVillages(db: Db, ctx: Context, given: ApplyScope): Promise<number> {
  const added = await sql`
    INSERT INTO registry.village (county_code, village_id, area_path, village_code, township, name, facts, sources, created_by, touched_by)
    SELECT s.county_code, s.new_id, a.area_path, a.village_code, a.township, a.village, s.facts, ${sourceJson(given)}, s.batch_id, s.batch_id
    FROM registry.staged_village s
    JOIN registry.staged_area a ON a.county_code = s.county_code AND a.batch_id = s.batch_id AND a.area_no = s.area_no
    WHERE s.county_code = ${ctx.scope.countyCode} AND s.batch_id = ${given.batchId}
      AND NOT EXISTS (SELECT 1 FROM registry.village t WHERE t.county_code = s.county_code AND t.area_path = a.area_path)`.execute(db)
  return Number(added.numAffectedRows ?? 0)
}

/** Highest difference number of an entity that changes a row. */
export async function findLastDifference(
  db: Db,
  ctx: Context,
  given: { batchId: string; entity: string },
): Promise<{ first: number; last: number } | undefined> {
  const found = await sql<{ first: number | null; last: number | null }>`
    SELECT min(difference_no) AS first, max(difference_no) AS last FROM registry.import_difference
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId} AND entity = ${given.entity} AND status <> 'missing'`.execute(
    db,
  )
  const row = found.rows[0]
  return row?.first === null || row?.last === null || row === undefined ? undefined : { first: row.first, last: row.last }
}

const changeable = {
  household:
    'area_path township village group_name head_name household_type monitor_category registered exit_status phone_cell phone_index phone_tail facts sources exceptions conflicts revision touched_by',
  person:
    'household_id area_path name given_name pinyin given_pinyin initials sex born_on id_cell id_index phone_cell phone_index phone_tail relation seq_no is_head labour_skill monthly_income_fen facts sources exceptions conflicts left_on revision touched_by',
  village: 'area_path village_code township name facts sources exceptions conflicts revision touched_by',
} as const

/** `SET` list that takes the changeable columns of a row from `r`. */
export function setList(entity: keyof typeof changeable): string {
  return changeable[entity]
    .split(' ')
    .map((column) => `${column} = r.${column}`)
    .join(', ')
}

interface DifferenceBlock extends ApplyScope {
  entity: 'household' | 'person' | 'village'
  from: number
  to: number
}

/** Keeps the rows of a block as they are before they change, then changes them. Returns how many. */
export async function changeRows(db: Db, ctx: Context, block: DifferenceBlock): Promise<number> {
  const { entity } = block
  const table = sql.raw(`registry.${entity}`)
  const id = sql.raw(`${entity}_id`)
  const chosen = sql`d.county_code = ${ctx.scope.countyCode} AND d.batch_id = ${block.batchId} AND d.entity = ${entity} AND d.status <> 'missing'
      AND d.difference_no BETWEEN ${block.from} AND ${block.to}`
  await sql`
    INSERT INTO registry.batch_change (county_code, batch_id, entity, row_id, household_id, area_path, changes, before, at)
    SELECT t.county_code, d.batch_id, d.entity, d.row_id, ${entity === 'village' ? sql`NULL` : sql`t.household_id`}, t.area_path,
           d.changes, to_jsonb(t), ${ctx.now}
    FROM registry.import_difference d JOIN ${table} t ON t.county_code = d.county_code AND t.${id} = d.row_id
    WHERE ${chosen}`.execute(db)
  const changed = await sql`
    UPDATE ${table} t SET ${sql.raw(setList(entity))}
    FROM registry.import_difference d
    JOIN ${table} b ON b.county_code = d.county_code AND b.${id} = d.row_id
    CROSS JOIN LATERAL jsonb_populate_record(b, d.patch) r
    WHERE ${chosen} AND t.county_code = b.county_code AND t.${id} = b.${id}`.execute(db)
  return Number(changed.numAffectedRows ?? 0)
}

/** Moves households whose place changed, and all that belongs to them, to their new area. */
export async function moveHouseholds(db: Db, ctx: Context, given: ApplyScope): Promise<void> {
  const county = ctx.scope.countyCode
  await sql`
    UPDATE registry.household h SET area_path = a.area_path, township = a.township, village = a.village, group_name = a.group_name
    FROM registry.import_difference d
    JOIN registry.staged_area a ON a.county_code = d.county_code AND a.batch_id = d.batch_id AND a.area_no = (d.patch ->> 'area_no')::int
    WHERE d.county_code = ${county} AND d.batch_id = ${given.batchId} AND d.entity = 'household' AND d.patch ? 'area_no'
      AND h.county_code = d.county_code AND h.household_id = d.row_id`.execute(db)
}

/** Moves persons to the household that the file names. */
export async function movePersons(db: Db, ctx: Context, given: ApplyScope): Promise<void> {
  await sql`
    UPDATE registry.person p SET household_id = h.household_id, area_path = h.area_path
    FROM registry.import_difference d
    JOIN registry.household h ON h.county_code = d.county_code AND h.household_no = d.patch ->> 'household_no'
    WHERE d.county_code = ${ctx.scope.countyCode} AND d.batch_id = ${given.batchId} AND d.entity = 'person' AND d.patch ? 'household_no'
      AND p.county_code = d.county_code AND p.person_id = d.row_id`.execute(db)
}

/** Rewrites the area of all rows of households that moved, keeping each row as it was. */
export async function followMoves(db: Db, ctx: Context, given: ApplyScope): Promise<void> {
  const county = ctx.scope.countyCode
  const moved = sql`FROM registry.household h
    WHERE h.county_code = ${county} AND h.touched_by = ${given.batchId}::uuid AND t.county_code = h.county_code AND t.household_id = h.household_id
      AND t.area_path <> h.area_path`
  const followers = [
    { entity: 'person', table: 'person', id: 'person_id' },
    { entity: 'membership', table: 'membership', id: 'person_id' },
    { entity: 'tag', table: 'household_tag', id: 'tag_id' },
  ] as const
  for (const { entity, table, id } of followers) {
    const today = entity === 'membership' ? sql` AND t.valid_to IS NULL` : sql``
    await sql`
      INSERT INTO registry.batch_change (county_code, batch_id, entity, row_id, household_id, area_path, before, at)
      SELECT t.county_code, ${given.batchId}::uuid, ${entity}, t.${sql.raw(id)}, t.household_id, t.area_path, to_jsonb(t), ${ctx.now}
      FROM registry.${sql.raw(table)} t, registry.household h
      WHERE h.county_code = ${county} AND h.touched_by = ${given.batchId}::uuid AND t.county_code = h.county_code
        AND t.household_id = h.household_id AND t.area_path <> h.area_path ${today}
      ON CONFLICT DO NOTHING`.execute(db)
    const touch = entity === 'tag' ? sql`` : sql`, touched_by = ${given.batchId}::uuid`
    await sql`UPDATE registry.${sql.raw(table)} t SET area_path = h.area_path ${touch} ${moved} ${today}`.execute(db)
  }
}

/** Brings memberships up to the persons that the batch changed: a move ends one and begins another, other changes are written in place. */
export async function changeMemberships(db: Db, ctx: Context, given: ApplyScope): Promise<void> {
  const county = ctx.scope.countyCode
  const differs = sql`
    FROM registry.person p
    WHERE p.county_code = ${county} AND p.touched_by = ${given.batchId}::uuid AND m.county_code = p.county_code AND m.person_id = p.person_id
      AND m.valid_to IS NULL
      AND (m.household_id, m.relation, m.seq_no, m.area_path) IS DISTINCT FROM (p.household_id, p.relation, p.seq_no, p.area_path)`
  await sql`
    INSERT INTO registry.batch_change (county_code, batch_id, entity, row_id, household_id, area_path, before, at)
    SELECT m.county_code, ${given.batchId}::uuid, 'membership', m.person_id, m.household_id, m.area_path, to_jsonb(m), ${ctx.now}
    FROM registry.membership m, registry.person p
    WHERE p.county_code = ${county} AND p.touched_by = ${given.batchId}::uuid AND m.county_code = p.county_code AND m.person_id = p.person_id
      AND m.valid_to IS NULL
      AND (m.household_id, m.relation, m.seq_no, m.area_path) IS DISTINCT FROM (p.household_id, p.relation, p.seq_no, p.area_path)
    ON CONFLICT DO NOTHING`.execute(db)
  await sql`
    UPDATE registry.membership m SET valid_to = ${given.on}::date, end_reason = 'moved', touched_by = ${given.batchId}::uuid
    ${differs} AND m.household_id <> p.household_id AND m.valid_from < ${given.on}::date`.execute(db)
  await sql`
    UPDATE registry.membership m SET household_id = p.household_id, relation = p.relation, seq_no = p.seq_no, area_path = p.area_path,
      touched_by = ${given.batchId}::uuid
    ${differs}`.execute(db)
  await sql`
    INSERT INTO registry.membership (county_code, person_id, valid_from, household_id, area_path, relation, seq_no, created_by, touched_by)
    SELECT p.county_code, p.person_id, ${given.on}::date, p.household_id, p.area_path, p.relation, p.seq_no, ${given.batchId}::uuid, ${given.batchId}::uuid
    FROM registry.person p
    JOIN registry.membership e ON e.county_code = p.county_code AND e.person_id = p.person_id AND e.touched_by = ${given.batchId}::uuid
     AND e.end_reason = 'moved' AND e.valid_to = ${given.on}::date
    WHERE p.county_code = ${county} AND p.touched_by = ${given.batchId}::uuid AND p.left_on IS NULL
      AND NOT EXISTS (SELECT 1 FROM registry.membership m
                      WHERE m.county_code = p.county_code AND m.person_id = p.person_id AND m.valid_to IS NULL)`.execute(db)
}
