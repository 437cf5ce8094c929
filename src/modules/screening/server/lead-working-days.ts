import chineseDays from 'chinese-days'
import type { Day } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { leadDeadlinesOn, type LeadDeadlines } from '../policy/lead-deadlines.ts'
import { dueDay } from '../rules/lead-due-days.ts'

type Step = 'answerDays' | 'againDays' | 'handleDays'

/**
 * The day until which a step that begins today must be done, by the policy in force. Public holidays and make-up days are those of the
 * State Council's notices as `chinese-days` holds them; a year that it does not hold yet has its weekends only.
 */
export function dueDayOf(ctx: Context, step: Step): Day {
  const policy: LeadDeadlines = leadDeadlinesOn(ctx.today)
  return dueDay(ctx.today, { days: policy[step], calendar: policy.calendar }, (day) => chineseDays.isWorkday(day))
}
