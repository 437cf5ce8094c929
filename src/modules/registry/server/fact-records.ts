import { maskIdNumber, maskPhone } from '#kernel/pure/text/index.ts'
import { ImportKind } from '../contract.ts'
import { fields, precedenceOf, type Field } from '../policy/policy.ts'
import { sourceOf } from '../rules/merge-row.ts'
import type { FactRecord, ValueSource } from '../rules/register-records.ts'
import type { Conflicts, Exceptions, Facts, FactValue, Sources } from './tables.ts'

/** What a row says of itself and of where its values come from. */
interface Stated {
  facts: Facts
  sources: Sources
  exceptions: Exceptions
  conflicts: Conflicts
}

/** The facts of a household or person that somebody has stated, in the order of the policy, each with its source. Sealed values show their last four characters. */
export function showFacts(
  entity: Field['entity'],
  row: Stated,
  columns: Readonly<Record<string, string | number | boolean | undefined>>,
): FactRecord[] {
  return fields
    .filter((field) => field.entity === entity && field.type !== 'area')
    .flatMap((field) => {
      const record = showFact(field, row, columns[field.key])
      return record.value === undefined && record.asWritten === undefined && record.others === undefined ? [] : [record]
    })
}

function showFact(field: Field, row: Stated, column: string | number | boolean | undefined): FactRecord {
  const stated = row.facts[field.key]
  const written = row.facts[`${field.key}?`]
  const others = showOthers(row.conflicts[field.key])
  const value = column ?? (stated === undefined ? undefined : showValue(stated))
  const source = value === undefined && written === undefined ? undefined : showSource(field.key, row)
  return {
    key: field.key,
    value,
    ...(typeof written === 'string' ? { asWritten: written } : {}),
    ...(source === undefined ? {} : { source }),
    ...(others.length === 0 ? {} : { others }),
  }
}

function showValue(value: FactValue): string | number | boolean {
  return typeof value === 'object' ? `****${value.tail}` : value
}

function showOthers(conflicts: Record<string, FactValue> | undefined): { from: string; value: string | number | boolean }[] {
  return Object.entries(conflicts ?? {}).map(([from, value]) => ({ from, value: showValue(value) }))
}

/** Which batch or correction a field's value comes from, and the day of which it speaks; a correction's day stands with the correction. */
export function showSource(key: string, row: Pick<Stated, 'sources' | 'exceptions'>): ValueSource | undefined {
  const exception = row.exceptions[key]
  if (typeof exception === 'object') return { from: 'correction', id: exception.correction, on: '' }
  // Safe: `sources` has the same days; its optional hash is not read.
  const from = sourceOf({ sources: row.sources as Record<string, { on: string }>, exceptions: row.exceptions }, key, precedenceOf(key))
  const kind = ImportKind.safeParse(from)
  const batch = from === undefined ? undefined : row.sources[from]
  return kind.success && batch !== undefined ? { from: kind.data, id: batch.batch, on: batch.on } : undefined
}

/** A number or telephone as screens show it. */
export function maskOf(kind: 'id' | 'phone', plain: string): string {
  return kind === 'id' ? maskIdNumber(plain) : maskPhone(plain)
}
