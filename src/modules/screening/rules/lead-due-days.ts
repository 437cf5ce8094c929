import { addDays, type Day } from '#kernel/pure/time/index.ts'
import type { LeadState } from '../contract.ts'

/**
 * The day until which a step must be done: `days` after `from`, the first day counted being the next one.
 * `isWorkingDay` is the calendar; it is asked only where the policy counts working days.
 */
export function dueDay(
  from: Day,
  rule: { readonly days: number; readonly calendar: 'working' | 'calendar' },
  isWorkingDay: (day: Day) => boolean,
): Day {
  if (rule.calendar === 'calendar') return addDays(from, rule.days)
  let day = from
  for (let counted = 0; counted < rule.days; ) {
    day = addDays(day, 1)
    if (isWorkingDay(day)) counted += 1
  }
  return day
}

/** Whether somebody should have acted: the due day itself is still in time. */
export function isOverdue(lead: { readonly state: LeadState; readonly dueOn: string | null }, today: string): boolean {
  return (lead.state === 'sent' || lead.state === 'returned') && lead.dueOn !== null && lead.dueOn < today
}
