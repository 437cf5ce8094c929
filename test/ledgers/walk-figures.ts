import { expect } from 'vitest'
import type { FieldValue, RecordRecord } from '../../src/modules/ledgers/rules/records.ts'
import type { FieldFilter, TemplateIndicator } from '../../src/modules/ledgers/rules/template-indicators.ts'
import type { Template } from '../../src/modules/ledgers/rules/template.ts'
import { ledgerIndicators } from '../../src/modules/ledgers/server/ledger-indicators.ts'
import { readIndicator, readIndicators } from '../../src/modules/indicators/server/read-indicators.ts'
import type { Inside } from './walker.ts'

/** What is asked: figures of an area and a period, whose days are given besides. */
export interface AskedFigures {
  readonly period: string
  readonly from: string
  readonly to: string
  readonly area: string
}

type Scalar = string | undefined
const millionths = (text: string): bigint => {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  return BigInt(`${sign}${whole}${part.padEnd(6, '0').slice(0, 6)}`)
}
/** Half up, away from zero. */
function divide(part: bigint, by: bigint): bigint {
  const negative = part < 0n
  const size = negative ? -part : part
  const whole = (size * 2n + by) / (by * 2n)
  return negative ? -whole : whole
}
function written(number: bigint, decimals: number): string {
  const rounded = divide(number, 10n ** BigInt(6 - decimals))
  const digits = String(rounded < 0n ? -rounded : rounded).padStart(decimals + 1, '0')
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return rounded < 0n ? `-${text}` : text
}

/** What a field of a record is compared by: the choice's key, the id that is linked, the number, the day (of a month its first). */
function plainOf(record: RecordRecord, key: string): Scalar {
  if (key === 'state') return record.state
  if (key === 'made') return new Date(Date.parse(record.madeAt) + 8 * 3_600_000).toISOString().slice(0, 10)
  const value: FieldValue | undefined = record.values[key]
  if (value === null || value === undefined) return undefined
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return /^\d{4}-\d{2}$/.test(value) && kindOf(record.template, key) === 'month' ? `${value}-01` : value
  return 'id' in value ? value.id : undefined
}
const kindOf = (template: Template, key: string) => template.fields.find((field) => field.key === key)?.kind
const isNumber = (template: Template, key: string) => ['number', 'money'].includes(kindOf(template, key) ?? '')

function passes(record: RecordRecord, filter: FieldFilter): boolean {
  const value = plainOf(record, filter.field)
  if ('in' in filter) return value !== undefined && filter.in.map(String).includes(value)
  if ('notIn' in filter) return value === undefined || !filter.notIn.map(String).includes(value)
  if ('empty' in filter) return (value === undefined) === filter.empty
  if (value === undefined) return false
  const order = (bound: string | number | boolean): number => {
    if (!isNumber(record.template, filter.field)) return value < String(bound) ? -1 : value > String(bound) ? 1 : 0
    const [mine, theirs] = [millionths(value), millionths(String(bound))]
    return mine < theirs ? -1 : mine > theirs ? 1 : 0
  }
  const { atLeast, atMost, above, below } = filter
  return [
    atLeast === undefined || order(atLeast) >= 0,
    atMost === undefined || order(atMost) <= 0,
    above === undefined || order(above) > 0,
    below === undefined || order(below) < 0,
  ].every(Boolean)
}

function isInPeriod(record: RecordRecord, one: Exclude<TemplateIndicator, { kind: 'ratio' }>, { from, to }: AskedFigures): boolean {
  if (one.kind === 'stock') {
    const [since, until] = [one.from, one.until].map((key) => (key === undefined ? undefined : (plainOf(record, key) ?? '')))
    return (since === undefined || (since !== '' && since <= to)) && (until === undefined || until === '' || until > to)
  }
  const day = plainOf(record, one.on)
  return day !== undefined && day <= to && (one.kind === 'cumulative' || day >= from)
}

