import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ListKind } from '../contract.ts'
import type { MatchedRecord } from './outcome.ts'

/** Rows of one list of a run on their way into the tables; `receiptOf` gives the receipt of a file by its number. */
export interface MatchedBlock {
  runId: string
  month: string
  list: ListKind
  rows: readonly MatchedRecord[]
  receiptOf: (file: number) => string
}

/** Writes a block of matched rows. */
export async function insertMatched(db: Db, countyCode: string, block: MatchedBlock): Promise<void> {
  const rows = block.rows.map((row) => ({ ...row, id: makeId(), receiptId: block.receiptOf(row.file) }))
  await sql`
    INSERT INTO screening.matched_row (county_code, matched_row_id, run_id, month, list, receipt_id, sheet, row_no, household_id, person_id,
                                       area_path, class, cause, row_key, rest, facts, score, steps)
    SELECT ${countyCode}, id, ${block.runId}::uuid, ${block.month}, ${block.list}, "receiptId", sheet, "row", "householdId", "personId",
           "areaPath", "class", cause, "rowKey", rest, facts, (why ->> 'score')::real, why -> 'steps'
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "receiptId" text, sheet text, "row" integer, "householdId" uuid,
         "personId" uuid, "areaPath" text, "class" text, cause text, "rowKey" text, rest text, facts jsonb, why jsonb)`.execute(db)
}

/** A matched row as it is judged again. */
export interface KeptRow {
  personId: string
  file: string
  sheet: string
  row: number
  class: string
  cause: string
  rest: string | null
  facts: Record<string, string>
}

/** The matched rows of a household in a list of a run, in the order of the files. */
export async function listMatchedOf(
  db: Db,
  countyCode: string,
  wanted: { runId: string; list: ListKind; householdId: string },
): Promise<KeptRow[]> {
  const found = await sql<KeptRow>`
    SELECT m.person_id AS "personId", r.file_name AS file, m.sheet, m.row_no AS "row", m.class, m.cause, m.rest, m.facts
    FROM screening.matched_row m JOIN screening.receipt r ON r.county_code = m.county_code AND r.receipt_id = m.receipt_id
    WHERE m.county_code = ${countyCode} AND m.run_id = ${wanted.runId} AND m.list = ${wanted.list} AND m.household_id = ${wanted.householdId}
    ORDER BY r.received_at, m.receipt_id, m.sheet, m.row_no`.execute(db)
  return found.rows
}

/** Matched rows of the caller's own area by class; the row policies cut the rest away. */
export async function countMatchedInScope(db: Db, countyCode: string, runId: string): Promise<Record<string, number>> {
  const found = await sql<{ class: string; rows: bigint }>`
    SELECT class, count(*) AS rows FROM screening.matched_row WHERE county_code = ${countyCode} AND run_id = ${runId} GROUP BY class`.execute(
    db,
  )
  return Object.fromEntries(found.rows.map((row) => [row.class, Number(row.rows)]))
}
