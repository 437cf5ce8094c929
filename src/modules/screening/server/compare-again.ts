import { existsSync } from 'node:fs'
import { makeId, makeSecret } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { CompareAgain } from '../rules/compare-records.ts'
import { thresholdsOfMonth } from './county-thresholds.ts'
import { findStandingRun } from './hash-store.ts'
import { copyReceipt, listKeptFiles, type KeptFile } from './receipt-store.ts'
import { findRun, findRunTerms, insertRun, type StoredRun } from './run-store.ts'
import { screeningErrors } from './screening-errors.ts'
import { pathOfStaged, requireInTime } from './stage-files.ts'

/**
 * Compares the kept files of a run once more, after the register was mended: a new run under the same terms, with today's limits and
 * register. The files stay the same ones and are destroyed when they would have been. Throws `screening.run-not-found`, `file-destroyed`,
 * `run-superseded`, `terms-expired`.
 */
export async function compareAgain(ctx: Context, given: { runId: string; filesDirectory: string }): Promise<{ runId: string }> {
  const { countyCode } = ctx.scope
  return inTransaction(ctx, async (db) => {
    const [run, terms] = [await findRun(db, countyCode, given.runId), await findRunTerms(db, countyCode, given.runId)]
    if (run === undefined || terms === undefined) throw screeningErrors.runNotFound()
    const files = await listKeptFiles(db, countyCode, given.runId)
    requireInTime(ctx, terms.expiresOn)
    const again = await judgeAgain(db, ctx, { run, files, expiresOn: terms.expiresOn })
    if (again?.state === 'superseded') throw screeningErrors.runSuperseded()
    const areThere = files.every((file) => file.fileId !== null && existsSync(pathOfStaged(given.filesDirectory, file)))
    if (again?.state !== 'ready' || !areThere) throw screeningErrors.fileDestroyed()
    const runId = makeId()
    const { thresholds, from } = await thresholdsOfMonth(db, ctx, run.month)
    await insertRun(db, ctx, { runId, month: run.month, state: 'running', terms, thresholds, thresholdsFrom: from })
    for (const { receiptId } of files) await copyReceipt(db, countyCode, { from: receiptId, to: makeSecret(), runId })
    await audit(db, ctx, {
      did: 'screening.compare-again',
      objectKind: 'screening.run',
      objectId: runId,
      details: { month: run.month, earlier: given.runId, files: files.length },
    })
    return { runId }
  })
}

/** Whether the files of a run can be compared once more; undefined where there is nothing to say: not done, or no file came here. */
export async function judgeAgain(
  db: Db,
  ctx: Context,
  { run, files, expiresOn }: { run: StoredRun; files: readonly KeptFile[]; expiresOn: string },
): Promise<CompareAgain | undefined> {
  if (run.state !== 'done' || files.length === 0) return undefined
  const gone = files.find((file) => file.destroyedAt !== null)
  if (gone !== undefined) return { state: 'destroyed', at: gone.destroyedAt }
  if (files.some((file) => file.fileId === null)) return undefined
  const until = files.map((file) => file.destroyDueAt ?? '').sort()[0] ?? null
  if (expiresOn !== '' && expiresOn < ctx.today) return { state: 'expired', at: null }
  for (const list of new Set(files.flatMap((file) => (file.list === null ? [] : [file.list]))))
    if ((await findStandingRun(db, ctx.scope.countyCode, list, run.month)) !== run.runId) return { state: 'superseded', at: null }
  return { state: 'ready', at: until }
}
