import { addDays, makeDay, type Day } from '#kernel/pure/time/index.ts'
import { changeCalendar, listOwnDays, openCalendar, stateCalendar, whoReachesYears } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { CalendarDay, CalendarYear, ChangeCalendar, ReadCalendar } from '../rules/calendar-records.ts'
import { policiesErrors } from './errors.ts'

/** A year of the county's calendar with its own days, what was changed, and the years that are wanted and not known. */
export async function readCalendar(ctx: Context, query: ReadCalendar): Promise<CalendarYear> {
  return inTransaction(ctx, async (db) => {
    const year = query.year ?? Number(ctx.today.slice(0, 4))
    const calendar = await openCalendar({ ...ctx, db })
    const { days, years, changes } = await listOwnDays(db, ctx, year)
    const own = new Map(days.map((one) => [one.day, one]))
    const declared = years.find((one) => one.year === year)
    const dayOf = (day: Day): CalendarDay => {
      const said = own.get(day)
      return {
        day,
        works: calendar.isWorkingDay(day),
        stateWorks: stateCalendar.isWorkingDay(day),
        own: said === undefined ? null : { document: said.document, byName: said.byName },
      }
    }
    return {
      today: ctx.today,
      year,
      knownBy: stateCalendar.knowsYear(year) ? 'state' : declared === undefined ? null : 'county',
      declared: declared === undefined ? null : { document: declared.document, byName: declared.byName, at: declared.at },
      days: daysOfYear(year).map(dayOf),
      changes,
      unknownYears: await unknownYears({ ...ctx, db }),
      can: { edit: mayDo(ctx, 'policies.calendar', 'edit') && ctx.scope.kind === 'county' },
    }
  })
}

/** Changes the county's calendar. Throws `policies.calendar-empty`. */
export async function editCalendar(ctx: Context, change: ChangeCalendar): Promise<{ changeId: string }> {
  if (change.days.length + change.years.length === 0) throw policiesErrors.calendarEmpty()
  return changeCalendar(ctx, change)
}

/** Unknown years that terms of any module reach; from November on also the coming year, whose notice is published then. */
async function unknownYears(ctx: Context & { db: Db }): Promise<CalendarYear['unknownYears']> {
  const counts = new Map<number, number>()
  const calendar = await openCalendar(ctx)
  for (const reaches of whoReachesYears)
    for (const { year, count } of await reaches(ctx)) if (!calendar.knowsYear(year)) counts.set(year, (counts.get(year) ?? 0) + count)
  const [thisYear, month] = [Number(ctx.today.slice(0, 4)), ctx.today.slice(5, 7)]
  for (const year of month >= '11' ? [thisYear, thisYear + 1] : [thisYear])
    if (!calendar.knowsYear(year)) counts.set(year, counts.get(year) ?? 0)
  return [...counts].sort(([one], [other]) => one - other).map(([year, count]) => ({ year, count }))
}

function daysOfYear(year: number): Day[] {
  const days: Day[] = []
  for (let day = makeDay(year, 1, 1); day !== undefined && Number(day.slice(0, 4)) === year; day = addDays(day, 1)) days.push(day)
  return days
}
