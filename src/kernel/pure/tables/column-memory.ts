import type { ColumnMap, ColumnMemory, MappedColumn, MapInput, RememberedColumn } from './column-types.ts'
import { labelKey, type Header } from './header.ts'

/** The mapping as it is kept for the sender's next file. Call it when a person has confirmed or corrected the mapping. */
export function rememberColumns(map: ColumnMap): ColumnMemory {
  const labels = [...map.columns, ...map.unused].map(({ column, label }) => ({ column, key: labelKey(label) }))
  const nthOf = ({ column, label }: MappedColumn): number =>
    labels.filter((other) => other.key === labelKey(label) && other.column < column).length
  const offset = map.shiftedBy ?? 0
  return {
    version: 1,
    fields: Object.fromEntries([
      ...map.columns.map((one) => [one.key, { label: one.label, nth: nthOf(one), column: one.column - offset }] as const),
      ...(map.dropped ?? []).map((key) => [key, null] as const),
    ]),
  }
}

/** As `rememberColumns`, of a mapping that is only known as labels by column and field key → column (`null`: the sender has no such column). */
export function memoryOfColumns(labels: readonly string[], columns: Readonly<Record<string, number | null>>): ColumnMemory {
  const keys = labels.map(labelKey)
  const kept = Object.entries(columns).map(([key, column]): [string, RememberedColumn | null] => {
    if (column === null) return [key, null]
    const nth = keys.filter((other, at) => at < column && other === keys[column]).length
    return [key, { label: labels[column] ?? '', nth, column }]
  })
  return { version: 1, fields: Object.fromEntries(kept) }
}

/**
 * Applies what a person said: field key → column from 0, `null` for a field that the sheet does not have. A column that another field held
 * passes to the new one. Everything said is sure.
 */
export function correctColumns(map: ColumnMap, header: Header, said: Readonly<Record<string, number | null>>): ColumnMap {
  const spoken = new Map(Object.entries(said))
  const taken = new Set([...spoken.values()].filter((column) => column !== null))
  const offset = map.shiftedBy ?? 0
  const labelOf = (column: number): string => header.columns.find((one) => one.column === column - offset)?.label ?? ''
  const kept = map.columns.filter(({ key, column }) => !spoken.has(key) && !taken.has(column))
  const given: MappedColumn[] = []
  for (const [key, column] of spoken)
    if (column !== null) given.push({ key, column, label: labelOf(column), confidence: 1, how: 'hand', reason: { by: 'hand' } })
  const columns = [...kept, ...given].sort((one, other) => one.column - other.column)
  const used = new Set(columns.map((one) => one.column))
  const keys = new Set(columns.map((one) => one.key))
  const known = [...new Set([...map.columns.map(({ key }) => key), ...map.missing, ...spoken.keys()])]
  return {
    ...map,
    columns,
    unused: unusedOf(header, used, offset),
    missing: known.filter((key) => !keys.has(key)),
    unsure: map.unsure.filter(({ key }) => !spoken.has(key) && (keys.has(key) || map.missing.includes(key))),
    dropped: [...new Set([...(map.dropped ?? []), ...spoken.keys()])].filter((key) => !keys.has(key)),
  }
}

/** The labelled columns that no field holds. */
export function unusedOf(header: Header, used: ReadonlySet<number>, offset: number): ColumnMap['unused'] {
  return header.columns
    .map((one) => ({ ...one, column: one.column + offset }))
    .filter(({ column }) => !used.has(column))
    .map(({ column, label, hidden }) => (hidden === true ? { column, label, hidden } : { column, label }))
}

/** What is remembered of each field, whichever way it was kept. */
export function readMemory(remembered: MapInput['remembered']): Map<string, RememberedColumn | null> {
  if (remembered === undefined) return new Map()
  if (isMemory(remembered)) return new Map(Object.entries(remembered.fields))
  return new Map(Object.entries(remembered).map(([key, label]) => [key, { label, nth: 0, column: -1 }]))
}

function isMemory(remembered: ColumnMemory | Readonly<Record<string, string>>): remembered is ColumnMemory {
  return remembered['version'] === 1
}
