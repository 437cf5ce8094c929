import { addDays, daysInMonth, makeDay, readDay, type Day } from '../time/index.ts'

/** The days of a period, both included. */
export interface Period {
  readonly text: string
  readonly from: Day
  readonly to: Day
}

const shape = /^(\d{4})(?:-(\d{2})|Q([1-4])|H([12]))?$/

/**
 * Reads a period: a year `2023`, half `2023H1`, quarter `2023Q2`, month `2023-06`, day `2023-06-30` or days `2023-01-01..2023-06-30`.
 * Undefined for anything else, also for days in the wrong order.
 */
export function readPeriod(text: string): Period | undefined {
  const [first, last, more] = text.split('..')
  const from = readDay(first ?? '')
  if (from !== undefined) {
    const to = last === undefined ? from : readDay(last)
    return to === undefined || more !== undefined || to < from ? undefined : { text, from, to }
  }
  const found = shape.exec(text)
  if (found === null) return undefined
  const [year, month, quarter, half] = found.slice(1).map((part) => (part === undefined ? undefined : Number(part)))
  if (year === undefined || year < 1900 || (month !== undefined && (month < 1 || month > 12))) return undefined
  const begin = month ?? (quarter === undefined ? (half === undefined ? 1 : half * 6 - 5) : quarter * 3 - 2)
  const length = month === undefined ? (quarter === undefined ? (half === undefined ? 12 : 6) : 3) : 1
  return monthsFrom(text, year, { begin, length })
}

function monthsFrom(text: string, year: number, { begin, length }: { begin: number; length: number }): Period | undefined {
  const end = begin + length - 1
  const from = makeDay(year, begin, 1)
  const to = makeDay(year, end, daysInMonth(year, end))
  return from === undefined || to === undefined ? undefined : { text, from, to }
}

/** The same period a year before, for growth (R29): days that did not exist then end with their month. */
export function yearBefore({ text, from, to }: Period): Period {
  const back = (day: Day) => readDay(`${Number(day.slice(0, 4)) - 1}${day.slice(4)}`) ?? addDays(day, -366)
  return { text: `${text}-1`, from: back(from), to: back(to) }
}
