import { addDays, makeDay, type Day } from '#kernel/pure/time/index.ts'

/** Days from the first to the last, both counted. */
export interface IncomePeriod {
  readonly from: Day
  readonly to: Day
}

/**
 * The full months that end with the month before a day: identified on 2021-06-10 with twelve months gives 2020-06-01 to 2021-05-31. Used for
 * identification and, by the latest twelve months, for elimination. Source: policy note §3.3 (nankang-2024, honghu-2021).
 */
export function monthsBefore(day: Day, months: number): IncomePeriod {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  return { from: firstOfMonth(year, month - months), to: addDays(firstOfMonth(year, month), -1) }
}

/** The accounting year that ends in `year`: from October with `startMonth` 10, 2023 is 2022-10-01 to 2023-09-30. Source: policy note §3.3. */
export function accountingYear(year: number, startMonth: number): IncomePeriod {
  const to = addDays(firstOfMonth(startMonth === 1 ? year + 1 : year, startMonth), -1)
  return { from: firstOfMonth(startMonth === 1 ? year : year - 1, startMonth), to }
}

/** The first day of a month counted on from January of `year`; 0 is December of the year before. */
function firstOfMonth(year: number, month: number): Day {
  const place = year * 12 + month - 1
  const day = makeDay(Math.floor(place / 12), (place % 12) + 1, 1)
  if (day === undefined) throw new RangeError(`no month ${month} of ${year}`)
  return day
}
