import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ChangedUnit } from '../../rules/import-records.ts'

interface Part {
  batchId: string
  actId: string
}

const mine = (ctx: Context, { batchId }: { batchId: string }) => ({
  /** A row that the batch made, or changed and that was not taken back yet. */
  row: (alias: string, entity: 'household' | 'person' | 'village') => sql`
    (${sql.ref(`${alias}.created_by`)} = ${batchId}::uuid OR EXISTS (
      SELECT 1 FROM registry.batch_change c WHERE c.county_code = ${ctx.scope.countyCode} AND c.batch_id = ${batchId} AND c.entity = ${entity}
        AND c.undone_at IS NULL AND c.row_id = ${sql.ref(`${alias}.${entity}_id`)}))`,
  touched: (alias: string) => sql`${sql.ref(`${alias}.touched_by`)} <> ${batchId}::uuid`,
})

/** What points to a row that the batch made and would go with it; then somebody has used it. */
function usesOf(county: string, column: 'household_id' | 'person_id', id: string) {
  const uses = [sql`SELECT 1 FROM registry.correction x WHERE x.county_code = ${county} AND x.${sql.raw(column)} = ${sql.ref(id)}`]
  if (column === 'household_id')
    uses.push(sql`SELECT 1 FROM registry.household_tag x WHERE x.county_code = ${county} AND x.household_id = ${sql.ref(id)}`)
  return sql.join(uses, sql` UNION ALL `)
}

/** A household with everything of the batch in it: has anybody changed it since? */
function isHouseholdTouched(ctx: Context, given: { batchId: string }, id: string) {
  const county = ctx.scope.countyCode
  const own = mine(ctx, given)
  return sql`(
    EXISTS (SELECT 1 FROM registry.household h WHERE h.county_code = ${county} AND h.household_id = ${sql.ref(id)}
              AND ((${own.row('h', 'household')} AND ${own.touched('h')})
                   OR (h.created_by = ${given.batchId}::uuid AND EXISTS (${usesOf(county, 'household_id', 'h.household_id')}))))
    OR EXISTS (SELECT 1 FROM registry.person p WHERE p.county_code = ${county} AND p.household_id = ${sql.ref(id)}
              AND ((${own.row('p', 'person')} AND ${own.touched('p')})
                   OR (p.created_by = ${given.batchId}::uuid AND EXISTS (${usesOf(county, 'person_id', 'p.person_id')}))
                   OR (p.created_by <> ${given.batchId}::uuid AND p.touched_by <> ${given.batchId}::uuid
                       AND EXISTS (SELECT 1 FROM registry.household h WHERE h.county_code = p.county_code
                                     AND h.household_id = p.household_id AND h.created_by = ${given.batchId}::uuid)))))`
}

/** The households that a batch made or changed something in, those taken back left out; `after` and `limit` page by id. */
function householdsOf(ctx: Context, given: { batchId: string; after?: string; limit?: number; hasMade?: boolean }) {
  const county = ctx.scope.countyCode
  const after = sql`household_id > ${given.after ?? '00000000-0000-0000-0000-000000000000'}::uuid`
  const end = given.limit === undefined ? sql`` : sql`ORDER BY 1 LIMIT ${given.limit}`
  const made = (table: string) => sql`
    (SELECT DISTINCT household_id FROM registry.${sql.raw(table)} WHERE county_code = ${county} AND created_by = ${given.batchId}::uuid AND ${after} ${end})
    UNION`
  // A batch that made nothing is not looked for among all rows of the register.
  return sql`${given.hasMade === false ? sql`` : sql`${made('household')} ${made('person')}`}
    (SELECT DISTINCT household_id FROM registry.batch_change
     WHERE county_code = ${county} AND batch_id = ${given.batchId} AND entity IN ('household', 'person') AND undone_at IS NULL AND ${after} ${end})`
}

/** What a batch did, household by household, in the order of their ids; `hasMade`: it made rows, not only changed some. */
export async function listChangedHouseholds(
  db: Db,
  ctx: Context,
  given: { batchId: string; after: string; limit: number; hasMade: boolean },
): Promise<ChangedUnit[]> {
  const county = ctx.scope.countyCode
  const found = await sql<ChangedUnit>`
    SELECT 'household' AS entity, h.household_id AS id, h.household_no AS no, coalesce(h.head_name, '') AS name,
           h.township || h.village AS place, h.created_by = ${given.batchId}::uuid AS "isNew",
           (h.created_by = ${given.batchId}::uuid)::int + (SELECT count(*)::int FROM registry.person p
             WHERE p.county_code = h.county_code AND p.household_id = h.household_id AND p.created_by = ${given.batchId}::uuid) AS made,
           (SELECT count(*)::int FROM registry.batch_change c WHERE c.county_code = h.county_code AND c.household_id = h.household_id
             AND c.batch_id = ${given.batchId} AND c.entity IN ('household', 'person') AND c.undone_at IS NULL) AS changed,
           ${isHouseholdTouched(ctx, given, 'h.household_id')} AS touched
    FROM (SELECT household_id FROM (${householdsOf(ctx, given)}) u ORDER BY household_id LIMIT ${given.limit}) i
    JOIN registry.household h ON h.county_code = ${county} AND h.household_id = i.household_id
    ORDER BY h.household_id`.execute(db)
  return found.rows
}

