import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ListKind, MatchCause, OpenMatch } from '../contract.ts'
import type { RepairRecord } from './outcome.ts'

/** A row that waits, as it is written: `waiting` is the sealed row in base64. */
export interface NewOpen {
  id: string
  receiptId: string
  sheet: string
  row: number
  cause: MatchCause
  candidates: OpenMatch['candidates']
  rowKey: string
  waiting: string
}

/** Writes the rows that wait for a person. */
export async function insertOpen(
  db: Db,
  countyCode: string,
  block: { runId: string; list: ListKind; until: string; rows: readonly NewOpen[] },
): Promise<void> {
  await sql`
    INSERT INTO screening.open_match (county_code, open_match_id, run_id, receipt_id, list, sheet, row_no, cause, candidates, row_key, waiting, wait_until)
    SELECT ${countyCode}, id, ${block.runId}::uuid, "receiptId", ${block.list}, sheet, "row", cause, candidates, "rowKey",
           decode(waiting, 'base64'), ${block.until}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(block.rows)}::jsonb) AS r (id uuid, "receiptId" text, sheet text, "row" integer, cause text,
         candidates jsonb, "rowKey" text, waiting text)`.execute(db)
}

/** A row that waits, as it stands in the table. */
export interface StoredOpen {
  openMatchId: string
  runId: string
  list: ListKind
  file: string
  receiptId: string
  sheet: string
  row: number
  cause: MatchCause
  candidates: OpenMatch['candidates']
  rowKey: string | null
  waiting: Buffer | null
  waitUntil: string | null
}

const openColumns = sql`
  o.open_match_id AS "openMatchId", o.run_id AS "runId", o.list, r.file_name AS file, o.receipt_id AS "receiptId", o.sheet, o.row_no AS "row", o.cause,
  o.candidates, o.row_key AS "rowKey", o.waiting, to_char(o.wait_until AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS "waitUntil"
  FROM screening.open_match o JOIN screening.receipt r ON r.county_code = o.county_code AND r.receipt_id = o.receipt_id`

/** Rows of a run that wait for a person, in the order of their files; those of one key stand once. */
export async function listOpenMatches(db: Db, countyCode: string, runId: string, limit: number): Promise<StoredOpen[]> {
  const found = await sql<StoredOpen>`
    SELECT * FROM (
      SELECT DISTINCT ON (o.list, coalesce(o.row_key, o.open_match_id::text)) ${openColumns}
      WHERE o.county_code = ${countyCode} AND o.run_id = ${runId} AND o.decided_at IS NULL
      ORDER BY o.list, coalesce(o.row_key, o.open_match_id::text), r.file_name, o.sheet, o.row_no) w
    ORDER BY file, sheet, "row" LIMIT ${limit}`.execute(db)
  return found.rows
}

/** An undecided row and all others of its run, list and key, kept from being decided by others. */
export async function findOpenForUpdate(db: Db, countyCode: string, openMatchId: string): Promise<StoredOpen[]> {
  const found = await sql<StoredOpen>`
    SELECT ${openColumns}
    WHERE o.county_code = ${countyCode} AND o.decided_at IS NULL
      AND EXISTS (SELECT 1 FROM screening.open_match w WHERE w.county_code = o.county_code AND w.open_match_id = ${openMatchId}::uuid
                  AND w.decided_at IS NULL AND (w.open_match_id = o.open_match_id
                       OR (w.run_id = o.run_id AND w.list = o.list AND w.row_key = o.row_key)))
    ORDER BY o.open_match_id FOR UPDATE OF o`.execute(db)
  return found.rows
}

/** Writes a decision and destroys what was kept of the rows. */
export async function saveDecision(
  db: Db,
  ctx: Context,
  decision: { openMatchIds: readonly string[]; personId: string | null; outcome: 'matched' | 'left-out' | 'nobody' | 'choice-only' },
): Promise<void> {
  await sql`
    UPDATE screening.open_match SET chosen_person_id = ${decision.personId}, outcome = ${decision.outcome}, decided_by = ${ctx.caller.id},
           decided_at = ${ctx.now}, name = NULL, waiting = NULL
    WHERE county_code = ${ctx.scope.countyCode} AND open_match_id = ANY (${[...decision.openMatchIds]}::uuid[])`.execute(db)
}

/** Remembers whom rows of this key mean, for the next lists. */
export async function rememberChoice(
  db: Db,
  ctx: Context,
  choice: { list: ListKind; rowKey: string; personId: string | null },
): Promise<void> {
  await sql`
    INSERT INTO screening.row_choice (county_code, list, row_key, person_id, chosen_by, chosen_at)
    VALUES (${ctx.scope.countyCode}, ${choice.list}, ${choice.rowKey}, ${choice.personId}, ${ctx.caller.id}, ${ctx.now})
    ON CONFLICT (county_code, list, row_key)
    DO UPDATE SET person_id = excluded.person_id, chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at`.execute(db)
}

