import { dueDay, type Day } from '#kernel/pure/time/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { deadlineOf } from '#modules/policies/rules/index.ts'
import { parametersFor } from '#modules/policies/server/index.ts'
import type { Due } from '../rules/problem-requests.ts'
import { readTerms, type RectificationTerms } from '../rules/rectification-terms.ts'
import { rectificationErrors } from './errors.ts'

/** The path of the county of a scope. */
export function countyPathOf({ scope }: Context): string {
  const { countyCode } = scope
  return `${countyCode.slice(0, 2)}.${countyCode.slice(0, 4)}.${countyCode}.`
}

/** What policy says of rectification for an area today. Throws `rectification.terms-incomplete` with the parameter's name. */
export async function termsFor(ctx: Context, areaPath = countyPathOf(ctx)): Promise<RectificationTerms> {
  const found = await parametersFor(ctx, { areaPath, asOf: ctx.today, keys: ['rectification.terms'] })
  try {
    return readTerms((name) => found.get(name)?.value)
  } catch (fault) {
    throw rectificationErrors.termsIncomplete({ name: fault instanceof Error ? fault.message : '' })
  }
}

/** Until when a problem that is open again must be mended, where its last day has passed. */
export async function dueOfReopened(ctx: Context): Promise<Due> {
  return { workingDays: (await termsFor(ctx)).reopenedDays }
}

/** The last day that was meant: a day, words of this year (R13), or working days from today. Throws `rectification.no-day`. */
export async function dayOfDue(ctx: Context, due: Due): Promise<Day> {
  if ('workingDays' in due) return dueDay(ctx.today, { days: due.workingDays, calendar: 'working' }, await openCalendar(ctx)).on
  // Safe: the schema takes only ISO days.
  if ('on' in due) return due.on as Day
  const day = deadlineOf(due.words, Number(ctx.today.slice(0, 4)))
  if (day === undefined) throw rectificationErrors.noDay({ words: due.words })
  return day
}
