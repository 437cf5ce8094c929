import { isContext, type FeelNumber, type Value } from '#kernel/pure/expressions/index.ts'
import type { DecisionTable } from './model.ts'

/** One output of many records, as words by their place in a list; -1 is null. */
export interface OutputColumn {
  readonly name: string
  readonly codes: Int32Array
  readonly words: readonly Value[]
}

/** Collects whole values of records and takes them apart into output columns. Equal values may stand twice in `values`. */
export interface ValueList {
  readonly values: Value[]
  readonly codes: Int32Array
}

/** The columns of a table's outputs: one for a table of one output or one that gives lists or single sums, else one for each. */
export function outputColumns(table: DecisionTable, { values, codes }: ValueList): OutputColumn[] {
  const name = table.outputs[0]?.name ?? table.outputLabel ?? table.outputs[0]?.label ?? ''
  const isList =
    table.hitPolicy === 'RULE ORDER' ||
    table.hitPolicy === 'OUTPUT ORDER' ||
    (table.hitPolicy === 'COLLECT' && table.aggregation === undefined)
  if (table.outputs.length === 1 || isList) return [oneColumn(name, values, codes)]
  return table.outputs.map((output) => {
    const own = output.name ?? output.label ?? ''
    const entries = values.map((value) => (isContext(value) ? (value.get(own) ?? null) : null))
    return oneColumn(own, entries, codes)
  })
}

function oneColumn(name: string, values: readonly Value[], codes: Int32Array): OutputColumn {
  if (!values.includes(null)) return { name, codes, words: values }
  const isNull = Uint8Array.from(values, (value) => (value === null ? 1 : 0))
  return { name, codes: codes.map((code) => (code < 0 || isNull[code] === 1 ? -1 : code)), words: values }
}

/**
 * An output as numbers n standing for n × 10^-scale, NaN for null and for what is no number; `inexact` counts those that have more decimals than
 * the scale or more digits than a double holds. Money in yuan at scale 2 is fen.
 */
export function numbersOf({ codes, words }: OutputColumn, scale: number): { values: Float64Array; inexact: number } {
  const numbers = Float64Array.from(words, (word) => scaledDigits(word, scale))
  const values = new Float64Array(codes.length)
  let inexact = 0
  for (let record = 0; record < codes.length; record += 1) {
    const code = codes[record] ?? -1
    const value = code < 0 ? NaN : (numbers[code] ?? NaN)
    if (value === Infinity) inexact += 1
    values[record] = value === Infinity ? NaN : value
  }
  return { values, inexact }
}

/** NaN for no number, Infinity for one that does not fit. */
function scaledDigits(value: Value, scale: number): number {
  if (value === null || typeof value !== 'object' || !('kind' in value) || value.kind !== 'number') return NaN
  return digitsAt(value, scale)
}

function digitsAt({ digits, scale: own }: FeelNumber, scale: number): number {
  const factor = 10n ** BigInt(Math.abs(scale - own))
  const whole = BigInt(digits)
  if (scale < own && whole % factor !== 0n) return Infinity
  const result = Number(scale < own ? whole / factor : whole * factor)
  return Number.isSafeInteger(result) ? result : Infinity
}
