import { valueAt, type Facts, type InputColumn } from '#kernel/pure/decisions/index.ts'
import { toJson, type Json } from '#kernel/pure/expressions/index.ts'

/** The columns of some households only, in the order of `places`. */
export function pickRecords(facts: Facts, places: Int32Array): Facts {
  return Object.fromEntries(Object.entries(facts).map(([name, column]) => [name, pickColumn(column, places)]))
}

function pickColumn(column: InputColumn, places: Int32Array): InputColumn {
  const unknown = column.unknown === undefined ? {} : { unknown: pickBits(column.unknown, places) }
  switch (column.kind) {
    case 'numbers':
    case 'days':
      return { ...column, ...unknown, values: Float64Array.from(places, (place) => column.values[place] ?? NaN) }
    case 'words':
      return { ...column, ...unknown, codes: Int32Array.from(places, (place) => column.codes[place] ?? -1) }
    case 'values':
      return { ...column, ...unknown, values: Array.from(places, (place) => column.values[place] ?? null) }
  }
}

function pickBits(bits: Uint8Array, places: Int32Array): Uint8Array {
  const picked = new Uint8Array((places.length + 7) >> 3)
  for (const [at, place] of places.entries()) {
    const isSet = (((bits[place >> 3] ?? 0) >> (place & 7)) & 1) === 1
    if (isSet) picked[at >> 3] = (picked[at >> 3] ?? 0) | (1 << (at & 7))
  }
  return picked
}

/**
 * Prints the facts of one household as a JSON list in the order of `names`; null is unknown. Values of a column that were printed before are
 * remembered: most households share a few.
 */
export function makeFactPrinter(facts: Facts, names: readonly string[]): (record: number) => string {
  const columns = names.map((name) => printColumn(facts[name]))
  return (record) => {
    let text = '['
    for (let at = 0; at < columns.length; at += 1) text += (at === 0 ? '' : ',') + (columns[at]?.(record) ?? 'null')
    return `${text}]`
  }
}

const mostRemembered = 100_000

function printColumn(column: InputColumn | undefined): ((record: number) => string) | undefined {
  if (column === undefined) return undefined
  const print = (record: number) => JSON.stringify(toJson(valueAt(column, record)))
  if (column.kind === 'values' || column.unknown !== undefined) return print
  const of: ArrayLike<number> = column.kind === 'words' ? column.codes : column.values
  const known = new Map<number, string>()
  return (record) => {
    const value = of[record] ?? -1
    let text = known.get(value)
    if (text === undefined) {
      text = print(record)
      if (known.size < mostRemembered) known.set(value, text)
    }
    return text
  }
}

/** A column as plain JSON values, for the few that people read beside the results. */
export function jsonAt(column: InputColumn | undefined, record: number): Json {
  return column === undefined ? null : toJson(valueAt(column, record))
}
