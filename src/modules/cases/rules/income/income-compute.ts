import type { IncomeClass, ItemRule } from '#modules/policies/rules/index.ts'
import { lastMonths, monthsIn, portionIn, type MonthRange } from './income-months.ts'

/** A line of evidence as the computation reads it: fen of the whole range of months together. */
export interface SheetLine {
  readonly lineId: string
  readonly item: string
  readonly personId: string | null
  readonly monthFrom: string
  readonly monthTo: string
  readonly fen: bigint
}

/** What policy says of the civil affairs view. `workCost`: hundredths of a percent of the wages that are left out; null: not decided. */
export interface ViewTerms {
  readonly notCounted: readonly string[]
  readonly deducted: readonly string[]
  readonly workCost: number | null
}

/** The part of a line within the period, and how each view takes it. */
export interface ComputedLine {
  readonly lineId: string
  readonly item: string
  readonly personId: string | null
  readonly fen: bigint
  /** Null: no rule in the table of items. */
  readonly incomeClass: IncomeClass | null
  readonly inRural: boolean
  readonly inCivil: boolean
}

/** Wages, business, property, transfers, expenses of business: what is earned, by class, in fen. */
export interface ViewSums {
  readonly wages: bigint
  readonly business: bigint
  readonly property: bigint
  readonly transfers: bigint
  readonly expenses: bigint
}

/** Net income as 帮扶 counts it; the reference income stands beside it and replaces nothing. Null: an item has no rule. */
export interface RuralView extends ViewSums {
  readonly claims: bigint
  readonly ownPaid: bigint
  readonly notCounted: bigint
  readonly net: bigint | null
  readonly perPerson: bigint | null
  readonly reference: bigint | null
  readonly referencePerPerson: bigint | null
}

/** Disposable income as civil affairs counts it, with what is left out and deducted. */
export interface CivilView extends ViewSums {
  readonly workCost: bigint
  /** Deducted expenses by item. */
  readonly deductions: readonly { readonly item: string; readonly fen: bigint }[]
  readonly notCounted: bigint
  readonly net: bigint | null
  readonly perPerson: bigint | null
}

/** The latest months put to a year. `yearly` is for showing, rounded once; the gate compares `net` exactly. */
export interface StableIncome {
  readonly months: number
  readonly period: MonthRange
  readonly net: bigint
  readonly yearlyPerPerson: bigint
}

export interface ComputedSheet {
  readonly period: MonthRange
  readonly persons: number
  readonly lines: readonly ComputedLine[]
  readonly unclassified: readonly string[]
  readonly rural: RuralView
  readonly civil: CivilView
  /** Rural net by whose it is; null is the household's. */
  readonly byPerson: readonly { readonly personId: string | null; readonly net: bigint }[]
  /** Null: nothing is entered for those months, or an item has no rule. */
  readonly stable: StableIncome | null
}

export interface ComputeSheet {
  readonly lines: readonly SheetLine[]
  readonly rules: ReadonlyMap<string, ItemRule>
  readonly period: MonthRange
  /** People who share income and spending, at least one. */
  readonly persons: number
  readonly terms: ViewTerms
  readonly stableMonths: number
}

/**
 * Both views of one household's facts, exact to the fen; each division is rounded once, half away from zero. Source: policy note §3.1–3.4
 * (formula bw8, reference income pcs2309, spending deductions dibao-margin).
 */
export function computeSheet(given: ComputeSheet): ComputedSheet {
  const { rules, period, persons, terms } = given
  const lines = given.lines.flatMap((line) => computeLine(line, given))
  const unclassified = [...new Set(lines.filter((line) => line.incomeClass === null).map(({ item }) => item))]
  const isKnown = unclassified.length === 0
  const earned = lines.filter((line) => line.inRural)
  return {
    period,
    persons,
    lines,
    unclassified,
    rural: ruralView(lines, { isKnown, persons }),
    civil: civilView(lines, { isKnown, persons, terms }),
    byPerson: [...new Set(earned.map(({ personId }) => personId))].map((personId) => ({
      personId,
      net: netOf(sumsOf(earned.filter((line) => line.personId === personId))),
    })),
    stable: stableOf({ ...given, rules }),
  }
}

const earnedClasses: readonly IncomeClass[] = ['工资性', '生产经营性', '财产性', '转移性', '生产经营性支出']

