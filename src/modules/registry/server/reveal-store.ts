import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { RevealField } from '../contract.ts'

/** Lets one reveal of a caller at a time count his budget, to the end of the transaction. */
export async function lockBudget(db: Db, ctx: Context): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`registry.reveal ${ctx.scope.countyCode} ${ctx.caller.id}`}, 0))`.execute(db)
}

/** How many people the caller has seen in the last hour and the last 24 hours, without this person. */
export async function countRevealed(
  db: Db,
  ctx: Context,
  personId: string,
): Promise<{ hour: number; day: number; knowsPerson: { hour: boolean; day: boolean } }> {
  const found = await sql<{ hour: number; day: number; in_hour: boolean | null; in_day: boolean | null }>`
    SELECT count(DISTINCT person_id) FILTER (WHERE at > ${ctx.now}::timestamptz - interval '1 hour')::int AS hour,
           count(DISTINCT person_id)::int AS day,
           bool_or(person_id = ${personId}::uuid AND at > ${ctx.now}::timestamptz - interval '1 hour') AS in_hour,
           bool_or(person_id = ${personId}::uuid) AS in_day
    FROM registry.reveal
    WHERE county_code = ${ctx.scope.countyCode} AND caller_id = ${ctx.caller.id} AND at > ${ctx.now}::timestamptz - interval '24 hours'`.execute(
    db,
  )
  const row = found.rows[0]
  return { hour: row?.hour ?? 0, day: row?.day ?? 0, knowsPerson: { hour: row?.in_hour === true, day: row?.in_day === true } }
}

/** Writes who saw what; a row is never changed. */
export async function insertReveal(
  db: Db,
  ctx: Context,
  given: { personId: string; householdId: string; areaPath: string; field: RevealField; reason: string },
): Promise<void> {
  await sql`
    INSERT INTO registry.reveal (county_code, reveal_id, person_id, household_id, area_path, field, reason, caller_id, caller_name, roles, organisation_id, at)
    VALUES (${ctx.scope.countyCode}, ${makeId()}, ${given.personId}, ${given.householdId}, ${given.areaPath}, ${given.field}, ${given.reason},
            ${ctx.caller.id}, ${ctx.caller.name}, ${[...ctx.caller.roles]}, ${ctx.caller.organisationId ?? null}, ${ctx.now})`.execute(db)
}

export interface RevealRow {
  at: string
  field: RevealField
  reason: string
  caller_id: string
  caller_name: string
  roles: string[]
}

/** Who has looked at a person's full number or telephone, also in a row that was merged into this one, newest first; at most 200. */
export async function listRevealRows(db: Db, scope: Scope, personId: string): Promise<RevealRow[]> {
  const found = await sql<RevealRow>`
    SELECT at, field, reason, caller_id, caller_name, roles FROM registry.reveal
    WHERE county_code = ${scope.countyCode} AND (person_id = ${personId}::uuid OR person_id IN (
      SELECT loser_id FROM registry.person_merge WHERE county_code = ${scope.countyCode} AND winner_id = ${personId}::uuid AND undone_at IS NULL))
    ORDER BY at DESC LIMIT 200`.execute(db)
  return found.rows
}
