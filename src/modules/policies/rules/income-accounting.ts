import type { Fen } from '#kernel/pure/money/index.ts'
import type { Day } from '#kernel/pure/time/index.ts'
import type { IncomePeriod } from './income-periods.ts'

/** The classes of the table `cases.income-items`. */
export const incomeClasses = ['工资性', '生产经营性', '财产性', '转移性', '生产经营性支出', '理赔', '合规自付支出', '不计'] as const
export type IncomeClass = (typeof incomeClasses)[number]

/** What the table says of an item. */
export interface ItemRule {
  readonly incomeClass: IncomeClass
  readonly isCounted: boolean
}

/** One line of a household's ledger: received or paid on a day. Amounts are fen; a correction is negative. */
export interface LedgerEntry {
  readonly item: string
  readonly fen: Fen
  readonly on: Day
}

/** One view of a household's ledger. Amounts are fen. Null: an entry of the period has an item that no rule knows, or nobody to divide by. */
export interface IncomeAccount {
  readonly period: IncomePeriod
  readonly byClass: Readonly<Record<IncomeClass, Fen>>
  /** What was entered within the period and is not counted. */
  readonly notCounted: Fen
  /** 工资性 + 生产经营性 + 财产性 + 转移性 − 生产经营性支出. */
  readonly net: Fen | null
  /** Rounded half up to the fen. */
  readonly netPerPerson: Fen | null
  /** 纯收入 + 理赔 − 合规自付支出; stands beside the net income and does not replace it. */
  readonly reference: Fen | null
  readonly referencePerPerson: Fen | null
  /** Items of the period without a rule, each once. */
  readonly unclassified: readonly string[]
}

/**
 * Accounts one period of a household's ledger, exactly in fen. The same ledger gives the view of identification, of elimination and of the
 * accounting year: only the period differs. Source: policy note §3.1–3.3 (formula bw8, reference income pcs2309).
 */
export function accountIncome(of: {
  readonly entries: readonly LedgerEntry[]
  readonly rules: ReadonlyMap<string, ItemRule>
  readonly period: IncomePeriod
  /** People who share the income; 0 or null: per person is not known. */
  readonly persons: number | null
}): IncomeAccount {
  const { entries, rules, period, persons } = of
  const byClass = Object.fromEntries(incomeClasses.map((one) => [one, 0]))
  const unclassified = new Set<string>()
  let notCounted = 0
  for (const { item, fen, on } of entries) {
    if (on < period.from || on > period.to) continue
    const rule = rules.get(item)
    if (rule === undefined) unclassified.add(item)
    else if (rule.isCounted && rule.incomeClass !== '不计') byClass[rule.incomeClass] = (byClass[rule.incomeClass] ?? 0) + fen
    else notCounted += fen
  }
  const sum = (one: IncomeClass): Fen => byClass[one] ?? 0
  const earned = sum('工资性') + sum('生产经营性') + sum('财产性') + sum('转移性')
  const net = unclassified.size > 0 ? null : earned - sum('生产经营性支出')
  const reference = net === null ? null : net + sum('理赔') - sum('合规自付支出')
  return {
    period,
    // Safe: made from the list of classes.
    byClass: byClass as Record<IncomeClass, Fen>,
    notCounted,
    net,
    netPerPerson: perPerson(net, persons),
    reference,
    referencePerPerson: perPerson(reference, persons),
    unclassified: [...unclassified],
  }
}

/** Fen for each person, halves away from zero as 四舍五入 has it. */
function perPerson(fen: Fen | null, persons: number | null): Fen | null {
  if (fen === null || persons === null || persons < 1) return null
  const size = Math.abs(fen)
  const whole = Math.floor(size / persons)
  const rounded = (size - whole * persons) * 2 >= persons ? whole + 1 : whole
  return fen < 0 && rounded > 0 ? -rounded : rounded
}