function computeLine(line: SheetLine, { rules, period, terms }: ComputeSheet): ComputedLine[] {
  const { lineId, item, personId, monthFrom, monthTo } = line
  const fen = portionIn(line.fen, { from: monthFrom, to: monthTo }, period)
  if (monthTo < period.from || monthFrom > period.to) return []
  const rule = rules.get(item)
  const incomeClass = rule?.incomeClass ?? null
  const inRural = rule?.isCounted === true && incomeClass !== '不计'
  // Whether an expense of the family is deducted is said by name; income is counted as in the rural view unless it is named.
  const isEarned = incomeClass !== null && earnedClasses.includes(incomeClass)
  const inCivil = isEarned ? inRural && !terms.notCounted.includes(item) : incomeClass !== null && terms.deducted.includes(item)
  return [{ lineId, item, personId, fen, incomeClass, inRural, inCivil }]
}

const total = (lines: readonly ComputedLine[], incomeClass: IncomeClass) =>
  lines.reduce((sum, line) => (line.incomeClass === incomeClass ? sum + line.fen : sum), 0n)

function sumsOf(lines: readonly ComputedLine[]): ViewSums {
  return {
    wages: total(lines, '工资性'),
    business: total(lines, '生产经营性'),
    property: total(lines, '财产性'),
    transfers: total(lines, '转移性'),
    expenses: total(lines, '生产经营性支出'),
  }
}

const netOf = ({ wages, business, property, transfers, expenses }: ViewSums) => wages + business + property + transfers - expenses
const fenOf = (lines: readonly ComputedLine[]) => lines.reduce((sum, { fen }) => sum + fen, 0n)

function ruralView(lines: readonly ComputedLine[], { isKnown, persons }: { isKnown: boolean; persons: number }): RuralView {
  const counted = lines.filter((line) => line.inRural)
  const sums = sumsOf(counted)
  const [claims, ownPaid] = [total(counted, '理赔'), total(counted, '合规自付支出')]
  const net = isKnown ? netOf(sums) : null
  const reference = net === null ? null : net + claims - ownPaid
  return {
    ...sums,
    claims,
    ownPaid,
    notCounted: fenOf(lines.filter((line) => !line.inRural && line.incomeClass !== null)),
    net,
    perPerson: net === null ? null : divided(net, BigInt(persons)),
    reference,
    referencePerPerson: reference === null ? null : divided(reference, BigInt(persons)),
  }
}

function civilView(
  lines: readonly ComputedLine[],
  { isKnown, persons, terms }: { isKnown: boolean; persons: number; terms: ViewTerms },
): CivilView {
  const counted = lines.filter((line) => line.inCivil)
  const sums = sumsOf(counted)
  const spent = counted.filter(({ incomeClass }) => incomeClass !== null && !earnedClasses.includes(incomeClass))
  const deductions = [...new Set(spent.map(({ item }) => item))].map((item) => ({
    item,
    fen: fenOf(spent.filter((line) => line.item === item)),
  }))
  const workCost = terms.workCost === null ? 0n : divided(sums.wages * BigInt(terms.workCost), 10_000n)
  const net = isKnown ? netOf(sums) - workCost - fenOf(spent) : null
  const leftOut = lines.filter(
    (line) => !line.inCivil && line.inRural && line.incomeClass !== null && earnedClasses.includes(line.incomeClass),
  )
  return {
    ...sums,
    workCost,
    deductions,
    notCounted: fenOf(leftOut),
    net,
    perPerson: net === null ? null : divided(net, BigInt(persons)),
  }
}

function stableOf(given: ComputeSheet): StableIncome | null {
  const period = lastMonths(given.period, given.stableMonths)
  const lines = given.lines.flatMap((line) => computeLine(line, { ...given, period }))
  const earned = lines.filter((line) => line.inRural && line.incomeClass !== null && earnedClasses.includes(line.incomeClass))
  if (earned.length === 0 || lines.some((line) => line.incomeClass === null)) return null
  const net = netOf(sumsOf(earned))
  const months = monthsIn(period)
  return { months, period, net, yearlyPerPerson: divided(net * 12n, BigInt(months * given.persons)) }
}

/** Divided and rounded half away from zero, as 四舍五入 has it. Source: R12. */
export function divided(amount: bigint, by: bigint): bigint {
  const size = amount < 0n ? -amount : amount
  const rounded = (size * 2n + by) / (by * 2n)
  return amount < 0n ? -rounded : rounded
}
