import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeBounds, segmentOf, segmentsOf } from './columns-bounds.ts'
import { bindPlan } from './columns-bind.ts'
import type { InputColumn } from './columns-input.ts'
import { contradiction, matchAll, matchOne, noRow, type Wanted } from './columns-match.ts'
import { makePlan } from './columns-plan.ts'
import type { CellSet, Piece, Point } from './columns-sets.ts'

const point = fc.record({ digits: fc.bigInt(-60n, 60n), scale: fc.constantFrom(0, 1) })
const piece = fc.record({
  low: fc.option(point, { nil: undefined }),
  lowClosed: fc.boolean(),
  high: fc.option(point, { nil: undefined }),
  highClosed: fc.boolean(),
})
const numberSet: fc.Arbitrary<CellSet> = fc.oneof(
  fc.constant<CellSet>({ kind: 'any' }),
  fc.record({
    kind: fc.constant('ordered' as const),
    of: fc.constant('number' as const),
    pieces: fc.array(piece, { maxLength: 3 }),
    acceptsUnknown: fc.boolean(),
  }),
)
const words = ['甲', '乙', '丙', '丁']
const wordSet: fc.Arbitrary<CellSet> = fc.oneof(
  fc.constant<CellSet>({ kind: 'any' }),
  fc.record({
    kind: fc.constant('words' as const),
    of: fc.constant('string' as const),
    words: fc.uniqueArray(fc.constantFrom(...words.slice(0, 3))).map((chosen) => new Set(chosen)),
    isExcept: fc.boolean(),
    acceptsUnknown: fc.boolean(),
  }),
)

const tenths = ({ digits, scale }: Point) => Number(digits) * (scale === 0 ? 10 : 1)

/** The sets as they are defined, value by value: the oracle. */
function accepts(set: CellSet, value: number | string | null): boolean {
  if (set.kind === 'any' || set.kind === 'asked') return true
  if (value === null) return set.acceptsUnknown
  if (set.kind === 'words') return set.words.has(String(value)) !== set.isExcept
  return set.pieces.some((one) => isWithin(one, Number(value) * 10))
}

function isWithin({ low, lowClosed, high, highClosed }: Piece, value: number): boolean {
  const isAbove = low === undefined || tenths(low) < value || (lowClosed && tenths(low) === value)
  return isAbove && (high === undefined || value < tenths(high) || (highClosed && value === tenths(high)))
}

const row = fc.tuple(numberSet, wordSet, numberSet)
const record = fc.tuple(
  fc.option(fc.integer({ min: -7, max: 7 }), { nil: null }),
  fc.option(fc.constantFrom(...words), { nil: null }),
  fc.option(fc.integer({ min: -7, max: 7 }), { nil: null }),
)

/** The second number stands in a column of tenths with a bitmap, the first in one of whole numbers with NaN. */
function columnsOf(records: readonly (readonly [number | null, string | null, number | null])[]): InputColumn[] {
  const unknown = new Uint8Array(Math.ceil(records.length / 8))
  for (const [at, [, , value]] of records.entries()) if (value === null) unknown[at >> 3] = (unknown[at >> 3] ?? 0) | (1 << (at & 7))
  return [
    { kind: 'numbers', values: Float64Array.from(records, ([value]) => value ?? NaN) },
    { kind: 'words', codes: Int32Array.from(records, ([, word]) => (word === null ? -1 : words.indexOf(word))), words },
    { kind: 'numbers', values: Float64Array.from(records, ([, , value]) => (value ?? 0) * 10), scale: 1, unknown },
  ]
}

describe('rows found by masks', () => {
  it('are those whose every cell accepts the record, for every hit policy and any number of rows', () => {
    const tables = fc.oneof(fc.array(row, { maxLength: 40 }), fc.array(row, { minLength: 1020, maxLength: 1060 }))
    fc.assert(
      fc.property(tables, fc.array(record, { maxLength: 60 }), (rows, records) => {
        const plan = makePlan(rows, 3)
        const bound = bindPlan(plan, columnsOf(records), records.length)
        const expected = records.map((one) =>
          rows.flatMap((cells, at) => (cells.every((cell, input) => accepts(cell, one[input] ?? null)) ? [at] : [])),
        )
        const rules = (wanted: Wanted) => ({ wanted, sameAs: Int32Array.from(rows, (_, at) => at % 3), confirm: () => true })
        const all = matchAll(bound.chunks, records.length, rules('all'))
        expect(bound.odd).toEqual([])
        expect(records.map((_, at) => [...all.rows.subarray(all.offsets[at], all.offsets[at + 1])])).toEqual(expected)
        expect([...matchOne(bound.chunks, records.length, rules('first'))]).toEqual(expected.map((found) => found[0] ?? noRow))
        expect([...matchOne(bound.chunks, records.length, rules('only'))]).toEqual(
          expected.map((found) => (found.length > 1 ? contradiction : (found[0] ?? noRow))),
        )
        expect([...matchOne(bound.chunks, records.length, rules('same'))]).toEqual(
          expected.map((found) => (new Set(found.map((at) => at % 3)).size > 1 ? contradiction : (found[0] ?? noRow))),
        )
      }),
      { numRuns: 60 },
    )
  })
})

describe('bounds', () => {
  it('give every value its segment, close together or far apart', () => {
    const ends = fc.uniqueArray(fc.oneof(fc.integer(), fc.integer({ min: -9, max: 9 }), fc.maxSafeInteger()), { minLength: 1 })
    fc.assert(
      fc.property(ends, fc.array(fc.maxSafeInteger()), (unordered, others) => {
        const ascending = [...unordered].sort((one, other) => one - other)
        const bounds = makeBounds(ascending)
        const values = Float64Array.from([...others, ...ascending, ...ascending.map((end) => end - 1), NaN])
        const into = new Int32Array(values.length)
        segmentsOf(bounds, values, { from: 0, count: values.length, unknownSegment: 99_999, into })
        const expected = Array.from(values, (value) => ascending.filter((end) => end <= value).length)
        expect([...into.subarray(0, -1)]).toEqual(expected.slice(0, -1))
        expect(into[values.length - 1]).toBe(99_999)
        expect(Array.from(values, (value) => segmentOf(bounds, value)).slice(0, -1)).toEqual(expected.slice(0, -1))
      }),
    )
  })
})
