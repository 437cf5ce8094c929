import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Log } from '#kernel/server/log/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'

import { instantOf, readMonth } from '#kernel/pure/time/index.ts'
import { doRun } from './do-run.ts'
import type { RunDeps } from './run-input.ts'
import type { KnownLayout } from './recognise-list.ts'
import { listStagedFiles, type StagedFile } from './receipt-store.ts'
import { expectRows, findRun, findRunTerms, moveRun, saveProgress } from './run-store.ts'
import { destroyLists } from './jobs/destroy-lists.ts'
import { screeningErrors } from './screening-errors.ts'
import { pathOfStaged, requireInTime } from './stage-files.ts'

/** What runs in the background need. */
export interface BackgroundDeps extends RunDeps {
  log: Log
  clock: () => number
}

/** Marks a staged run as running; `followRun` then does it after the answer was sent. */
export async function startRun(ctx: Context, runId: string): Promise<{ runId: string }> {
  await inTransaction(ctx, async (db) => {
    const run = await findRun(db, ctx.scope.countyCode, runId)
    if (run === undefined) throw screeningErrors.runNotFound()
    if (run.state !== 'staged') throw screeningErrors.runNotStaged({ state: run.state })
    const files = await listStagedFiles(db, ctx.scope.countyCode, runId)
    if (files.length === 0) throw screeningErrors.noFiles()
    requireInTime(ctx, (await findRunTerms(db, ctx.scope.countyCode, runId))?.expiresOn ?? '')
    const unmapped = files.find((file) => file.mapping.every((sheet) => sheet.kind === null))
    if (unmapped !== undefined) throw screeningErrors.unmappedFile({ file: unmapped.fileName })
    // Two who start at once: the second finds that it has moved.
    if (!(await moveRun(db, ctx, runId, { from: 'staged', to: 'running' }))) throw screeningErrors.runNotStaged({ state: 'running' })
  })
  return { runId }
}

/** Does a run in the background. The staged files are destroyed whatever comes of it, at once or when the terms say (trust.md §5.4). */
export async function followRun(deps: BackgroundDeps, given: Context, runId: string): Promise<void> {
  const { db: _ended, ...rest } = given
  const ctx: Context = { ...rest, deadline: 'job' }
  const { countyCode } = ctx.scope
  const files = await inTransaction(ctx, (db) => listStagedFiles(db, countyCode, runId))
  try {
    await compareStaged(deps, ctx, { runId, files })
  } catch (fault) {
    // The run itself already says that it failed and why; the log tells the machine's administrator.
    deps.log.error({ event: 'screening.run-failed', module: 'screening', code: isNamedError(fault) ? fault.code : 'unknown' }, fault)
  } finally {
    const after = { ...ctx, now: instantOf(deps.clock()) }
    await destroyLists(after, { filesDirectory: deps.filesDirectory, onlyRun: runId })
  }
}

async function compareStaged(deps: BackgroundDeps, ctx: Context, { runId, files }: { runId: string; files: StagedFile[] }): Promise<void> {
  const { countyCode } = ctx.scope
  const [run, terms] = await inTransaction(ctx, async (db) => [
    await findRun(db, countyCode, runId),
    await findRunTerms(db, countyCode, runId),
  ])
  const month = readMonth(run?.month ?? '')
  if (run === undefined || terms === undefined || month === undefined) throw screeningErrors.runNotFound()
  const { thresholds, ...listTerms } = terms
  let saving: Promise<void> | undefined
  const onProgress = (rows: number) => {
    // One write at a time; the last figure comes with the result.
    saving ??= inTransaction(ctx, (db) => saveProgress(db, ctx, runId, rows)).finally(() => {
      saving = undefined
    })
  }
  await inTransaction(ctx, (db) => expectRows(db, countyCode, runId, guessRows(files)))
  await doRun(deps, ctx, {
    runId,
    month,
    terms: listTerms,
    thresholds,
    files: files.map((file) => ({
      path: pathOfStaged(deps.filesDirectory, file),
      name: file.fileName,
      receiptId: file.receiptId,
      layouts: layoutsOf(file),
    })),
    baseFiles: [],
    results: undefined,
    onProgress,
  })
  await saving
}

/** About a hundred bytes a row in text, less in workbooks: only for the bar that shows progress. */
function guessRows(files: readonly StagedFile[]): number {
  return files.reduce((sum, file) => sum + Math.ceil(file.bytes / (/\.(csv|txt|tsv)$/i.test(file.fileName) ? 100 : 45)), 0)
}

/** What was recognised or said of the sheets; a sheet of no kind is left out. */
function layoutsOf(file: StagedFile): Record<string, KnownLayout> {
  return Object.fromEntries(
    file.mapping.flatMap(({ sheet, kind, columns }) => (kind === null ? [] : [[sheet, { list: kind, columns }] as const])),
  )
}
