import { z } from 'zod'
import { makeId } from '#kernel/pure/ids/index.ts'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { defineJob, requestJob, type AnyJob, type JobRun } from '#kernel/server/jobs/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { fullListKinds, nationalKinds } from '../policy/national-policy.ts'
import { nationalErrors } from './national-errors.ts'
import { compareRegister } from './national-compare.ts'
import { noteFormer } from './national-read-store.ts'
import { findLatestRun, insertRun, updateRun } from './national-run-store.ts'

const Payload = z.strictObject({ runId: z.uuid() })
/** The job that compares the register with the exports of the national system. */
export const nationalJob = { name: 'registry.compare-national', payload: Payload } as const

/** The comparison as a job; begun again it starts anew and ends the same. */
export function nationalJobs(deps: { vault: Vault; clock?: () => number }): AnyJob[] {
  return [
    defineJob({
      ...nationalJob,
      attempts: 2,
      handle: async (run) => {
        await compareRegister(contextOf(run, deps), { ...run.payload, vault: deps.vault, check: () => run.check() })
      },
      giveUp: async (run, error) => {
        const ctx = contextOf(run, deps)
        const ended = { state: 'failed', at: ctx.now, error } as const
        await inTransaction(ctx, (db) => updateRun(db, ctx.scope.countyCode, { runId: run.payload.runId, households: 0, found: 0, ended }))
      },
    }),
  ]
}

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

function contextOf(run: Pick<JobRun<unknown>, 'countyCode' | 'database'>, deps: { clock?: () => number }): Context {
  const nowMs = (deps.clock ?? Date.now)()
  return {
    caller: { id: 'system:national', name: '系统往返核对', roles: ['system'] },
    scope: grantSystem(run.countyCode, 'registry.compare-national'),
    now: instantOf(nowMs),
    today: dayOf(nowMs),
    database: run.database,
    deadline: 'job',
  }
}
