import { readFileSync } from 'node:fs'
import { makeId, makeSecret } from '#kernel/pure/ids/index.ts'
import { readMonth } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { ListTerms } from '../contract.ts'
import { Thresholds } from '../policy/policy.ts'
import { collectFiles, hashFile } from './collect-files.ts'
import { doRun, type RunResult } from './do-run.ts'
import type { RunDeps } from './run-input.ts'
import { thresholdsOfMonth } from './county-thresholds.ts'
import { insertReceipt } from './receipt-store.ts'
import { insertRun } from './run-store.ts'
import { requireInTime } from './stage-files.ts'
import { screeningErrors } from './screening-errors.ts'
import { openResults, type ResultFiles } from './write-results.ts'

/** What is compared, and under which terms the lists were given. */
export interface CompareInput extends ListTerms {
  /** Files and directories. */
  paths: readonly string[]
  month: string
  /** Without them those of the county hold on the month's last day. */
  thresholds?: Thresholds | undefined
  /** Files of the earlier month, given again; without them the months already compared are the base. */
  basePaths?: readonly string[] | undefined
  /** Where matches.csv, leads.csv, leads_merged.csv, delta.csv and receipt.json are written, mode 0600. */
  out?: string | undefined
  onProgress?: (rows: number) => void
}

/**
 * Compares departments' lists with the register of the caller's county, in one go: the command line's way. The files stay with their sender.
 * Nothing is stored or written when any file is refused. Throws `sheets.*`, `screening.*`.
 */
export async function compareFiles(deps: RunDeps, ctx: Context, input: CompareInput): Promise<RunResult> {
  const month = readMonth(input.month)
  if (month === undefined) throw screeningErrors.badMonth({ month: input.month })
  const terms = ListTerms.parse({
    sender: input.sender,
    sharingItem: input.sharingItem,
    purpose: input.purpose,
    legalBasis: input.legalBasis,
    expiresOn: input.expiresOn,
    retentionDays: input.retentionDays,
  })
  requireInTime(ctx, terms.expiresOn)
  const files = collectFiles(input.paths)
  const receipts = await Promise.all(files.map(async (file) => ({ ...file, ...(await hashFile(file.path)), receiptId: makeSecret() })))
  const runId = makeId()
  const thresholds = await inTransaction(ctx, async (db) => {
    const dated = await thresholdsOfMonth(db, ctx, month)
    const [limits, thresholdsFrom] = input.thresholds === undefined ? [dated.thresholds, dated.from] : [input.thresholds, undefined]
    await insertRun(db, ctx, { runId, month, state: 'running', terms, thresholds: limits, thresholdsFrom })
    for (const { receiptId, name, hash, bytes } of receipts)
      await insertReceipt(db, ctx, { receiptId, runId, fileId: null, fileName: name, fileHash: hash, bytes, list: null, mapping: [] })
    return limits
  })
  const results: ResultFiles | undefined = input.out === undefined ? undefined : openResults(input.out, month)
  try {
    const result = await doRun(deps, ctx, {
      runId,
      month,
      terms,
      thresholds,
      files: receipts.map((file) => ({ path: file.path, name: file.name, receiptId: file.receiptId })),
      baseFiles: input.basePaths === undefined ? [] : collectFiles(input.basePaths),
      results,
      onProgress: input.onProgress,
    })
    results?.close(result.receipts)
    return result
  } catch (fault) {
    results?.abandon()
    throw fault
  }
}

/** Reads a thresholds file in the form of the shipped one. Throws `screening.bad-thresholds` with what is wrong. */
export function readThresholds(path: string): Thresholds {
  const problem = (text: string) => screeningErrors.badThresholds({ path, problem: text })
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  } catch {
    throw problem('not JSON')
  }
  const read = Thresholds.safeParse(content)
  if (read.success) return read.data
  throw problem(read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
}
