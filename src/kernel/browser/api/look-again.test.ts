import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { lookAgain } from './index.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => vi.useRealTimers())

it('work is looked at often while it is young, then less, not at all when it rests, and often again when it begins anew', () => {
  const query = {}
  const intervals = [0, 1_999, 1, 3_999, 1, 60_000].map((passed) => {
    vi.advanceTimersByTime(passed)
    return lookAgain(query, true)
  })
  expect(intervals).toEqual([200, 200, 500, 500, 1_000, 1_000])
  expect(lookAgain(query, false)).toBe(false)
  expect(lookAgain(query, true)).toBe(200)
  expect(lookAgain({}, true)).toBe(200)
})
