import { audit } from '#kernel/server/audit/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { countAnew } from '../../rules/clocks/clock-change.ts'
import { coverCases } from './clock-follow.ts'
import { fireDueMarks } from './clock-reminder-store.ts'
import { saveClocks, takeStaleClocks } from './clock-store.ts'

export interface RemindInput {
  /** Reminders of one transaction: 500. */
  readonly atOnce?: number
  /** Called between transactions; what it throws ends the work, and the next run goes on. */
  readonly check?: () => void
}

/**
 * Begins clocks of cases that have none and counts anew what another calendar counted, then fires what was due by today, some at a time, each batch in its own transaction: a program that
 * is killed leaves whole batches, and the next run does the rest. Safe to repeat and beside another runner. Moves no case.
 */
export async function fireReminders(ctx: Context, { atOnce = 500, check = () => undefined }: RemindInput = {}): Promise<{ fired: number }> {
  for (let covered = 1; covered > 0; ) {
    check()
    covered = await inTransaction(ctx, (db) => coverCases({ ...ctx, db }, atOnce))
  }
  await recountClocks(ctx, { atOnce, check })
  let all = 0
  for (let found = atOnce; found === atOnce; ) {
    check()
    found = await inTransaction(ctx, async (db) => {
      const counted = await fireDueMarks(db, ctx, atOnce)
      if (counted.fired > 0) {
        const details = { fired: counted.fired, today: ctx.today }
        await audit(db, ctx, { did: 'cases.clock.remind', objectKind: 'cases.reminder', objectId: ctx.scope.countyCode, details })
      }
      all += counted.fired
      return counted.found
    })
  }
  return { fired: all }
}

/** Counts the running clocks of the county by the calendar of now; returns how many were counted by another one. */
export async function recountClocks(
  ctx: Context,
  { atOnce = 500, check = () => undefined }: RemindInput = {},
): Promise<{ recounted: number }> {
  let recounted = 0
  for (let found = 1; found > 0; recounted += found) {
    check()
    found = await inTransaction(ctx, async (db) => {
      const calendar = await openCalendar({ ...ctx, db })
      const stale = await takeStaleClocks(db, ctx, { revision: calendar.revision, limit: atOnce })
      await saveClocks(
        db,
        ctx,
        stale.map((clock) => countAnew(clock, calendar)),
      )
      return stale.length
    })
  }
  return { recounted }
}
