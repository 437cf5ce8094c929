import * as z from 'zod'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { openCalendar, type NoteCalendar } from '#kernel/server/calendar/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database } from '#kernel/server/database/index.ts'
import { defineJob, requestJob, type AnyJob, type JobRun } from '#kernel/server/jobs/index.ts'
import { findCounty } from '#modules/identity/server/index.ts'
import { fireReminders } from '../clock-remind.ts'
import { hasDueMarks } from '../clock-reminder-store.ts'

interface ClockDeps {
  readonly clock: () => number
}

const remindJob = { name: 'cases.clock-remind', payload: z.strictObject({}) } as const

/** The job of the clocks: counts anew and fires what is due. It may be run as often as one likes. */
export function clockJobs(deps: ClockDeps): AnyJob[] {
  return [
    defineJob({
      ...remindJob,
      attempts: 8,
      handle: async (run) => {
        await fireReminders(contextOf(run, deps), { check: () => run.check() })
      },
    }),
  ]
}

/** With a change of the county's calendar the running clocks are counted anew. */
export const recountWithCalendar: NoteCalendar = async (ctx) => {
  await requestJob(ctx.db, ctx, { job: remindJob, payload: {} })
}

/** Asks for reminders where any is due; for the look of every hour, which is also the first one of a day. */
export async function remindWhenDue(deps: ClockDeps & { readonly database: Database }): Promise<boolean> {
  const county = await findCounty(deps.database)
  if (county === undefined) return false
  const ctx = contextOf({ countyCode: county.code, database: deps.database }, deps)
  return inTransaction(ctx, async (db) => {
    const { revision } = await openCalendar({ ...ctx, db })
    if (!(await hasDueMarks(db, ctx, revision))) return false
    await requestJob(db, ctx, { job: remindJob, payload: {} })
    return true
  })
}

function contextOf(run: Pick<JobRun<unknown>, 'countyCode' | 'database'>, { clock }: ClockDeps): Context {
  const nowMs = clock()
  return {
    caller: { id: 'system:clocks', name: '时限', roles: ['system'] },
    scope: grantSystem(run.countyCode, 'cases.clock-remind'),
    now: instantOf(nowMs),
    today: dayOf(nowMs),
    database: run.database,
    deadline: 'job',
  }
}
