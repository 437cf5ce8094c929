import { createRequire } from 'node:module'
import chineseDays from 'chinese-days'
import type { Day, DayCalendar } from '#kernel/pure/time/index.ts'

const known = new Map<number, boolean>()
const works = new Map<Day, boolean>()
/** Days that are remembered; about a hundred years. */
const mostRemembered = 40_000

/** Which version of the package is held: with another one, what was counted by the state's calendar may differ. */
// Safe: every package states its version there.
export const stateVersion = (createRequire(import.meta.url)('chinese-days/package.json') as { version: string }).version

/** The first three days of October are holidays in every year whose notice is held; of any three days in a row one at least is no weekend. */
function knowsYear(year: number): boolean {
  const found = known.get(year) ?? ['01', '02', '03'].every((date) => chineseDays.isHoliday(`${year}-10-${date}`))
  known.set(year, found)
  return found
}

function isWorkingDay(day: Day): boolean {
  const found = works.get(day)
  if (found !== undefined) return found
  if (works.size >= mostRemembered) works.clear()
  const asked = chineseDays.isWorkday(day)
  works.set(day, asked)
  return asked
}

/**
 * Working days in China: public holidays and make-up days as the State Council's notices have them, which `chinese-days` holds for the years
 * up to its own. A later year has its weekends only and is not known; days announced here come on top (`openCalendar`).
 */
export const stateCalendar: DayCalendar = { isWorkingDay, knowsYear }
