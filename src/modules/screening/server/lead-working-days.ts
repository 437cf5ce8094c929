import { dueDay, type DueDay } from '#kernel/pure/time/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { leadDeadlinesOn } from '../policy/lead-deadlines.ts'

type Step = 'answerDays' | 'againDays' | 'handleDays'

/** The day until which a step that begins today must be done, by the policy in force and the county's working days. */
export async function dueDayOf(ctx: Context, step: Step): Promise<DueDay> {
  const policy = leadDeadlinesOn(ctx.today)
  return dueDay(ctx.today, { days: policy[step], calendar: policy.calendar }, await openCalendar(ctx))
}
