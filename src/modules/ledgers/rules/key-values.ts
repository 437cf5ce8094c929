import { isLink } from './field-kinds.ts'
import type { FieldValue } from './records.ts'
import type { Field } from './template.ts'

/** Number keys are whole millionths: exact, and compared by their index under row security. */
const keyPlaces = 6

/** A decimal number as millionths; null beyond what a bigint holds. */
export function millionthsOf(number: string): string | null {
  const match = /^(-?)0*(\d{1,12})(?:\.(\d{1,6}))?$/.exec(number)
  if (match === null) return null
  const digits = `${match[2]}${(match[3] ?? '').padEnd(keyPlaces, '0')}`.replace(/^0+(?=\d)/, '')
  return digits === '0' ? '0' : `${match[1]}${digits}`
}

/** Millionths (also their sum, of any length) as a decimal number with at least `places` places. */
export function fromMillionths(whole: string, places: number): string {
  const negative = whole.startsWith('-')
  const digits = whole.replace('-', '').padStart(keyPlaces + 1, '0')
  const part = digits.slice(-keyPlaces).replace(/0+$/, '').padEnd(places, '0')
  const text = `${digits.slice(0, -keyPlaces)}${part === '' ? '' : `.${part}`}`
  return negative ? `-${text}` : text
}

/** A value as it stands in a key column: text of at most 200 characters, millionths of a number, a day; null where there is none. */
export function keyValueOf(field: Field, value: FieldValue | undefined): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return String(value)
  if (isLink(field.kind)) return typeof value === 'object' && 'id' in value ? value.id : null
  if (typeof value !== 'string') return null
  if (field.kind === 'number' || field.kind === 'money') return millionthsOf(value)
  if (field.kind === 'month') return `${value}-01`
  return value.slice(0, 200)
}

/** The name of a record: the text of its title field, at most 200 characters. */
export function titleOf(field: Field | undefined, value: FieldValue | undefined): string {
  if (field === undefined || value === null || value === undefined) return ''
  if (typeof value === 'object' && 'name' in value) return value.name.slice(0, 200)
  if (typeof value !== 'string') return ''
  return (field.choices?.find((choice) => choice.key === value)?.name.zh ?? value).slice(0, 200)
}
