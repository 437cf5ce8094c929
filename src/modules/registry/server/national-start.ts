import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { requestJob } from '#kernel/server/jobs/index.ts'
import { fullListKinds, nationalKinds } from '../policy/national-policy.ts'
import { nationalJob } from './jobs/compare-national.ts'
import { nationalErrors } from './national-errors.ts'
import { noteFormer } from './national-read-store.ts'
import { findLatestRun, insertRun } from './national-run-store.ts'

/** Asks for a comparison of the whole register. Throws `registry.comparison-running` while one runs. */
export async function startComparison(ctx: Context): Promise<{ runId: string }> {
  return inTransaction(ctx, async (db) => {
    const runId = await request(ctx, db)
    if (runId === undefined) throw nationalErrors.comparisonRunning()
    await audit(db, ctx, { did: 'registry.compare-national', objectKind: 'registry.national-run', objectId: runId })
    return { runId }
  })
}

async function request(ctx: Context, db: Db): Promise<string | undefined> {
  const runId = makeId()
  if (!(await insertRun(db, ctx, runId))) return undefined
  await requestJob(db, ctx, { job: nationalJob, payload: { runId } })
  return runId
}

/**
 * In the transaction of an import that is applied, while its rows still wait: notes who left and is listed no more, and asks for another
 * comparison where the county compares.
 */
export async function noteNationalImport(ctx: Context, db: Db, given: { batchId: string; kind: string }): Promise<void> {
  const { countyCode } = ctx.scope
  if (fullListKinds.some((kind) => kind === given.kind)) await noteFormer(db, countyCode, given)
  const counts = given.kind === 'register' || nationalKinds.some((kind) => kind === given.kind)
  if (counts && (await findLatestRun(db, countyCode)) !== undefined) await request(ctx, db)
}

/** In the transaction that takes an import back, whole or in part: what its file stated no longer counts, so another comparison is asked for. */
export async function noteNationalUndo(ctx: Context, db: Db): Promise<void> {
  if ((await findLatestRun(db, ctx.scope.countyCode)) !== undefined) await request(ctx, db)
}
