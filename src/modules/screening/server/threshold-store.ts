import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { Thresholds } from '../policy/policy.ts'
import type { RaisedCase } from '../rules/advise-limit.ts'

/** A version of the county's limits. */
export interface StoredThresholds {
  effectiveFrom: string
  thresholds: Thresholds
  reason: string
  setBy: string
  setAt: string
}

/** All versions that the county has set, the one that holds last first. */
export async function listThresholds(db: Db, countyCode: string): Promise<StoredThresholds[]> {
  const found = await sql<StoredThresholds>`
    SELECT effective_from AS "effectiveFrom", thresholds, reason, set_by_name AS "setBy",
           to_char(set_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS "setAt"
    FROM screening.county_threshold WHERE county_code = ${countyCode} ORDER BY effective_from DESC, set_at DESC, county_threshold_id DESC`.execute(
    db,
  )
  return found.rows
}

/** Writes a version; earlier ones stay. */
export async function insertThresholds(
  db: Db,
  ctx: Context,
  version: { effectiveFrom: string; thresholds: Thresholds; reason: string; basedOn: unknown },
): Promise<string> {
  const id = makeId()
  await sql`
    INSERT INTO screening.county_threshold (county_code, county_threshold_id, effective_from, thresholds, reason, based_on, set_by, set_by_name, set_at)
    VALUES (${ctx.scope.countyCode}, ${id}, ${version.effectiveFrom}::date, ${JSON.stringify(version.thresholds)}::jsonb, ${version.reason},
            ${JSON.stringify(version.basedOn)}::jsonb, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
  return id
}

/** The reasons of a rule with their numbers: one for each household or person and month, the latest answer of each. */
export async function listCases(db: Db, scope: Scope, wanted: { rule: string; band: string | undefined }): Promise<RaisedCase[]> {
  const band = wanted.band === undefined ? sql`true` : sql`r.band = ${wanted.band}`
  const found = await sql<RaisedCase>`
    SELECT r.measure::double precision AS value, r.month, r.household_id AS "householdId",
           array_to_string((string_to_array(r.area_path, '.'))[1:5], '.') AS village,
           CASE WHEN r.answer IN ('confirmed', 'needs-help-elsewhere') THEN true WHEN r.answer = 'dismissed' THEN false END AS "isRight"
    FROM screening.lead_reason r
    WHERE ${inScope(scope, 'r')} AND r.rule = ${wanted.rule} AND ${band} AND r.measure IS NOT NULL AND NOT r.rests`.execute(db)
  return found.rows
}
