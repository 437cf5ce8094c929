import * as z from 'zod'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database } from '#kernel/server/database/index.ts'
import { defineJob, requestJob, type AnyJob, type JobRun } from '#kernel/server/jobs/index.ts'
import { findCounty } from '#modules/identity/server/index.ts'
import { endDueNotices } from '../notice-act.ts'
import { hasDueNotices } from '../notice-write-store.ts'

interface Deps {
  readonly clock: () => number
}

const endJob = { name: 'cases.end-notices', payload: z.strictObject({}) } as const

/** Takes down what is over. The public page and the poster sheet go by the day itself; this writes it down. */
export function noticeJobs(deps: Deps): AnyJob[] {
  return [
    defineJob({
      ...endJob,
      handle: async (run) => {
        await endDueNotices(contextOf(run, deps))
      },
    }),
  ]
}

/** Asks for the take-down where any notice is over; for the look of every hour, which is also the first one of a day. */
export async function endNoticesWhenDue(deps: Deps & { readonly database: Database }): Promise<boolean> {
  const county = await findCounty(deps.database)
  if (county === undefined) return false
  const ctx = contextOf({ countyCode: county.code, database: deps.database }, deps)
  return inTransaction(ctx, async (db) => {
    if (!(await hasDueNotices(db, ctx))) return false
    await requestJob(db, ctx, { job: endJob, payload: {} })
    return true
  })
}

function contextOf(run: Pick<JobRun<unknown>, 'countyCode' | 'database'>, { clock }: Deps): Context {
  const nowMs = clock()
  return {
    caller: { id: 'system:notices', name: '公示', roles: ['system'] },
    scope: grantSystem(run.countyCode, 'cases.end-notices'),
    now: instantOf(nowMs),
    today: dayOf(nowMs),
    database: run.database,
    deadline: 'job',
  }
}