/** Whom rows were said to mean, by list and key; '' for none of those who fit. */
export async function listChoices(db: Db, countyCode: string): Promise<Map<ListKind, Record<string, string>>> {
  const found = await sql<{ list: ListKind; rowKey: string; personId: string | null }>`
    SELECT list, row_key AS "rowKey", person_id AS "personId" FROM screening.row_choice WHERE county_code = ${countyCode}`.execute(db)
  const choices = new Map<ListKind, Record<string, string>>()
  for (const { list, rowKey, personId } of found.rows) {
    const known = choices.get(list) ?? {}
    known[rowKey] = personId ?? ''
    choices.set(list, known)
  }
  return choices
}

/** A row that shows a mistake of the register, as it is written: `cell` is the sealed value in base64. */
export type NewRepair = Omit<RepairRecord, 'file' | 'value' | 'slip' | 'field' | 'cause'> & {
  id: string
  receiptId: string
  cell: string
  cause: string
  field: RepairRecord['field'] | typeof eventField
}

/** The field of a repair that is a household event: its person has died or moved away. */
export const eventField = 'household-event' as const // stays its own type where it is written into a row

/** Writes the rows that show a mistake of the register. */
export async function insertRepairs(
  db: Db,
  countyCode: string,
  block: { runId: string; until: string; rows: readonly NewRepair[] },
): Promise<void> {
  await sql`
    INSERT INTO screening.repair (county_code, repair_id, run_id, receipt_id, list, sheet, row_no, household_id, person_id, area_path, cause, field,
                                  value, wait_until)
    SELECT ${countyCode}, id, ${block.runId}::uuid, "receiptId", list, sheet, "row", "householdId", "personId", "areaPath", cause, field,
           decode(cell, 'base64'), ${block.until}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(block.rows)}::jsonb) AS r (id uuid, "receiptId" text, list text, sheet text, "row" integer,
         "householdId" uuid, "personId" uuid, "areaPath" text, cause text, field text, cell text)`.execute(db)
}

/** A repair that was offered. */
export interface StoredRepair {
  repairId: string
  runId: string
  list: ListKind
  file: string
  sheet: string
  row: number
  householdId: string
  personId: string
  cause: MatchCause
  field: string
  value: Buffer | null
  state: 'open' | 'proposed' | 'refused' | 'expired'
  /** An earlier comparison has led to the same proposal about this person. */
  wasProposed: boolean
}

const repairColumns = sql`
  p.repair_id AS "repairId", p.run_id AS "runId", p.list, r.file_name AS file, p.sheet, p.row_no AS "row", p.household_id AS "householdId",
  p.person_id AS "personId", p.cause, p.field, p.value, p.state,
  EXISTS (SELECT 1 FROM screening.repair q WHERE q.county_code = p.county_code AND q.person_id = p.person_id AND q.field = p.field
            AND q.state = 'proposed' AND q.repair_id <> p.repair_id) AS "wasProposed"
  FROM screening.repair p JOIN screening.receipt r ON r.county_code = p.county_code AND r.receipt_id = p.receipt_id`

/** The repairs that a run offers, open ones first. */
export async function listRepairs(db: Db, countyCode: string, runId: string, limit: number): Promise<StoredRepair[]> {
  const found = await sql<StoredRepair>`
    SELECT ${repairColumns} WHERE p.county_code = ${countyCode} AND p.run_id = ${runId}
    ORDER BY p.state <> 'open', r.file_name, p.sheet, p.row_no LIMIT ${limit}`.execute(db)
  return found.rows
}

/** An open repair, kept from being decided by others. */
export async function findRepairForUpdate(db: Db, countyCode: string, repairId: string): Promise<StoredRepair | undefined> {
  const found = await sql<StoredRepair>`
    SELECT ${repairColumns} WHERE p.county_code = ${countyCode} AND p.repair_id = ${repairId} AND p.state = 'open' FOR UPDATE OF p`.execute(
    db,
  )
  return found.rows[0]
}

/** Writes what was decided of a repair and destroys the value. */
export async function saveRepair(
  db: Db,
  ctx: Context,
  decided: { repairId: string; state: 'proposed' | 'refused'; correctionId: string | null; eventId: string | null },
): Promise<void> {
  await sql`
    UPDATE screening.repair SET state = ${decided.state}, correction_id = ${decided.correctionId}, event_id = ${decided.eventId}, value = NULL, decided_by = ${ctx.caller.id},
           decided_at = ${ctx.now}
    WHERE county_code = ${ctx.scope.countyCode} AND repair_id = ${decided.repairId}`.execute(db)
}

/** Destroys what was kept of rows and repairs whose time is over, and names that earlier versions kept; returns how many. */
export async function destroyWaiting(db: Db, ctx: Context): Promise<number> {
  const { countyCode } = ctx.scope
  const rows = await sql`
    UPDATE screening.open_match SET waiting = NULL, name = NULL
    WHERE county_code = ${countyCode} AND (waiting IS NOT NULL OR name IS NOT NULL)
      AND (wait_until IS NULL OR wait_until <= ${ctx.now}::timestamptz OR decided_at IS NOT NULL)`.execute(db)
  const repairs = await sql`
    UPDATE screening.repair SET value = NULL, state = CASE WHEN state = 'open' THEN 'expired' ELSE state END
    WHERE county_code = ${countyCode} AND value IS NOT NULL AND wait_until <= ${ctx.now}::timestamptz`.execute(db)
  return Number(rows.numAffectedRows ?? 0n) + Number(repairs.numAffectedRows ?? 0n)
}
