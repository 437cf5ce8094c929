import { isLink } from './field-kinds.ts'
import type { FieldValue } from './records.ts'
import type { Field } from './template.ts'

/** A value as it stands in a key column: text of at most 200 characters, a decimal number, a day; null where there is none. */
export function keyValueOf(field: Field, value: FieldValue | undefined): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return String(value)
  if (isLink(field.kind)) return typeof value === 'object' && 'id' in value ? value.id : null
  if (typeof value !== 'string') return null
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
