import { sql, type RawBuilder } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { blockRows, setList } from './apply-store.ts'

/** What is taken back: a whole batch, or the rows that an act names (`import_act_row`). */
export interface UndoScope {
  batchId: string
  actId: string | undefined
}

/** The rows of an entity that a part names; everything when the whole batch is meant. */
export function inPart(ctx: Context, scope: UndoScope, given: { entity: 'household' | 'person' | 'village'; id: RawBuilder<unknown> }) {
  if (scope.actId === undefined) return sql`true`
  return sql`${given.id} IN (SELECT a.row_id FROM registry.import_act_row a
    WHERE a.county_code = ${ctx.scope.countyCode} AND a.act_id = ${scope.actId}::uuid AND a.entity = ${given.entity})`
}

/** How many rows of a batch were written again since: by another batch, a correction, a tag, or by new members of its households. */
export async function countTouchedLater(db: Db, ctx: Context, batchId: string): Promise<number> {
  const county = ctx.scope.countyCode
  const touched = (table: string, id: string, entity: string) => sql`
    (SELECT count(*) FROM registry.${sql.raw(table)} t
     WHERE t.county_code = ${county} AND t.touched_by <> ${batchId}::uuid
       AND (t.created_by = ${batchId}::uuid OR EXISTS (
         SELECT 1 FROM registry.batch_change c WHERE c.county_code = t.county_code AND c.batch_id = ${batchId} AND c.entity = ${entity}
           AND c.undone_at IS NULL AND c.row_id = t.${sql.raw(id)})))`
  const made = sql`h.county_code = ${county} AND h.created_by = ${batchId}::uuid`
  const found = await sql<{ n: number }>`
    SELECT (${touched('household', 'household_id', 'household')} + ${touched('person', 'person_id', 'person')}
          + ${touched('village', 'village_id', 'village')}
          + (SELECT count(*) FROM registry.person p JOIN registry.household h ON h.county_code = p.county_code AND h.household_id = p.household_id
             WHERE ${made} AND p.created_by <> ${batchId}::uuid AND p.touched_by <> ${batchId}::uuid)
          + (SELECT count(*) FROM registry.correction c JOIN registry.household h ON h.county_code = c.county_code AND h.household_id = c.household_id WHERE ${made})
          + (SELECT count(*) FROM registry.correction c JOIN registry.person h ON h.county_code = c.county_code AND h.person_id = c.person_id WHERE ${made})
          + (SELECT count(*) FROM registry.household_tag c JOIN registry.household h ON h.county_code = c.county_code AND h.household_id = c.household_id
             WHERE ${made} AND c.source_batch_id IS DISTINCT FROM ${batchId}::uuid))::int AS n`.execute(db)
  return found.rows[0]?.n ?? 0
}

const restored = [
  { entity: 'person', table: 'person', id: 'person_id' },
  { entity: 'household', table: 'household', id: 'household_id' },
  { entity: 'village', table: 'village', id: 'village_id' },
] as const

/** Writes changed rows back as they stood before the batch. Returns how many of each kind. */
export async function restoreRows(db: Db, ctx: Context, scope: UndoScope): Promise<Record<string, number>> {
  const county = ctx.scope.countyCode
  const changes = (entity: string) =>
    sql`registry.batch_change c WHERE c.county_code = ${county} AND c.batch_id = ${scope.batchId} AND c.entity = ${entity} AND c.undone_at IS NULL`
  const counts: Record<string, number> = {}
  for (const { entity, table, id } of restored) {
    const done = await sql`
      UPDATE registry.${sql.raw(table)} t SET ${sql.raw(setList(entity))}
      FROM (SELECT c.row_id, c.before FROM ${changes(entity)} AND ${inPart(ctx, scope, { entity, id: sql`c.row_id` })}) c
      CROSS JOIN LATERAL jsonb_populate_record(NULL::registry.${sql.raw(table)}, c.before) r
      WHERE t.county_code = ${county} AND t.${sql.raw(id)} = c.row_id`.execute(db)
    counts[entity] = Number(done.numAffectedRows ?? 0)
  }
  await sql`
    UPDATE registry.membership m SET valid_to = r.valid_to, household_id = r.household_id, area_path = r.area_path, relation = r.relation,
      seq_no = r.seq_no, end_reason = r.end_reason, touched_by = r.touched_by
    FROM (SELECT c.before FROM ${changes('membership')} AND ${inPart(ctx, scope, { entity: 'person', id: sql`c.row_id` })}) c
    CROSS JOIN LATERAL jsonb_populate_record(NULL::registry.membership, c.before) r
    WHERE m.county_code = ${county} AND m.person_id = r.person_id AND m.valid_from = r.valid_from`.execute(db)
  await sql`
    UPDATE registry.household_tag m SET area_path = r.area_path
    FROM (SELECT c.before FROM ${changes('tag')} AND ${inPart(ctx, scope, { entity: 'household', id: sql`c.household_id` })}) c
    CROSS JOIN LATERAL jsonb_populate_record(NULL::registry.household_tag, c.before) r
    WHERE m.county_code = ${county} AND m.tag_id = r.tag_id`.execute(db)
  return counts
}

