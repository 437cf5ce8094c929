import type { InputColumn } from '#kernel/pure/decisions/index.ts'
import { dateOfDays, numberFrom, type Value } from '#kernel/pure/expressions/index.ts'
import type { FactCard } from '../contract.ts'
import type { FactResult } from '../rules/fact.ts'

/** A column that is filled from the first record to the last; how many there are is not known beforehand. */
export interface ColumnBuilder {
  add(result: FactResult): void
  /** The column as the tables take it; unknown is NaN or a code below 0. */
  finish(): InputColumn
  /** Bytes that it holds. */
  readonly bytes: number
}

const firstRoom = 4_096

/** Makes the column of a fact. */
export function makeColumn(fact: FactCard): ColumnBuilder {
  if (fact.isList === true) return listColumn()
  if (fact.type === 'number') return numberColumn((values) => ({ kind: 'numbers', values, scale: fact.decimals ?? 0 }))
  if (fact.type === 'date') return numberColumn((values) => ({ kind: 'days', values }))
  return wordColumn(fact.type === 'boolean' ? [true, false] : (fact.words ?? []))
}

function numberColumn(finish: (values: Float64Array) => InputColumn): ColumnBuilder {
  let values = new Float64Array(firstRoom)
  let count = 0
  return {
    add(result) {
      if (count === values.length) {
        const larger = new Float64Array(count * 2)
        larger.set(values)
        values = larger
      }
      values[count] = typeof result === 'number' ? result : NaN
      count += 1
    },
    finish: () => finish(values.slice(0, count)),
    get bytes() {
      return count * 8
    },
  }
}

function wordColumn(known: readonly (string | boolean)[]): ColumnBuilder {
  const words: (string | boolean)[] = [...known]
  const codeOf = new Map(words.map((word, code) => [word, code]))
  let codes = new Int32Array(firstRoom)
  let count = 0
  return {
    add(result) {
      if (count === codes.length) {
        const larger = new Int32Array(count * 2)
        larger.set(codes)
        codes = larger
      }
      codes[count] = typeof result === 'string' || typeof result === 'boolean' ? codeFor(result) : -1
      count += 1
    },
    finish: () => ({ kind: 'words', codes: codes.slice(0, count), words }),
    get bytes() {
      return count * 4
    },
  }

  function codeFor(word: string | boolean): number {
    const code = codeOf.get(word)
    if (code !== undefined) return code
    codeOf.set(word, words.length)
    words.push(word)
    return words.length - 1
  }
}

function listColumn(): ColumnBuilder {
  const values: Value[] = []
  return {
    add: (result) => void values.push(result === null || typeof result !== 'object' ? null : [...result]),
    finish: () => ({ kind: 'values', values }),
    get bytes() {
      return values.length * 64
    },
  }
}

/** One fact of one record as tables see it. */
export function valueOfFact(fact: FactCard, result: FactResult): Value {
  if (result === null) return null
  if (typeof result === 'object') return [...result]
  if (typeof result !== 'number') return result
  return fact.type === 'date' ? dateOfDays(result) : numberFrom(BigInt(result), fact.decimals ?? 0)
}
