import * as z from 'zod'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { defineJob, defineRepeated, requestJob, type AnyJob, type JobRun } from '#kernel/server/jobs/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { matchIntake } from '../intake-act.ts'
import { eraseOldIntakes } from '../intake-erase.ts'

const matchJob = { name: 'cases.match-intake', payload: z.strictObject({ intakeId: z.uuid() }) } as const

/** Asks, in the transaction that keeps it, that an intake be matched: after the answer, so that its time says nothing of what is on file. */
export async function requestMatch(
  ctx: Parameters<typeof requestJob>[1] & { readonly db: Parameters<typeof requestJob>[0] },
  intakeId: string,
): Promise<void> {
  await requestJob(ctx.db, ctx, { job: matchJob, payload: { intakeId } })
}

/** The jobs of what comes in: the household of a declaration is sought; what has been kept for long enough is erased, once a day. */
export function intakeJobs(deps: { vault: Vault; clock: () => number }): AnyJob[] {
  return [
    defineJob({
      ...matchJob,
      handle: async (run) => {
        const ctx = contextOf(run, deps.clock, 'cases.match-intake')
        await inTransaction(ctx, (db) => matchIntake({ ...ctx, db }, deps, run.payload.intakeId))
      },
    }),
    defineRepeated({
      name: 'cases.erase-intakes',
      every: 'day',
      handle: async (run) => {
        await eraseOldIntakes(contextOf(run, deps.clock, 'cases.erase-intakes'))
      },
    }),
  ]
}

function contextOf(run: Pick<JobRun<unknown>, 'countyCode' | 'database'>, clock: () => number, reason: string): Context {
  const nowMs = clock()
  return {
    caller: { id: 'system:intake', name: '来件', roles: ['system'] },
    scope: grantSystem(run.countyCode, reason),
    now: instantOf(nowMs),
    today: dayOf(nowMs),
    database: run.database,
    deadline: 'job',
  }
}
