import fc from 'fast-check'
import { expect, it } from 'vitest'
import { wilson } from './wilson.ts'

it('agrees with published values', () => {
  // Newcombe 1998, table I: 81/263 and 15/148 by the score method without continuity correction.
  expect(wilson(81, 263)).toMatchObject({ low: expect.closeTo(0.2553, 4), high: expect.closeTo(0.3662, 4) })
  expect(wilson(15, 148)).toMatchObject({ low: expect.closeTo(0.0624, 4), high: expect.closeTo(0.1605, 4) })
  expect(wilson(0, 20)).toMatchObject({ low: 0, high: expect.closeTo(0.1611, 4) })
})

it('holds the share, stays within 0 and 1 and narrows with more answers', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (all, part) => {
      const right = part % (all + 1)
      const share = wilson(right, all)
      const more = wilson(right * 4, all * 4)
      if (share === null || more === null) return false
      return (
        share.low >= 0 &&
        share.low <= share.value &&
        share.value <= share.high &&
        share.high <= 1 &&
        more.high - more.low < share.high - share.low
      )
    }),
  )
  expect(wilson(0, 0)).toBeNull()
})
