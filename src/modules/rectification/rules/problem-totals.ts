import { showRatio } from '#kernel/pure/indicators/index.ts'

/** One way to divide a ledger, such as by state: what each part is called, and how many problems it has. */
export interface TotalsPart {
  readonly key: string
  readonly name: string
  readonly n: number
  readonly closed: number
}
export const totalsBy = ['state', 'source', 'class', 'unit', 'standing'] as const
export type TotalsBy = (typeof totalsBy)[number]

/** The counts of a ledger as it is filtered; withdrawn ones are beside, not in it. */
export interface ProblemTotals {
  readonly total: number
  readonly closed: number
  readonly open: number
  readonly withdrawn: number
  /** Struck off of all, whole percent (R12); absent for an empty ledger. */
  readonly rate: string | undefined
  readonly letters: number
  readonly by: Readonly<Record<TotalsBy, readonly TotalsPart[]>>
  /** Divisions whose parts do not add up to the whole (R24); empty as long as the counts agree. */
  readonly disagree: readonly (TotalsBy | 'open-and-closed')[]
  /** The moment of the counts. */
  readonly at: string
}

type Counted = Pick<ProblemTotals, 'total' | 'closed' | 'open' | 'by'>

/** Adds every division up again: closed + open = all, and each division's parts = all, also of what was closed (R14, R24). */
export function disagreements({ total, closed, open, by }: Counted): ProblemTotals['disagree'] {
  const wrong = totalsBy.filter((key) => sum(by[key], 'n') !== total || sum(by[key], 'closed') !== closed)
  return closed + open === total ? wrong : [...wrong, 'open-and-closed']
}

const sum = (parts: readonly TotalsPart[], what: 'n' | 'closed') => parts.reduce((all, part) => all + part[what], 0)

/** Struck off of all, in whole percent; 100 only where nothing is left (R12). */
export function closedRate(closed: number, total: number): string | undefined {
  return showRatio(closed, total, 0)
}
