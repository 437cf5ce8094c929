import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { clientOf, inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { BatchState, ImportBatch, ImportKind, Progress } from '../../contract.ts'
import { registryErrors } from '../errors.ts'

/** What may be written to a batch; absent parts stay. */
export interface BatchPatch {
  kind?: ImportKind
  state?: BatchState
  asOf?: string
  columns?: unknown
  counts?: unknown
  differences?: unknown
  totals?: unknown
  progress?: Progress
  error?: { code: string; details: unknown } | null
  diffRevision?: number
  appliedRevision?: number
  stagedAt?: string
  appliedAt?: string
  undoneAt?: string
  mapping?: Record<string, string>
  sheets?: unknown
  choices?: ImportBatch['choices']
  stagedRows?: StagedCounts | null
  fixes?: { cells: number; rows: number; replacements: number }
  fixNo?: number
  stagedFixNo?: number
  returned?: ImportBatch['returned']
  undonePart?: ImportBatch['undonePart']
  fileId?: null
}

/** Waiting rows of a batch. */
export interface StagedCounts {
  households: number
  persons: number
  villages: number
}

interface BatchRow {
  batch_id: string
  kind: ImportKind | null
  state: BatchState
  file_id: string | null
  file_name: string
  file_hash: string
  file_bytes: bigint
  sender: string | null
  as_of: string
  columns: ImportBatch['columns']
  counts: ImportBatch['counts']
  differences: ImportBatch['differences']
  totals: ImportBatch['totals'] | null
  progress: ImportBatch['progress']
  error: { code: string; details: Record<string, unknown> } | null
  diff_revision: bigint | null
  created_name: string
  created_at: string
  staged_at: string | null
  applied_at: string | null
  undone_at: string | null
  source: ImportBatch['source']
  mapping: Record<string, string>
  sheets: unknown
  choices: ImportBatch['choices']
  staged_rows: StagedCounts | null
  fixes: { cells: number; rows: number; replacements: number }
  fix_no: number
  staged_fix_no: number
  returned: ImportBatch['returned'] | null
  undone_part: ImportBatch['undonePart']
}

/** A batch with what only the server needs. */
export interface StoredBatch extends ImportBatch {
  fileId: string | undefined
  diffRevision: number | undefined
  mapping: Readonly<Record<string, string>>
  sheets: unknown
  stagedRows: StagedCounts | undefined
  fixNo: number
}

/** A batch as screens see it. */
export function showBatch(batch: StoredBatch): ImportBatch {
  const { fileId: _file, diffRevision: _revision, mapping: _mapping, sheets: _sheets, stagedRows: _rows, fixNo: _fix, ...record } = batch
  return record
}

export interface NewBatch {
  batchId: string
  kind?: ImportKind | undefined
  fileId?: string | undefined
  fileName: string
  fileHash: string
  fileBytes: number
  sender?: string | undefined
  asOf: string
  source?: ImportBatch['source'] | undefined
}

/** Begins a batch in state `staging`. */
export async function insertBatch(db: Db, ctx: Context, batch: NewBatch): Promise<void> {
  await sql`
    INSERT INTO registry.import_batch (county_code, batch_id, kind, state, source, file_id, file_name, file_hash, file_bytes, sender, as_of,
                                       created_by, created_name, created_at)
    VALUES (${ctx.scope.countyCode}, ${batch.batchId}, ${batch.kind ?? null}, 'staging', ${batch.source ?? 'file'}, ${batch.fileId ?? null},
            ${batch.fileName}, ${batch.fileHash}, ${batch.fileBytes}, ${batch.sender ?? null}, ${batch.asOf}, ${ctx.caller.id},
            ${ctx.caller.name}, ${ctx.now})
  `.execute(db)
}

/** Writes parts of a batch. */
export async function updateBatch(db: Db, ctx: Context, given: { batchId: string; patch: BatchPatch }): Promise<void> {
  const { patch } = given
  const names: Record<string, string> = {
    asOf: 'as_of',
    diffRevision: 'diff_revision',
    appliedRevision: 'applied_revision',
    stagedAt: 'staged_at',
    appliedAt: 'applied_at',
    undoneAt: 'undone_at',
    stagedRows: 'staged_rows',
    fixNo: 'fix_no',
    stagedFixNo: 'staged_fix_no',
    undonePart: 'undone_part',
    fileId: 'file_id',
  }
  const json = ['columns', 'counts', 'differences', 'totals', 'progress', 'error', 'mapping', 'sheets', 'choices', 'stagedRows', 'fixes']
  const sets = Object.entries(patch).map(([key, value]) => {
    const isJson = [...json, 'returned', 'undonePart'].includes(key)
    const shown = isJson ? (value === null ? sql`NULL` : sql`${JSON.stringify(value)}::jsonb`) : sql`${value}`
    return sql`${sql.raw(names[key] ?? key)} = ${shown}` // keys are those of BatchPatch, written in the program
  })
  await sql`UPDATE registry.import_batch SET ${sql.join(sets)}
            WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId}`.execute(db)
}

/** Writes parts of a batch in a transaction of its own, so that a screen that polls sees it at once. */
export async function noteBatch(ctx: Context, batchId: string, patch: BatchPatch): Promise<void> {
  const { db: _outer, ...outside } = ctx
  await inTransaction(outside, (db) => updateBatch(db, ctx, { batchId, patch }))
}

/** A batch by its id. Throws `registry.not-found`. */
export async function getBatch(db: Db, ctx: Context, batchId: string): Promise<StoredBatch> {
  const found = await sql<BatchRow>`
    SELECT * FROM registry.import_batch WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId}`.execute(db)
  const row = found.rows[0]
  if (row === undefined) throw registryErrors.notFound()
  return toBatch(row)
}

/** Batches, the newest first; `before` is the `createdAt` and id of the last one seen. */
export async function listBatches(
  db: Db,
  ctx: Context,
  given: { before?: readonly [string, string] | undefined; limit: number },
): Promise<StoredBatch[]> {
  const after =
    given.before === undefined ? sql`` : sql`AND (created_at, batch_id) < (${given.before[0]}::timestamptz, ${given.before[1]}::uuid)`
  const found = await sql<BatchRow>`
    SELECT * FROM registry.import_batch WHERE county_code = ${ctx.scope.countyCode} ${after}
    ORDER BY created_at DESC, batch_id DESC LIMIT ${given.limit}`.execute(db)
  return found.rows.map(toBatch)
}

/** Ids of batches in some states. */
export async function findBatchesIn(
  db: Db,
  ctx: Context,
  states: readonly BatchState[],
): Promise<{ batchId: string; state: BatchState }[]> {
  const found = await sql<{ batchId: string; state: BatchState }>`
    SELECT batch_id AS "batchId", state FROM registry.import_batch
    WHERE county_code = ${ctx.scope.countyCode} AND state = ANY (${states})`.execute(db)
  return found.rows
}

const lockLookMs = 250

/**
 * Runs work while no other import of the county runs, in this program or another on the same database: a lock of its own
 * connection, released when the program dies. Queues behind the other; `onWait` is called meanwhile and may throw to give up waiting.
 */
export async function whileImporting<Result>(ctx: Context, onWait: (() => void) | undefined, work: () => Promise<Result>): Promise<Result> {
  const client = await ctx.database.pool.connect()
  const key = Number(ctx.scope.countyCode) + 7_000_000_000
  try {
    for (;;) {
      const got = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [key])
      if (got.rows[0]?.got === true) break
      onWait?.()
      await wait(lockLookMs)
    }
    try {
      return await work()
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [key])
    }
  } finally {
    client.release()
  }
}

