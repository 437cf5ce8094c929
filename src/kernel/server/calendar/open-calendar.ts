import { withOwnDays, type DayCalendar } from '#kernel/pure/time/index.ts'
import type { Context } from '../caller/index.ts'
import { whileReading } from '../database/index.ts'
import { findOwnCalendar, newestChange } from './calendar-store.ts'
import { stateCalendar, stateVersion } from './state-calendar.ts'

/** A county's working days. What was counted with the same revision counts the same. */
export interface CountyCalendar extends DayCalendar {
  readonly revision: string
}

const opened = new Map<string, CountyCalendar>()
const mostOpened = 50
const stateAlone: CountyCalendar = { ...stateCalendar, revision: `${stateVersion} -` }

/** The state's calendar with the county's own days: one short query, the days themselves are read once per revision. */
export async function openCalendar(ctx: Context): Promise<CountyCalendar> {
  return whileReading(ctx, async (db) => {
    const newest = await newestChange(db, ctx)
    if (newest === undefined) return stateAlone
    const held = opened.get(newest)
    if (held !== undefined) return held
    const own = await findOwnCalendar(db, ctx)
    const days = new Map(own.days.map(({ day, works }) => [day, works ? ('working' as const) : ('free' as const)]))
    const years = new Set(own.years.map(({ year }) => year))
    const calendar = { ...withOwnDays(stateCalendar, { days, years }), revision: `${stateVersion} ${newest}` }
    if (opened.size >= mostOpened) opened.clear()
    opened.set(newest, calendar)
    return calendar
  })
}