/** Removes memberships that the batch began beside rows that stay; those of its own persons go with `removeMade`. */
export async function removeMemberships(db: Db, ctx: Context, scope: UndoScope): Promise<void> {
  await sql`
    DELETE FROM registry.membership m USING registry.person p
    WHERE m.county_code = ${ctx.scope.countyCode} AND m.created_by = ${scope.batchId}::uuid AND p.county_code = m.county_code
      AND p.person_id = m.person_id AND p.created_by <> ${scope.batchId}::uuid
      AND ${inPart(ctx, scope, { entity: 'person', id: sql`m.person_id` })}`.execute(db)
}

/** How many rows of the batch still stand in the register. */
export async function countLeft(db: Db, ctx: Context, batchId: string): Promise<number> {
  const made = (table: string) => sql`
    (SELECT count(*) FROM registry.${sql.raw(table)} WHERE county_code = ${ctx.scope.countyCode} AND created_by = ${batchId}::uuid)`
  const found = await sql<{ n: number }>`
    SELECT (${made('household')} + ${made('person')} + ${made('village')}
          + (SELECT count(*) FROM registry.batch_change WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId}
               AND entity IN ('household', 'person', 'village') AND undone_at IS NULL))::int AS n`.execute(db)
  return found.rows[0]?.n ?? 0
}

const made = [
  { table: 'membership', id: 'person_id', entity: 'person' },
  { table: 'person', id: 'person_id', entity: 'person' },
  { table: 'household', id: 'household_id', entity: 'household' },
  { table: 'village', id: 'village_id', entity: 'village' },
] as const
export type MadeTable = (typeof made)[number]
export const madeTables: readonly MadeTable[] = made

/** Deletes one block of the rows that the batch made; returns the last id, `undefined` when none is left. */
export async function removeMade(
  db: Db,
  ctx: Context,
  given: UndoScope & { part: MadeTable; after: string },
): Promise<{ last: string; count: number } | undefined> {
  const { table, id, entity } = given.part
  const removed = await sql<{ last: string | null; count: number }>`
    WITH chosen AS (
      SELECT ${sql.raw(id)} AS id FROM registry.${sql.raw(table)}
      WHERE county_code = ${ctx.scope.countyCode} AND ${sql.raw(id)} > ${given.after}::uuid AND created_by = ${given.batchId}::uuid
        AND ${inPart(ctx, given, { entity, id: sql.raw(id) })}
      ORDER BY ${sql.raw(id)} LIMIT ${blockRows}),
    removed AS (
      DELETE FROM registry.${sql.raw(table)} t USING chosen
      WHERE t.county_code = ${ctx.scope.countyCode} AND t.${sql.raw(id)} = chosen.id AND t.created_by = ${given.batchId}::uuid RETURNING 1)
    SELECT (SELECT max(id::text) FROM chosen) AS last, (SELECT count(*)::int FROM removed) AS count`.execute(db)
  const row = removed.rows[0]
  return row === undefined || row.last === null ? undefined : { last: row.last, count: row.count }
}
