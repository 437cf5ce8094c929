import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ColumnMemory } from '#kernel/pure/tables/index.ts'
import type { ComparisonRun, ListKind, ListTerms, RunState } from '../contract.ts'
import type { Thresholds } from '../policy/policy.ts'
import type { KnownLayout } from './recognise-list.ts'

/** A run as it is begun. */
export interface NewRun {
  runId: string
  month: string
  state: RunState
  terms: ListTerms
  thresholds: Thresholds
  /** The day from which the thresholds hold; undefined when they came with the command. */
  thresholdsFrom: string | undefined
}

/** Writes a run that begins. */
export async function insertRun(db: Db, ctx: Context, run: NewRun): Promise<void> {
  await sql`
    INSERT INTO screening.comparison_run (county_code, run_id, month, state, sender, sharing_item, purpose, legal_basis, expires_on,
                                          retention_days, thresholds, thresholds_from, started_by, started_at)
    VALUES (${ctx.scope.countyCode}, ${run.runId}, ${run.month}, ${run.state}, ${run.terms.sender}, ${run.terms.sharingItem},
            ${run.terms.purpose}, ${run.terms.legalBasis}, ${run.terms.expiresOn}::date, ${run.terms.retentionDays},
            ${JSON.stringify(run.thresholds)}::jsonb, ${run.thresholdsFrom ?? null}::date, ${ctx.caller.id}, ${ctx.now})`.execute(db)
}

/** Moves a run from one state to another; false when it was not in that state. */
export async function moveRun(
  db: Db,
  ctx: Context,
  runId: string,
  move: { from: RunState; to: RunState; fault?: string },
): Promise<boolean> {
  const moved = await sql`
    UPDATE screening.comparison_run SET state = ${move.to}, fault = ${move.fault ?? null},
           finished_at = CASE WHEN ${move.to} IN ('done', 'failed') THEN ${ctx.now}::timestamptz END
    WHERE county_code = ${ctx.scope.countyCode} AND run_id = ${runId} AND state = ${move.from}`.execute(db)
  return Number(moved.numAffectedRows ?? 0n) === 1
}

/** Writes how far a run has come; read while it runs. */
export async function saveProgress(db: Db, ctx: Context, runId: string, rows: number): Promise<void> {
  await sql`UPDATE screening.comparison_run SET rows_read = ${rows} WHERE county_code = ${ctx.scope.countyCode} AND run_id = ${runId}`.execute(
    db,
  )
}

/** What a finished run counted. */
export interface RunCounts {
  rows: number
  classes: Record<string, number>
  causes: Record<string, number>
  delta: Record<string, number>
  leads: number
  leftOut: { rows: number; persons: number }
  rested: number
  registerRevision: string
}

/** Writes the result of a run. */
export async function saveCounts(db: Db, ctx: Context, runId: string, counts: RunCounts): Promise<void> {
  await sql`
    UPDATE screening.comparison_run SET rows_read = ${counts.rows}, rows_expected = ${counts.rows}, classes = ${JSON.stringify(counts.classes)}::jsonb,
           causes = ${JSON.stringify(counts.causes)}::jsonb, delta = ${JSON.stringify(counts.delta)}::jsonb, leads = ${counts.leads},
           left_out = ${JSON.stringify(counts.leftOut)}::jsonb, rested = ${counts.rested}, register_revision = ${counts.registerRevision}
    WHERE county_code = ${ctx.scope.countyCode} AND run_id = ${runId}`.execute(db)
}

type RunRow = Omit<StoredRun, 'rowsRead' | 'rowsExpected'> & { rowsRead: bigint; rowsExpected: bigint }

/** A run as it stands in the table: whatever the caller may see of it is decided elsewhere. */
export type StoredRun = Omit<ComparisonRun, 'can' | 'counts'>

const runColumns = sql`
  run_id AS "runId", month, state, fault, to_char(started_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS "startedAt",
  to_char(finished_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS "finishedAt", rows_read AS "rowsRead",
  rows_expected AS "rowsExpected", classes, causes, delta, leads, rested, thresholds_from AS "thresholdsFrom",
  jsonb_build_object('rows', coalesce((left_out->>'rows')::integer, 0), 'persons', coalesce((left_out->>'persons')::integer, 0)) AS "leftOut"`

