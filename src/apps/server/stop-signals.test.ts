import { describe, expect, it } from 'vitest'
import { countStops } from './stop-signals.ts'

describe('wishes to stop', () => {
  it('stop at the first, ask for patience at the second, and end at once at the third', () => {
    const count = countStops()
    expect([0, 3_000, 6_000].map(count)).toEqual(['stop', 'patience', 'abort'])
  })

  it('take the same signal from the terminal, from npm and from the parent as one', () => {
    const count = countStops()
    expect([0, 1, 30, 2_000, 2_001, 2_040].map(count)).toEqual(['stop', undefined, undefined, 'patience', undefined, undefined])
  })
})
