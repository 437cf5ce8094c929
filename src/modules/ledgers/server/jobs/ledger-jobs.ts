import * as z from 'zod'
import { announce } from '#kernel/server/events/index.ts'
import { openCalendar, type NoteCalendar } from '#kernel/server/calendar/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { defineJob, defineRepeated, requestJob, type AnyJob } from '#kernel/server/jobs/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { ledgerReminded } from '../../contract.ts'
import { deadlinesOf, overdueFrom } from '../../rules/deadlines.ts'
import type { FieldValue } from '../../rules/records.ts'
import { listClosedLedgers } from '../closed-ledgers.ts'
import { listHandled } from '../event-store.ts'
import { gatherAnew, gatherJob } from '../gather-follow.ts'
import { factsOf, migrateJob, runMigration } from '../migrate-records.ts'
import { listRunning, setDue } from '../migration-store.ts'
import { openVersion, unlockForSystem } from '../open-ledger.ts'
import { fireMarks, syncReminders } from '../reminder-store.ts'
import { sweep } from '../sweep.ts'
import type { LedgerDeps } from '../work-out.ts'

const recountJob = { name: 'ledgers.recount', payload: z.strictObject({}) } as const

/** The jobs of the ledgers: reminders every hour, sweeping every day, records to a new version, deadlines counted anew. */
export function ledgerJobs(deps: LedgerDeps): AnyJob[] {
  return [
    defineRepeated({
      name: 'ledgers.remind',
      every: 'hour',
      attempts: 5,
      handle: async (run) => void (await remind(run.ctx, () => run.check())),
    }),
    defineRepeated({
      name: 'ledgers.sweep',
      every: 'day',
      attempts: 5,
      handle: async (run) => void (await sweep(run.ctx, deps, () => run.check())),
    }),
    defineJob({
      ...migrateJob,
      attempts: 8,
      handle: (run) => runMigration(run.ctx, deps, { migrationId: run.payload.migrationId, check: () => run.check() }),
    }),
    defineJob({
      ...gatherJob,
      attempts: 8,
      handle: async (run) => {
        await inTransaction(run.ctx, (db) => gatherAnew({ ...run.ctx, db }, deps, run.payload.recordIds))
      },
    }),
    defineJob({ ...recountJob, attempts: 8, handle: (run) => recount(run.ctx, () => run.check()) }),
  ]
}

/** With a change of the county's calendar the running deadlines are counted anew. */
export const recountWithCalendar: NoteCalendar = async (ctx) => {
  await requestJob(ctx.db, ctx, { job: recountJob, payload: {} })
}

const atATime = 500

/** Fires the marks of deadlines that are due; each once, announced for whoever tells people. */
export async function remind(ctx: Context, check: () => void = () => undefined): Promise<number> {
  for (let all = 0; ; ) {
    check()
    const fired = await inTransaction(ctx, async (db) => {
      const within = { ...ctx, db }
      await unlockForSystem(within, await listClosedLedgers(within))
      const marks = await fireMarks(db, ctx, atATime)
      for (const { recordId, templateKey, deadlineKey, percent } of marks)
        await announce(db, ctx, ledgerReminded, { recordId, templateKey, deadline: deadlineKey, percent })
      return marks.length
    })
    all += fired
    if (fired < atATime) return all
  }
}

/** Counts all running deadlines by the calendar of today. */
export async function recount(ctx: Context, check: () => void = () => undefined): Promise<void> {
  for (let after: string | null = null; ; ) {
    check()
    const from: string | null = after
    const last: string | undefined = await inTransaction(ctx, async (db) => {
      const within = { ...ctx, db }
      await unlockForSystem(within, await listClosedLedgers(within))
      const calendar = await openCalendar(within)
      const rows = await listRunning(db, ctx, { after: from, limit: atATime })
      const handled = await listHandled(
        db,
        ctx,
        rows.map((row) => row.recordId),
      )
      for (const row of rows) {
        const open = await openVersion(within, row)
        // Safe: deadlines read days, which are never sealed.
        const values = row.body as Readonly<Record<string, FieldValue>>
        const running = deadlinesOf(open, factsOf(open, row, { values, state: row.state, handled: handled.get(row.recordId) }), calendar)
        const dueAt = running[0] === undefined ? null : overdueFrom(running[0].on)
        if (dueAt === row.dueAt) continue
        await setDue(db, ctx, { recordId: row.recordId, dueAt })
        await syncReminders(db, ctx, { ...row, running })
      }
      return rows.length < atATime ? undefined : rows[rows.length - 1]?.recordId
    })
    if (last === undefined) return
    after = last
  }
}
