import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { OpenMatch } from '../contract.ts'

type OpenRow = Omit<OpenMatch, 'place'> & { file: string; sheet: string; rowNo: number }

/** Rows of a run that wait for a person, in the order of their files. */
export async function listOpenMatches(db: Db, countyCode: string, runId: string, limit: number): Promise<OpenMatch[]> {
  const found = await sql<OpenRow>`
    SELECT o.open_match_id AS "openMatchId", o.run_id AS "runId", o.list, r.file_name AS file, o.sheet, o.row_no AS "rowNo", coalesce(o.name, '') AS name,
           o.cause, o.candidates
    FROM screening.open_match o JOIN screening.receipt r ON r.county_code = o.county_code AND r.receipt_id = o.receipt_id
    WHERE o.county_code = ${countyCode} AND o.run_id = ${runId} AND o.decided_at IS NULL
    ORDER BY r.file_name, o.sheet, o.row_no LIMIT ${limit}`.execute(db)
  return found.rows.map(({ file, sheet, rowNo, ...row }) => ({ ...row, place: { file, sheet, row: rowNo } }))
}

/** Writes a person's decision and forgets the name; false when it was decided before or the person is no candidate. */
export async function decideOpenMatch(db: Db, ctx: Context, openMatchId: string, personId: string | null): Promise<boolean> {
  const decided = await sql`
    UPDATE screening.open_match SET chosen_person_id = ${personId}, decided_by = ${ctx.caller.id}, decided_at = ${ctx.now}, name = NULL
    WHERE county_code = ${ctx.scope.countyCode} AND open_match_id = ${openMatchId} AND decided_at IS NULL
      AND (${personId}::uuid IS NULL OR candidates @> jsonb_build_array(jsonb_build_object('personId', ${personId}::text)))`.execute(db)
  return Number(decided.numAffectedRows ?? 0n) === 1
}