/** Lets a long transaction end soon after its program has died, and others know whether it still lives (`waitForLongWork`). */
export async function prepareLongWork(db: Db, ctx: Context): Promise<void> {
  await clientOf(db).query("SET LOCAL client_connection_check_interval = '2s'; SET LOCAL work_mem = '64MB'")
  await waitForLongWork(db, ctx)
}

/** Waits for the end of a transaction of an import whose program may have died; none begins before this transaction ends. */
export async function waitForLongWork(db: Db, ctx: Context): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${Number(ctx.scope.countyCode) + 8_000_000_000})`.execute(db)
}

const joinSettings = {
  /** A fresh row is looked up by key for every row of a block. */
  'by-key': ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'enable_bitmapscan'],
  /** Two large sets meet; each is read once. */
  'by-hash': ['enable_nestloop'],
} as const

/**
 * Runs statements whose joins are to be done in one way. Tables that an import has just filled have no statistics yet: the planner takes
 * them for empty and would read the other table whole for every row.
 */
export async function joining<Result>(db: Db, way: keyof typeof joinSettings, work: () => Promise<Result>): Promise<Result> {
  const set = (value: 'on' | 'off') => clientOf(db).query(joinSettings[way].map((name) => `SET LOCAL ${name} = ${value}`).join('; '))
  await set('off')
  const result = await work() // on a fault the transaction ends, and its settings with it
  await set('on')
  return result
}

function toBatch(row: BatchRow): StoredBatch {
  const isOpen = row.state === 'staged'
  const isReadable = row.file_id !== null
  const isWaiting = row.fix_no !== row.staged_fix_no
  return {
    // Safe: the id was made by insertBatch.
    batchId: row.batch_id as StoredBatch['batchId'],
    kind: row.kind ?? undefined,
    state: row.state,
    fileId: row.file_id ?? undefined,
    fileName: row.file_name,
    fileHash: row.file_hash,
    fileBytes: Number(row.file_bytes),
    sender: row.sender ?? undefined,
    asOf: row.as_of,
    columns: row.columns,
    counts: row.counts,
    differences: row.differences,
    totals: row.totals ?? undefined,
    progress: row.progress,
    error: row.error ?? undefined,
    diffRevision: row.diff_revision === null ? undefined : Number(row.diff_revision),
    createdName: row.created_name,
    createdAt: row.created_at,
    stagedAt: row.staged_at ?? undefined,
    appliedAt: row.applied_at ?? undefined,
    undoneAt: row.undone_at ?? undefined,
    source: row.source,
    mapping: row.mapping,
    sheets: row.sheets,
    choices: row.choices,
    stagedRows: row.staged_rows ?? undefined,
    fixes: { ...row.fixes, isWaiting },
    fixNo: row.fix_no,
    returned: row.returned ?? undefined,
    undonePart: row.undone_part,
    can: {
      apply: isOpen && !isWaiting,
      undo: row.state === 'applied',
      discard: isOpen || row.state === 'interrupted',
      retry: (row.state === 'interrupted' || isOpen) && row.file_id !== null,
      map: isReadable && (isOpen || row.state === 'refused' || row.state === 'interrupted'),
      fix: isReadable && (isOpen || isRefusedForRows(row)),
      recheck: isReadable && (isOpen || isRefusedForRows(row)),
      choose: isOpen,
    },
  }
}

/** Refused because no row of it was good: its rows can still be mended. */
function isRefusedForRows(row: BatchRow): boolean {
  return row.state === 'refused' && row.error?.code === 'registry.nothing-to-import'
}
