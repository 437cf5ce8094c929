/** Months `YYYYMM`, both counted. */
export interface MonthRange {
  readonly from: string
  readonly to: string
}

const numberOf = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(4)) - 1

/** How many months a range has. */
export function monthsIn({ from, to }: MonthRange): number {
  return Math.max(0, numberOf(to) - numberOf(from) + 1)
}

/** The month of a day `YYYY-MM-DD`. */
export const monthOfDay = (day: string) => day.slice(0, 7).replace('-', '')

/** The range of full months between two days, the first of a month and the last of one. */
export function monthsOfDays({ from, to }: { readonly from: string; readonly to: string }): MonthRange {
  return { from: monthOfDay(from), to: monthOfDay(to) }
}

/** The last months of a range. */
export function lastMonths(range: MonthRange, months: number): MonthRange {
  return { from: monthPlus(range.to, 1 - months), to: range.to }
}

/** A month counted on by some months; below zero backwards. */
export function monthPlus(month: string, months: number): string {
  const place = numberOf(month) + months
  return `${String(Math.floor(place / 12)).padStart(4, '0')}${String((place % 12) + 1).padStart(2, '0')}`
}

/** Whether two ranges have a month in common. */
export function isOverlapping(one: MonthRange, other: MonthRange): boolean {
  return one.from <= other.to && other.from <= one.to
}

/**
 * What of an amount (fen) that belongs to a range of months falls into a period. It is spread evenly over its months; what cannot be divided
 * goes to later months, so that the parts of neighbouring periods always add up to the whole.
 */
export function portionIn(amount: bigint, range: MonthRange, period: MonthRange): bigint {
  const months = monthsIn(range)
  const first = Math.max(0, numberOf(period.from) - numberOf(range.from))
  const end = Math.min(months, numberOf(period.to) - numberOf(range.from) + 1)
  if (months === 0 || end <= first) return 0n
  const until = (count: number) => (amount * BigInt(count)) / BigInt(months)
  return until(end) - until(first)
}
