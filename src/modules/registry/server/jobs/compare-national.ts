import { z } from 'zod'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { defineJob, type AnyJob, type JobRun } from '#kernel/server/jobs/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { compareAgain, compareRegister, nationalHouseholdsJob } from '../national-compare.ts'
import { updateRun } from '../national-run-store.ts'

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
    defineJob({
      ...nationalHouseholdsJob,
      attempts: 3,
      handle: async (run) => {
        const ctx = contextOf(run, deps)
        await inTransaction(ctx, (db) => compareAgain(ctx, db, { householdIds: run.payload.householdIds, vault: deps.vault }))
      },
      giveUp: () => Promise.resolve(), // the page says that the register has changed since; the next comparison finds it
    }),
  ]
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
