import { isContext, isList, printNumber, printTemporal, roundNumber, type FeelNumber, type Value } from '#kernel/pure/expressions/index.ts'

/** How many decimals a number is shown with; absent: as it is. Money in yuan has two. */
export interface Shown {
  readonly decimals?: number | null
  readonly unit?: string
}

/** A value as people read it: 是 and 否, money with two decimals, lists with 、; '' for what is not known. */
export function sayValue(value: Value, shown: Shown = {}): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return value
  if (isList(value)) return value.map((one) => sayValue(one, shown)).join('、')
  if (isContext(value)) return [...value].map(([name, one]) => `${name}：${sayValue(one, shown)}`).join('；')
  if (value.kind === 'number') return sayNumber(value, shown)
  if (value.kind === 'range' || value.kind === 'function') return ''
  return printTemporal(value)
}

function sayNumber(value: FeelNumber, { decimals, unit }: Shown): string {
  if (unit !== '元') return printNumber(value)
  const places = decimals ?? 2
  const [whole = '', fraction = ''] = printNumber(roundNumber(value, places, 'half-up') ?? value).split('.')
  return places === 0 ? whole : `${whole}.${fraction.padEnd(places, '0')}`
}