/** The figure as somebody with the sheet and a pencil finds it; null where there is none. */
function counted(template: Template, indicator: TemplateIndicator, records: readonly RecordRecord[], asked: AskedFigures): string | null {
  if (indicator.kind === 'ratio') return ratio(template, indicator, records, asked)
  const { measure, decimals = 0 } = indicator
  const rows = records.filter(
    (record) =>
      record.areaPath.startsWith(asked.area) &&
      (indicator.filters ?? []).every((filter) => passes(record, filter)) &&
      isInPeriod(record, indicator, asked),
  )
  if ('count' in measure) return String(rows.length)
  const [key = ''] = Object.values(measure)
  const values = rows.flatMap((record) => plainOf(record, key) ?? [])
  if ('distinct' in measure) return String(new Set(values).size)
  const numbers = values.map(millionths)
  const sum = numbers.reduce((total, one) => total + one, 0n)
  if ('sum' in measure) return written(sum, decimals)
  if (numbers.length === 0) return null
  if ('mean' in measure) return written(divide(sum, BigInt(numbers.length)), decimals)
  return written(
    numbers.reduce((most, one) => (one > most ? one : most)),
    decimals,
  )
}

/** R12: half up, 100 only where part and base are equal, nothing for a base of 0. */
function ratio(
  template: Template,
  one: Extract<TemplateIndicator, { kind: 'ratio' }>,
  records: readonly RecordRecord[],
  asked: AskedFigures,
): string | null {
  const [part, base] = [one.part, one.base].map((key) => {
    const found = template.indicators?.find((other) => other.key === key)
    return found === undefined ? undefined : millionths(counted(template, found, records, asked) ?? '0')
  })
  if (part === undefined || base === undefined) throw new Error(`${one.key} is of another ledger`)
  if (base === 0n) return null
  const decimals = one.decimals ?? 0
  const shown = written(divide(part * 100_000_000n, base), decimals)
  const least = 10n ** BigInt(6 - decimals)
  const isFull = millionths(shown) >= 100_000_000n && part < base
  return isFull ? written(100_000_000n - least, decimals) : shown
}

/** Every figure of a ledger equals the count of its records here, for a county, a township and other periods; returns how many figures were not 0. */
export async function expectFigures(
  ctx: Inside,
  template: Template,
  given: { records: readonly RecordRecord[]; asked: readonly AskedFigures[] },
): Promise<number> {
  const indicators = template.indicators ?? []
  if (indicators.length === 0) return 0
  const sources = [ledgerIndicators]
  const keys = indicators.map((one) => one.key).join(',')
  let full = 0
  for (const asked of given.asked) {
    const { indicators: said } = await readIndicators(ctx, sources, { keys, period: asked.period, area: asked.area })
    for (const [at, one] of indicators.entries()) {
      const figure = said[at]
      if (figure?.why === 'not-kept-then' || (one.kind === 'ratio' && isOfOthers(template, one))) continue
      const wanted = counted(template, one, given.records, asked)
      expect(figure?.value, `${one.key} ${asked.period} ${asked.area}: ${figure?.why ?? ''}`).toBe(wanted)
      if (wanted !== null && Number(wanted) !== 0) full += 1
    }
  }
  return full
}

const isOfOthers = (template: Template, one: Extract<TemplateIndicator, { kind: 'ratio' }>): boolean =>
  [one.part, one.base].some((key) => template.indicators?.every((other) => other.key !== key))

/** The rows behind a closed ledger's figure are nobody's but its office's; the number is. */
export async function expectNumberWithoutRows(ctx: Inside, template: Template): Promise<void> {
  for (const { key, kind } of template.indicators ?? []) {
    if (kind === 'ratio') continue
    const one = await readIndicator(ctx, [ledgerIndicators], { key })
    expect([one.rows, one.indicator.why], key).toEqual([false, undefined])
  }
}
