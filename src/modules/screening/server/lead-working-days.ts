import { dueDay, type DueDay } from '#kernel/pure/time/index.ts'
import { stateCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { leadDeadlinesOn } from '../policy/lead-deadlines.ts'

type Step = 'answerDays' | 'againDays' | 'handleDays'

/** The day until which a step that begins today must be done, by the policy in force. */
export function dueDayOf(ctx: Context, step: Step): DueDay {
  const policy = leadDeadlinesOn(ctx.today)
  return dueDay(ctx.today, { days: policy[step], calendar: policy.calendar }, stateCalendar)
}
