import { expect, it } from 'vitest'
import { isId, makeId } from './index.ts'

it('ids of one millisecond sort in the order in which they were made, and none comes twice', () => {
  const at = Date.UTC(2023, 11, 18)
  const made = Array.from({ length: 2000 }, () => makeId(at))
  expect(made.every(isId)).toBe(true)
  expect([...made].sort()).toEqual(made)
  expect(new Set(Array.from({ length: 10_000 }, () => makeId(at))).size).toBe(10_000)
  expect(makeId(at + 1) > (made.at(-1) ?? '')).toBe(true)
})