/** Runs of the county, the latest first; at most `limit`. */
export async function listRuns(db: Db, countyCode: string, limit: number): Promise<StoredRun[]> {
  const found = await sql<RunRow>`
    SELECT ${runColumns} FROM screening.comparison_run WHERE county_code = ${countyCode}
    ORDER BY started_at DESC, run_id DESC LIMIT ${limit}`.execute(db)
  return found.rows.map(readRun)
}

/** One run, if the caller's scope reaches it. */
export async function findRun(db: Db, countyCode: string, runId: string): Promise<StoredRun | undefined> {
  const found = await sql<RunRow>`
    SELECT ${runColumns} FROM screening.comparison_run WHERE county_code = ${countyCode} AND run_id = ${runId}`.execute(db)
  return found.rows.map(readRun)[0]
}

function readRun(row: RunRow): StoredRun {
  return { ...row, rowsRead: Number(row.rowsRead), rowsExpected: Number(row.rowsExpected) }
}

/** Terms and thresholds of a run that is staged. */
export async function findRunTerms(
  db: Db,
  countyCode: string,
  runId: string,
): Promise<(ListTerms & { thresholds: Thresholds }) | undefined> {
  const found = await sql<ListTerms & { thresholds: Thresholds }>`
    SELECT sender, sharing_item AS "sharingItem", purpose, legal_basis AS "legalBasis", coalesce(expires_on::text, '') AS "expiresOn",
           retention_days AS "retentionDays", thresholds FROM screening.comparison_run
    WHERE county_code = ${countyCode} AND run_id = ${runId}`.execute(db)
  return found.rows[0]
}

/** What is remembered of the layouts of a sender's lists, the one confirmed last at the end. */
export async function listLayouts(db: Db, countyCode: string, sender: string): Promise<[string, KnownLayout][]> {
  const found = await sql<{ hash: string; list: ListKind; columns: Record<string, number>; memory: ColumnMemory | null }>`
    SELECT layout_hash AS hash, list, columns, memory FROM screening.column_mapping
    WHERE county_code = ${countyCode} AND sender = ${sender} ORDER BY confirmed_at, layout_hash`.execute(db)
  return found.rows.map(({ hash, list, columns, memory }) => [hash, memory === null ? { list, columns } : { list, columns, memory }])
}

/** Remembers a layout that a person confirmed. */
export async function rememberLayout(db: Db, ctx: Context, layout: KnownLayout & { sender: string; layoutHash: string }): Promise<void> {
  await sql`
    INSERT INTO screening.column_mapping (county_code, sender, layout_hash, list, columns, memory, confirmed_by, confirmed_at)
    VALUES (${ctx.scope.countyCode}, ${layout.sender}, ${layout.layoutHash}, ${layout.list}, ${JSON.stringify(layout.columns)}::jsonb,
            ${layout.memory === undefined ? null : JSON.stringify(layout.memory)}::jsonb, ${ctx.caller.id}, ${ctx.now})
    ON CONFLICT (county_code, sender, layout_hash)
    DO UPDATE SET list = excluded.list, columns = excluded.columns, memory = excluded.memory, confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at`.execute(
    db,
  )
}

/** Writes about how many rows a run will read. */
export async function expectRows(db: Db, countyCode: string, runId: string, rows: number): Promise<void> {
  await sql`UPDATE screening.comparison_run SET rows_expected = ${rows} WHERE county_code = ${countyCode} AND run_id = ${runId}`.execute(db)
}

/** What a decision changes in the counts of a run and its receipts. */
export interface DecidedRows {
  runId: string
  rows: readonly { receiptId: string; cause: string }[]
  to: 'fuzzy' | 'none'
  outcome: string
}

