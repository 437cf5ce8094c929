import chineseDays from 'chinese-days'
import type { DayCalendar } from '#kernel/pure/time/index.ts'

const known = new Map<number, boolean>()

/** The first three days of October are holidays in every year whose notice is held; of any three days in a row one at least is no weekend. */
function knowsYear(year: number): boolean {
  const found = known.get(year) ?? ['01', '02', '03'].every((date) => chineseDays.isHoliday(`${year}-10-${date}`))
  known.set(year, found)
  return found
}

/**
 * Working days in China: public holidays and make-up days as the State Council's notices have them, which `chinese-days` holds for the years
 * up to its own. A later year has its weekends only and is not known; days announced here come on top (`withOwnDays` of kernel/pure/time).
 */
export const stateCalendar: DayCalendar = { isWorkingDay: (day) => chineseDays.isWorkday(day), knowsYear }
