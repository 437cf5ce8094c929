import { isFiles, isLink } from './field-kinds.ts'
import { isEmpty } from './judge-record.ts'
import type { OpenTemplate } from './open-template.ts'
import { textOf } from './print-value.ts'
import { readValue } from './read-value.ts'
import type { FieldValue } from './records.ts'
import type { Field } from './template.ts'

/** What a record is in another version; `dropped` is what that version has no place for and stays in the history. */
export interface MigratedValues {
  readonly values: Record<string, FieldValue>
  readonly dropped: Record<string, FieldValue>
  /** Field → why it was dropped. */
  readonly why: Readonly<Record<string, 'gone' | 'kind' | 'choice'>>
  readonly state: string
  readonly stateGone: boolean
}

/**
 * Takes a record from one version of its template to another. Values of a field with the same key are kept where its kind is the same (and the choice still
 * there), or where the new kind can read how the old one is written (a number as text, a choice's name as text). Computed fields are worked out anew.
 */
export function migrateValues(
  from: OpenTemplate,
  to: OpenTemplate,
  given: { values: Readonly<Record<string, FieldValue>>; state: string },
): MigratedValues {
  const values: Record<string, FieldValue> = {}
  const dropped: Record<string, FieldValue> = {}
  const why: Record<string, 'gone' | 'kind' | 'choice'> = {}
  for (const [key, value] of Object.entries(given.values)) {
    if (isEmpty(value)) continue
    const before = from.fields.get(key)
    const after = to.fields.get(key)
    const moved = before === undefined || after === undefined ? undefined : moveValue(before, after, value)
    if (moved !== undefined && moved.isWhole) values[key] = moved.value
    else {
      if (moved !== undefined && !isEmpty(moved.value)) values[key] = moved.value
      dropped[key] = value
      why[key] = after === undefined ? 'gone' : before?.kind === after.kind ? 'choice' : 'kind'
    }
  }
  const stateGone = !to.states.has(given.state)
  return { values, dropped, why, stateGone, state: stateGone ? (to.template.states[0]?.key ?? given.state) : given.state }
}

function moveValue(before: Field, after: Field, value: FieldValue): { value: FieldValue; isWhole: boolean } {
  if (after.sensitive !== before.sensitive && (after.sensitive === true || before.sensitive === true))
    return { value: null, isWhole: false }
  if (before.sensitive === true) return { value, isWhole: before.kind === after.kind }
  if (before.kind === after.kind) return sameKind(after, value)
  if (isFiles(before.kind) && isFiles(after.kind)) return { value, isWhole: true }
  if (isFiles(before.kind) || isLink(after.kind) || before.kind === 'table' || after.kind === 'table')
    return { value: null, isWhole: false }
  const read = readValue(after, textOf(before, value))
  return 'value' in read ? { value: read.value, isWhole: !isEmpty(read.value) } : { value: null, isWhole: false }
}

function sameKind(after: Field, value: FieldValue): { value: FieldValue; isWhole: boolean } {
  const known = new Set((after.choices ?? []).map((choice) => choice.key))
  if (after.kind === 'choice')
    return typeof value === 'string' && known.has(value) ? { value, isWhole: true } : { value: null, isWhole: false }
  if (after.kind === 'choices' && Array.isArray(value)) {
    const kept = value.filter((one): one is string => typeof one === 'string' && known.has(one))
    return { value: kept.length === 0 ? null : kept, isWhole: kept.length === value.length }
  }
  if (after.kind === 'table' && Array.isArray(value)) return sameTable(after, value)
  return { value, isWhole: true }
}

/** Columns that are gone are left out of the rows; the whole table then stays in the history too. */
function sameTable(after: Field, rows: readonly unknown[]): { value: FieldValue; isWhole: boolean } {
  const columns = new Set((after.columns ?? []).map((column) => column.key))
  let isWhole = true
  const kept = rows.map((row) => {
    // Safe: rows of a table are kept as records of values.
    const entries = Object.entries(row as Record<string, FieldValue>)
    if (entries.some(([key]) => !columns.has(key))) isWhole = false
    return Object.fromEntries(entries.filter(([key]) => columns.has(key)))
  })
  return { value: kept, isWhole }
}
