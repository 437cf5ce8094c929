import type { Day } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { PolicyInForce } from '#kernel/server/policies/index.ts'
import { accountingYear, itemRules, monthsBefore, type IncomePeriod, type ItemRule } from '#modules/policies/rules/index.ts'
import { compiledTable, policyFor, type AskedPolicy, type CompiledPolicy } from '#modules/policies/server/index.ts'
import type { IncomeItem, IncomeTermsShown, IncomeVersion } from '../../rules/income/income-records.ts'
import type { IncomePurpose } from '../../rules/income/income-requests.ts'
import { casesErrors } from '../errors.ts'

/** What policy says of the income sheet for a place and a day. */
export interface IncomeTerms {
  readonly shown: IncomeTermsShown
  readonly versions: readonly IncomeVersion[]
  /** Items of the table in force, in its order. */
  readonly items: readonly IncomeItem[]
  readonly rules: ReadonlyMap<string, ItemRule>
  readonly periodOf: (purpose: IncomePurpose, on: Day) => IncomePeriod
  /** Income line per person and year in fen; null where nobody has filled it. */
  readonly lineFen: number | null
  readonly line: IncomeVersion | null
}

const keys = ['cases.income-views', 'cases.income-periods', 'cases.elimination', 'cases.income-line'] as const

/** Reads the terms in force. Throws `cases.terms-incomplete` with the parameter's name, `policies.not-in-force`. */
export async function incomeTerms(ctx: Context, asked: AskedPolicy, others: Iterable<string> = []): Promise<IncomeTerms> {
  const table = await compiledTable(ctx, 'cases.income-items', asked)
  const texts: PolicyInForce[] = []
  // One after the other: each is a savepoint of the same transaction.
  for (const key of keys) texts.push(await policyFor(ctx, key, asked))
  const values = new Map(texts.flatMap((text) => [...text.values].map(([name, { value }]) => [name, value] as const)))
  const number = (name: string) => {
    const value = numberOf(values.get(name))
    if (value === null) throw casesErrors.termsIncomplete({ name })
    return value
  }
  const list = (name: string): readonly string[] => {
    const value = values.get(name)
    if (typeof value !== 'object' || value === null) throw casesErrors.termsIncomplete({ name })
    return value
  }
  const names = itemsOf(table)
  const rules = itemRules({ ...table, parameters: table.fixed }, [...names, ...others])
  const share = numberOf(values.get('低保口径就业成本扣减比例'))
  const months = { identification: number('识别收入期月数'), elimination: number('消除收入期月数') }
  const start = number('年度收入期起始月')
  const lineYuan = numberOf(values.get('监测范围收入线'))
  const line = texts.find(({ key }) => key === 'cases.income-line')
  return {
    shown: {
      notCounted: list('低保口径不计入项目'),
      deducted: list('低保口径扣减支出项目'),
      workCost: share === null ? null : Math.round(share * 100),
      stableMonths: number('收入稳定月数'),
    },
    versions: [versionOf(table), ...texts.filter(({ key }) => key !== 'cases.income-line').map(versionOf)],
    items: names.flatMap((item) => {
      const rule = rules.get(item)
      return rule === undefined ? [] : [{ item, incomeClass: rule.incomeClass, isCounted: rule.isCounted }]
    }),
    rules,
    periodOf: (purpose, on) => (purpose === 'yearly' ? lastYear(on, start) : monthsBefore(on, months[purpose])),
    lineFen: lineYuan === null ? null : Math.round(lineYuan * 100),
    line: line === undefined ? null : versionOf(line),
  }
}

const versionOf = ({ key, versionId, hash }: IncomeVersion): IncomeVersion => ({ key, versionId, hash: hash.slice(0, 12) })

/** The accounting year that ended last. */
function lastYear(on: Day, startMonth: number): IncomePeriod {
  const year = Number(on.slice(0, 4))
  const latest = accountingYear(year, startMonth)
  return latest.to < on ? latest : accountingYear(year - 1, startMonth)
}

/** A parameter that is written as a number or as its digits; null where nobody has filled it. */
export function numberOf(value: string | number | readonly string[] | null | undefined): number | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '') return null
  const read = Number(value)
  return Number.isFinite(read) ? read : null
}

/** The words that the table's only input knows: its list of values, and what its rows name besides. */
function itemsOf({ model, decision }: CompiledPolicy): string[] {
  const element = model.graph.main.elements.find((one) => one.kind === 'decision' && one.name === decision)
  const table = element?.kind === 'decision' ? element.expression : undefined
  if (table?.kind !== 'table') return []
  const texts = [table.inputs[0]?.values?.text ?? '', ...table.rules.map((rule) => rule.inputEntries[0]?.text ?? '')]
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/"([^"]+)"/g)].map(([, word]) => word ?? '')))]
}
