import { dateOfDays, type FeelNumber, numberFrom, numberOf, type Value } from '#kernel/pure/expressions/index.ts'

/** What every column may say: one bit for each record, lowest bit first, set where nothing is known. */
interface MayBeUnknown {
  readonly unknown?: Uint8Array | undefined
}

/** Numbers: `values[r] × 10^-scale`, exact while they are integers below 2^53 (fen have scale 2 where the table speaks of yuan). NaN is unknown. */
export interface NumberColumn extends MayBeUnknown {
  readonly kind: 'numbers'
  readonly values: Float64Array
  readonly scale?: number | undefined
}

/** Days since 1970-01-01; NaN is unknown. */
export interface DayColumn extends MayBeUnknown {
  readonly kind: 'days'
  readonly values: Float64Array
}

/** Words by their place in a list: choices, names, true and false. A code below 0 is unknown. */
export interface WordColumn extends MayBeUnknown {
  readonly kind: 'words'
  readonly codes: Int32Array | Uint16Array | Uint8Array
  readonly words: readonly Value[]
}

/** Values as the evaluator has them; every different one is looked at once. */
export interface ValueColumn extends MayBeUnknown {
  readonly kind: 'values'
  readonly values: readonly Value[]
}

/** One fact of many records. */
export type InputColumn = NumberColumn | DayColumn | WordColumn | ValueColumn

/** True where the fact of a record is not known by its bit; NaN and codes below 0 come on top. */
export function isUnknownAt(column: InputColumn, record: number): boolean {
  return column.unknown !== undefined && (((column.unknown[record >> 3] ?? 0) >> (record & 7)) & 1) === 1
}

/** The value of one record, null where it is unknown. */
export function valueAt(column: InputColumn, record: number): Value {
  if (isUnknownAt(column, record)) return null
  if (column.kind === 'values') return column.values[record] ?? null
  if (column.kind === 'words') return column.words[column.codes[record] ?? -1] ?? null
  const value = column.values[record] ?? NaN
  if (!Number.isFinite(value)) return null
  return column.kind === 'days' ? dateOfDays(value) : scaledNumber(value, column.scale ?? 0)
}

function scaledNumber(value: number, scale: number): FeelNumber | null {
  const whole = numberOf(value)
  return scale === 0 ? whole : numberFrom(BigInt(whole.digits), whole.scale + scale)
}

/** How many records a column has. */
export function lengthOf(column: InputColumn): number {
  return column.kind === 'words' ? column.codes.length : column.values.length
}

/** True when every value is an integer of which a double knows every digit, or unknown. */
export function areIntegers(values: Float64Array): boolean {
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? NaN
    if (value === value && !Number.isSafeInteger(value)) return false
  }
  return true
}

/** Any column as words by their place in a list; equal plain values share a place. */
export function asWords(column: InputColumn): WordColumn {
  if (column.kind === 'words') return column
  const count = lengthOf(column)
  const codes = new Int32Array(count).fill(-1)
  const words: Value[] = []
  const seen = new Map<string, number>()
  for (let record = 0; record < count; record += 1) {
    const value = valueAt(column, record)
    if (value === null) continue
    const key = keyOf(value)
    const known = key === undefined ? undefined : seen.get(key)
    codes[record] = known ?? words.length
    if (known !== undefined) continue
    if (key !== undefined) seen.set(key, words.length)
    words.push(value)
  }
  return { kind: 'words', codes, words }
}

/** A text that two plain values share only when they are the same. */
function keyOf(value: Value): string | undefined {
  if (typeof value === 'string') return `"${value}`
  if (typeof value === 'boolean') return String(value)
  if (value === null || !('kind' in value)) return undefined
  if (value.kind === 'number') return `${value.digits}e${value.scale}`
  if (value.kind === 'date') return `${value.year}/${value.month}/${value.day}`
  return undefined
}
