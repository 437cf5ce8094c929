import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameOf, marksOn, placeOn, scaleOf, zoomed } from './map-plan.ts'

const placed = fc.array(
  fc.record({
    id: fc.uuid(),
    longitude: fc.double({ min: 100, max: 120, noNaN: true }),
    latitude: fc.double({ min: 20, max: 50, noNaN: true }),
  }),
  { minLength: 1, maxLength: 40 },
)

describe('a plan', () => {
  it('shows everything that it is drawn for, each once', () => {
    fc.assert(
      fc.property(placed, (all) => {
        const frame = frameOf(all)
        const shown = frame === undefined ? [] : marksOn(frame, all).flatMap((mark) => mark.ids)
        expect([...shown].sort((one, other) => (one < other ? -1 : 1))).toEqual(
          all.map((one) => one.id).sort((one, other) => (one < other ? -1 : 1)),
        )
      }),
    )
    expect(frameOf([])).toBeUndefined()
  })

  it('is as long as the land: a kilometre to the east is as far on it as one to the north', () => {
    const frame = { longitude: 110, latitude: 60, metres: 10_000 }
    const degree = 1000 / 111_320
    // At 60° north a degree of longitude is half as long.
    expect(placeOn(frame, { longitude: 110 + degree * 2, latitude: 60 }).x).toBeCloseTo(0.6, 6)
    expect(placeOn(frame, { longitude: 110, latitude: 60 + degree }).y).toBeCloseTo(0.4, 6)
  })

  it('puts neighbours under one mark until it is looked at from nearer', () => {
    const near = [0, 0.001].map((more, at) => ({ id: String(at), longitude: 110 + more, latitude: 27 }))
    const far = { id: 'far', longitude: 110.5, latitude: 27.5 }
    const frame = frameOf([...near, far])
    if (frame === undefined) throw new Error('there is something to show')
    expect(marksOn(frame, [...near, far]).map((mark) => mark.ids.length)).toEqual([1, 2])
    const nearer = frameOf(near)
    expect(nearer === undefined ? [] : marksOn(nearer, near).map((mark) => mark.ids.length)).toEqual([1, 1])
    expect(zoomed(frame, 0.5).metres).toBe(frame.metres / 2)
    expect(zoomed(frame, 0).metres).toBe(200)
  })

  it('has a bar of a round length', () => {
    expect(scaleOf({ longitude: 0, latitude: 0, metres: 10_000 })).toEqual({ metres: 2000, length: 0.2 })
    expect(scaleOf({ longitude: 0, latitude: 0, metres: 3000 })).toEqual({ metres: 1000, length: 1 / 3 })
    expect(scaleOf({ longitude: 0, latitude: 0, metres: 800 })).toEqual({ metres: 200, length: 0.25 })
  })
})
