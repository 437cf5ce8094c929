import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { Json } from '#kernel/pure/expressions/index.ts'

/** What a table was asked for a field, and what of it spoke. */
export interface DecidedRow {
  readonly fieldKey: string
  readonly policyKey: string
  readonly versionId: string
  readonly hash: string
  readonly asOf: string
  /** Facts as JSON, by name. */
  readonly facts: Readonly<Record<string, Json>>
  readonly rules: readonly number[]
}

/** Keeps why the decided fields of a record say what they say; what it said before goes with the value. */
export async function writeDecided(
  db: Db,
  ctx: Context,
  given: {
    record: { recordId: string; templateKey: string; areaPath: string; householdId: string | null; closed: boolean }
    decided: readonly DecidedRow[]
    isNew: boolean
  },
): Promise<void> {
  const { record, decided, isNew } = given
  if (!isNew)
    await sql`DELETE FROM ledgers.record_decided WHERE county_code = ${ctx.scope.countyCode} AND record_id = ${record.recordId}
      AND NOT field_key = ANY (${decided.map((one) => one.fieldKey)}::text[])`.execute(db)
  if (decided.length === 0) return
  await sql`
    INSERT INTO ledgers.record_decided (county_code, record_id, field_key, template_key, area_path, household_id, closed, policy_key, version_id, hash,
      as_of, known_at, facts, rules)
    SELECT ${ctx.scope.countyCode}, ${record.recordId}::uuid, d."fieldKey", ${record.templateKey}, ${record.areaPath}, ${record.householdId}::uuid,
      ${record.closed}, d."policyKey", d."versionId", d.hash, d."asOf", ${ctx.now}::timestamptz, d.facts,
      (SELECT coalesce(array_agg(n::int), '{}') FROM jsonb_array_elements_text(d.rules) AS n)
    FROM jsonb_to_recordset(${JSON.stringify(decided)}::jsonb)
      AS d ("fieldKey" text, "policyKey" text, "versionId" text, hash text, "asOf" date, facts jsonb, rules jsonb)
    ON CONFLICT (county_code, record_id, field_key) DO UPDATE SET policy_key = excluded.policy_key, version_id = excluded.version_id,
      hash = excluded.hash, as_of = excluded.as_of, known_at = excluded.known_at, facts = excluded.facts, rules = excluded.rules,
      area_path = excluded.area_path, household_id = excluded.household_id`.execute(db)
}

/** Why one decided field of a record says what it says, within the caller's scope. */
export async function findDecided(
  db: Db,
  ctx: Context,
  given: { recordId: string; fieldKey: string },
): Promise<(DecidedRow & { knownAt: string }) | undefined> {
  const found = await sql<DecidedRow & { knownAt: string }>`
    SELECT d.field_key AS "fieldKey", d.policy_key AS "policyKey", d.version_id AS "versionId", d.hash, to_char(d.as_of, 'YYYY-MM-DD') AS "asOf",
      d.known_at AS "knownAt", d.facts, d.rules
    FROM ledgers.record_decided d
    WHERE ${inScope(ctx.scope, 'd')} AND d.record_id = ${given.recordId}::uuid AND d.field_key = ${given.fieldKey}`.execute(db)
  return found.rows[0]
}