/** What a batch did, village by village. */
export async function listChangedVillages(
  db: Db,
  ctx: Context,
  given: { batchId: string; after: string; limit: number },
): Promise<ChangedUnit[]> {
  const own = mine(ctx, given)
  const found = await sql<ChangedUnit>`
    SELECT 'village' AS entity, v.village_id AS id, coalesce(v.village_code, '') AS no, v.name, v.township AS place,
           v.created_by = ${given.batchId}::uuid AS "isNew", (v.created_by = ${given.batchId}::uuid)::int AS made,
           (v.created_by <> ${given.batchId}::uuid)::int AS changed, ${own.touched('v')} AS touched
    FROM registry.village v
    WHERE v.county_code = ${ctx.scope.countyCode} AND v.village_id > ${given.after}::uuid AND ${own.row('v', 'village')}
    ORDER BY v.village_id LIMIT ${given.limit}`.execute(db)
  return found.rows
}

/** Chooses every household and village of the batch that nobody has changed since. */
export async function chooseUntouched(db: Db, ctx: Context, part: Part): Promise<void> {
  const county = ctx.scope.countyCode
  const own = mine(ctx, part)
  await sql`
    INSERT INTO registry.import_act_row (county_code, act_id, entity, row_id)
    SELECT ${county}, ${part.actId}::uuid, 'household', i.household_id FROM (${householdsOf(ctx, part)}) i
    WHERE NOT ${isHouseholdTouched(ctx, part, 'i.household_id')}
    UNION ALL
    SELECT ${county}, ${part.actId}::uuid, 'village', v.village_id FROM registry.village v
    WHERE v.county_code = ${county} AND ${own.row('v', 'village')} AND NOT ${own.touched('v')}
    ON CONFLICT DO NOTHING`.execute(db)
}

const chosen = (ctx: Context, part: Part, entity: 'household' | 'person' | 'village') => sql`
  SELECT a.row_id FROM registry.import_act_row a
  WHERE a.county_code = ${ctx.scope.countyCode} AND a.act_id = ${part.actId}::uuid AND a.entity = ${entity}`

/** Adds the persons of the chosen households: those in them now, and those whom the batch moved out of them. Returns the rows of the batch among all that is chosen. */
export async function chooseMembers(db: Db, ctx: Context, part: Part): Promise<number> {
  const county = ctx.scope.countyCode
  const own = mine(ctx, part)
  await sql`
    INSERT INTO registry.import_act_row (county_code, act_id, entity, row_id)
    SELECT ${county}, ${part.actId}::uuid, 'person', p.person_id FROM registry.person p
    WHERE p.county_code = ${county} AND p.household_id IN (${chosen(ctx, part, 'household')}) AND ${own.row('p', 'person')}
    UNION
    SELECT ${county}, ${part.actId}::uuid, 'person', c.row_id FROM registry.batch_change c
    WHERE c.county_code = ${county} AND c.batch_id = ${part.batchId} AND c.entity IN ('person', 'membership') AND c.undone_at IS NULL
      AND c.household_id IN (${chosen(ctx, part, 'household')})
    ON CONFLICT DO NOTHING`.execute(db)
  const rowsOf = (entity: 'household' | 'person' | 'village') => sql`
    (SELECT count(*) FROM registry.${sql.raw(entity)} t WHERE t.county_code = ${county} AND t.${sql.raw(entity)}_id IN (${chosen(ctx, part, entity)})
       AND ${own.row('t', entity)})`
  const found = await sql<{ n: number }>`
    SELECT (${rowsOf('household')} + ${rowsOf('person')} + ${rowsOf('village')})::int AS n`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** How many of the chosen rows were changed since, or are used by something that was not there before. */
export async function countTouchedInPart(db: Db, ctx: Context, part: Part): Promise<number> {
  const county = ctx.scope.countyCode
  const own = mine(ctx, part)
  const found = await sql<{ n: number }>`
    SELECT ((SELECT count(*) FROM (${chosen(ctx, part, 'household')}) i WHERE ${isHouseholdTouched(ctx, part, 'i.row_id')})
          + (SELECT count(*) FROM registry.person p WHERE p.county_code = ${county} AND p.person_id IN (${chosen(ctx, part, 'person')})
               AND ((${own.row('p', 'person')} AND ${own.touched('p')})
                    OR (p.created_by = ${part.batchId}::uuid AND EXISTS (${usesOf(county, 'person_id', 'p.person_id')}))))
          + (SELECT count(*) FROM registry.village v WHERE v.county_code = ${county} AND v.village_id IN (${chosen(ctx, part, 'village')})
               AND ${own.row('v', 'village')} AND ${own.touched('v')}))::int AS n`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** Marks what was taken back, so that it is not taken back again. */
export async function noteUndone(db: Db, ctx: Context, part: Part): Promise<void> {
  await sql`
    UPDATE registry.batch_change c SET undone_at = ${ctx.now}
    WHERE c.county_code = ${ctx.scope.countyCode} AND c.batch_id = ${part.batchId} AND c.undone_at IS NULL
      AND ((c.entity = 'household' AND c.row_id IN (${chosen(ctx, part, 'household')}))
        OR (c.entity IN ('person', 'membership') AND c.row_id IN (${chosen(ctx, part, 'person')}))
        OR (c.entity = 'tag' AND c.household_id IN (${chosen(ctx, part, 'household')}))
        OR (c.entity = 'village' AND c.row_id IN (${chosen(ctx, part, 'village')})))`.execute(db)
}
