import { z } from 'zod'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database } from '#kernel/server/database/index.ts'
import { defineJob, isStopped, requestJob, type AnyJob, type JobRun } from '#kernel/server/jobs/index.ts'
import { findCounty } from '#modules/identity/server/index.ts'
import type { NoteChange } from '#modules/registry/server/index.ts'
import { followExceptions } from '../exception-store.ts'
import { lockChecks } from '../finding-save-store.ts'
import { beginCheck, checkWaiting, failCheck, followCheck, type CheckDeps } from '../worklist-run.ts'
import { noteWaiting } from '../worklist-waiting-store.ts'

const wholeJob = {
  name: 'quality.check-whole',
  payload: z.strictObject({ runId: z.uuid(), asOf: z.iso.date() }),
} as const
const waitingJob = { name: 'quality.check-waiting', payload: z.strictObject({}) } as const

/** Begins a check of the whole register; a job follows it. Throws `quality.check-running`. */
export async function startCheck(ctx: Context, asOf: string): Promise<{ runId: string }> {
  return inTransaction(ctx, async (db) => {
    const begun = await beginCheck({ ...ctx, db }, asOf)
    await requestJob(db, ctx, { job: wholeJob, payload: { runId: begun.runId, asOf } })
    return begun
  })
}

/** Notes, with a change of the register, that what it touched must be checked again; a job does it. */
export const noteChange: NoteChange = async (ctx, changeId) => {
  await noteWaiting(ctx.db, ctx, changeId)
  await requestJob(ctx.db, ctx, { job: waitingJob, payload: {} })
}

/** The jobs of quality: a check that somebody asked for, and the check of what changed. */
export function checkJobs(deps: CheckDeps): AnyJob[] {
  return [
    defineJob({
      ...wholeJob,
      handle: async (run) => {
        const ctx = contextOf(run, deps, 'quality.check')
        try {
          await followCheck(ctx, deps, { ...run.payload, check: () => run.check() })
        } catch (fault) {
          if (run.isLast && !isStopped(fault)) await failCheck(ctx, deps, { runId: run.payload.runId, fault })
          throw fault
        }
      },
      // A check that took the program down each time kept nothing.
      giveUp: (run) => failCheck(contextOf(run, deps, 'quality.check'), deps, { runId: run.payload.runId, fault: undefined }),
    }),
    defineJob({
      ...waitingJob,
      attempts: 8, // another check may be under way
      handle: async (run) => void (await checkWaiting(contextOf(run, deps, 'quality.check-waiting'), deps)),
    }),
  ]
}

/** Lets exceptions whose day has passed expire; their findings are open again. Returns how many. */
export async function expireExceptions(deps: CheckDeps & { database: Database }): Promise<number> {
  const county = await findCounty(deps.database)
  if (county === undefined) return 0
  const ctx = contextOf({ countyCode: county.code, database: deps.database }, deps, 'quality.expire-exceptions')
  return inTransaction(ctx, async (db) => {
    await lockChecks(db, ctx)
    return (await followExceptions(db, ctx)).reopened
  })
}

/** The context of a job: a check writes for every village, and COPY needs a role that no request has. */
function contextOf(run: Pick<JobRun<unknown>, 'countyCode' | 'database'>, deps: CheckDeps, reason: string): Context {
  const nowMs = deps.clock()
  return {
    caller: { id: 'system:check', name: '数据检查', roles: ['system'] },
    scope: grantSystem(run.countyCode, reason),
    now: instantOf(nowMs),
    today: dayOf(nowMs),
    database: run.database,
    deadline: 'job',
  }
}