/** Moves decided rows from the ambiguous to where they belong, and counts leads and rested reasons of the run's month anew. */
export async function recountRun(db: Db, ctx: Context, { runId, rows, to, outcome }: DecidedRows): Promise<void> {
  const { countyCode } = ctx.scope
  const moved = JSON.stringify(rows.map(({ receiptId, cause }) => ({ receiptId, cause })))
  const shift = (counts: ReturnType<typeof sql>, from: ReturnType<typeof sql>, into: string) => sql`
    ${counts} || jsonb_build_object(${from}::text, greatest(0, coalesce((${counts} ->> ${from})::bigint, 0) - d.rows))
              || jsonb_build_object(${into}::text, coalesce((${counts} ->> ${into}::text)::bigint, 0) + d.rows)`
  const leftOut = outcome === 'left-out' ? sql`d.rows` : sql`0`
  for (const cause of new Set(rows.map((row) => row.cause))) {
    const perReceipt = sql`(SELECT "receiptId", count(*) AS rows FROM jsonb_to_recordset(${moved}::jsonb) AS x ("receiptId" text, cause text)
                            WHERE cause = ${cause} GROUP BY 1)`
    await sql`
      UPDATE screening.receipt r SET classes = ${shift(sql`r.classes`, sql`'ambiguous'`, to)},
             causes = ${shift(sql`r.causes`, sql`${cause}`, 'decided')}, left_out = r.left_out + ${leftOut}
      FROM ${perReceipt} d WHERE r.county_code = ${countyCode} AND r.receipt_id = d."receiptId"`.execute(db)
    const all = rows.filter((row) => row.cause === cause).length
    await sql`
      UPDATE screening.comparison_run r SET classes = ${shift(sql`r.classes`, sql`'ambiguous'`, to)},
             causes = ${shift(sql`r.causes`, sql`${cause}`, 'decided')},
             left_out = r.left_out || jsonb_build_object('rows', coalesce((r.left_out ->> 'rows')::bigint, 0) + ${leftOut})
      FROM (SELECT ${all}::bigint AS rows) d WHERE r.county_code = ${countyCode} AND r.run_id = ${runId}`.execute(db)
  }
}

/** Counts the leads and rested reasons that stand with a run anew, after a decision. */
export async function recountRaised(db: Db, countyCode: string, runId: string, leads: number): Promise<void> {
  await sql`
    UPDATE screening.comparison_run c SET leads = ${leads},
           rested = (SELECT count(*) FROM screening.rested_reason r WHERE r.county_code = c.county_code AND r.run_id = c.run_id)
    WHERE c.county_code = ${countyCode} AND c.run_id = ${runId}`.execute(db)
}

/** Runs that nobody is doing any more: running ones from before this start. */
export async function listRunning(db: Db, countyCode: string): Promise<string[]> {
  const found = await sql<{ runId: string }>`
    SELECT run_id AS "runId" FROM screening.comparison_run WHERE county_code = ${countyCode} AND state = 'running'`.execute(db)
  return found.rows.map((row) => row.runId)
}

/** Staged runs that nobody has started for so long that their files had to go. */
export async function listStale(db: Db, countyCode: string, before: string): Promise<string[]> {
  const found = await sql<{ runId: string }>`
    SELECT run_id AS "runId" FROM screening.comparison_run
    WHERE county_code = ${countyCode} AND state = 'staged' AND started_at < ${before}::timestamptz`.execute(db)
  return found.rows.map((row) => row.runId)
}

/** What senders were written last time, newest first: one entry per sender. */
export async function listSenderTerms(db: Db, countyCode: string): Promise<ListTerms[]> {
  const found = await sql<ListTerms>`
    SELECT DISTINCT ON (sender) sender, sharing_item AS "sharingItem", purpose, legal_basis AS "legalBasis",
           coalesce(expires_on::text, '') AS "expiresOn", retention_days AS "retentionDays"
    FROM screening.comparison_run WHERE county_code = ${countyCode} AND sharing_item <> ''
    ORDER BY sender, started_at DESC LIMIT 200`.execute(db)
  return found.rows
}

/** Makes comparisons of a county that store at the same time wait for one another, until the end of the transaction. */
export async function waitForOthers(db: Db, countyCode: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`screening.store ${countyCode}`}, 0))`.execute(db)
}
