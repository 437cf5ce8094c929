import { makeDay, type Day } from '#kernel/pure/time/index.ts'

/** A quarter in which a loan was open: at most one subsidy (R23). */
export interface LoanQuarter {
  readonly quarter: 1 | 2 | 3 | 4
  /** Days for interest: the day of payment counts, the day of repayment does not. */
  readonly days: number
}

/** The quarters of a year in which a loan was open, with their days. `repaidOn` null: still open. Source: R23, M-108. */
export function loanQuarters(loan: { readonly paidOutOn: Day; readonly repaidOn: Day | null }, year: number): LoanQuarter[] {
  return ([1, 2, 3, 4] as const).flatMap((quarter) => {
    const first = firstOf(year, quarter * 3 - 2)
    const next = quarter === 4 ? firstOf(year + 1, 1) : firstOf(year, quarter * 3 + 1)
    const from = loan.paidOutOn > first ? loan.paidOutOn : first
    const to = loan.repaidOn !== null && loan.repaidOn < next ? loan.repaidOn : next
    const days = daysBetween(from, to)
    return days > 0 ? [{ quarter, days }] : []
  })
}

/** Quarters of an open loan without a subsidy: alerts. */
export function quartersWithoutSubsidy(quarters: readonly LoanQuarter[], subsidised: readonly number[]): LoanQuarter[] {
  return quarters.filter(({ quarter }) => !subsidised.includes(quarter))
}

function firstOf(year: number, month: number): Day {
  const day = makeDay(year, month, 1)
  if (day === undefined) throw new RangeError(`no year ${year}`)
  return day
}

function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}
