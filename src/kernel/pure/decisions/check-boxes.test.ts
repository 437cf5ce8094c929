import fc from 'fast-check'
import { expect, it } from 'vitest'
import { uncovered, type Box, type Range } from './check-boxes.ts'
import { divide } from './check-divide.ts'

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

it.each([
  ['cut by cut', uncovered],
  ['by halves', divide],
])('finds exactly the places of a box that no row covers, each once, %s', (_, find) => {
  const places = Array.from({ length: size ** 3 }, (_, at) => [at % size, Math.floor(at / size) % size, Math.floor(at / size ** 2)])
  fc.assert(
    fc.property(box, fc.array(box, { maxLength: 12 }), (whole, rows) => {
      const found = find(whole, rows, { budget: { left: 1_000_000 }, most: 1_000 }) ?? []
      for (const place of places) {
        const isLeft = isIn(place, whole) && !rows.some((one) => isIn(place, one))
        expect(found.filter((one) => isIn(place, one)).length).toBe(isLeft ? 1 : 0)
      }
    }),
    { numRuns: 300 },
  )
})

it('halves where rows end in several inputs at once: a table of 2,000 leaves, whole and with one leaf missing, in few steps', () => {
  const leaves = leavesOf(2_000, 4)
  const budget = { left: 1_000_000 }
  const domain: Box = leaves.domain
  expect(divide(domain, leaves.boxes, { budget, most: 50 })).toEqual([])
  expect(
    divide(
      domain,
      leaves.boxes.filter((_, at) => at !== 777),
      { budget, most: 50 },
    ),
  ).toEqual([leaves.boxes[777]])
})

/** A box cut into many, each time one of them at a place and in an input that the number of the cut decides. */
function leavesOf(count: number, inputs: number): { domain: Box; boxes: Box[] } {
  const domain = Array.from({ length: inputs }, (): [number, number] => [0, 2 ** 20 - 1])
  const boxes = [domain]
  for (let cut = 0; boxes.length < count; cut += 1) {
    const [leaf] = boxes.splice((cut * 7919) % boxes.length, 1)
    const input = (cut * 31) % inputs
    const [first, last] = leaf?.[input] ?? [0, 0]
    if (leaf === undefined || last - first < 2) throw new Error('a leaf can be cut')
    const at = first + Math.floor((last - first) * (0.3 + ((cut * 13) % 40) / 100))
    const half = (range: [number, number]) => leaf.map((own, place) => (place === input ? range : own))
    boxes.push(half([first, at]), half([at + 1, last]))
  }
  const boxOf = (leaf: [number, number][]): Box => leaf.map((range) => [range])
  return { domain: boxOf(domain), boxes: boxes.map(boxOf) }
}

it('gives up when the budget is used up', () => {
  const rows: Box[] = Array.from({ length: 5 }, (_, at) => [[[at, at]], [[at, at]]])
  expect(uncovered([[[0, 5]], [[0, 5]]], rows, { budget: { left: 3 }, most: 10 })).toBeUndefined()
  expect(divide([[[0, 5]], [[0, 5]]], rows, { budget: { left: 3 }, most: 10 })).toBeUndefined()
})
