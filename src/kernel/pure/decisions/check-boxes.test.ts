import fc from 'fast-check'
import { expect, it } from 'vitest'
import { uncovered, type Box, type Range } from './check-boxes.ts'

const size = 6
const ranges = fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { minLength: 1 }).map((segments): Range[] => {
  const joined: [number, number][] = []
  for (const segment of [...segments].sort((one, other) => one - other)) {
    const last = joined[joined.length - 1]
    if (last !== undefined && last[1] === segment - 1) last[1] = segment
    else joined.push([segment, segment])
  }
  return joined
})
const box: fc.Arbitrary<Box> = fc.tuple(ranges, ranges, ranges)

const isIn = (place: readonly number[], one: Box) =>
  place.every((at, input) => (one[input] ?? []).some(([from, to]) => from <= at && at <= to))

it('finds exactly the places of a box that no row covers, each once', () => {
  const places = Array.from({ length: size ** 3 }, (_, at) => [at % size, Math.floor(at / size) % size, Math.floor(at / size ** 2)])
  fc.assert(
    fc.property(box, fc.array(box, { maxLength: 12 }), (whole, rows) => {
      const found = uncovered(whole, rows, { budget: { left: 1_000_000 }, most: 1_000 }) ?? []
      for (const place of places) {
        const isLeft = isIn(place, whole) && !rows.some((one) => isIn(place, one))
        expect(found.filter((one) => isIn(place, one)).length).toBe(isLeft ? 1 : 0)
      }
    }),
    { numRuns: 300 },
  )
})

it('gives up when the budget is used up', () => {
  const rows: Box[] = Array.from({ length: 5 }, (_, at) => [[[at, at]], [[at, at]]])
  expect(uncovered([[[0, 5]], [[0, 5]]], rows, { budget: { left: 3 }, most: 10 })).toBeUndefined()
})
