import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf } from '#kernel/pure/time/index.ts'
import { turnsOf } from './quiz-turns.ts'

const villages = ['甲', '乙', '丙'].map((name, at) => ({ path: `99.${at + 1}.`, name }))
const [first = '', second = '', third = ''] = villages.map(({ path }) => path)
const wednesday = dayOf(Date.UTC(2020, 3, 8))
const on = (areaPath: string, heldOn: string) => ({ areaPath, heldOn })

describe('meetings in turn (M-020)', () => {
  it('come to every village before any has a second one', () => {
    const from = (...meetings: { areaPath: string; heldOn: string }[]) => {
      const { held, waiting } = turnsOf(villages, meetings, wednesday)
      return [held, waiting.map(({ name }) => name).join('')]
    }
    expect(from()).toEqual([0, '甲乙丙'])
    expect(from(on(second, '2020-04-01'))).toEqual([1, '甲丙'])
    expect(from(on(second, '2020-04-01'), on(second, '2020-04-02'), on(third, '2020-04-03'))).toEqual([2, '甲'])
    // The turn is over; who had his longest ago comes first.
    expect(from(on(second, '2020-04-01'), on(third, '2020-04-03'), on(first, '2020-04-06'))).toEqual([0, '乙丙甲'])
    // One that is only planned is none yet.
    expect(from(on(first, '2020-04-09'))).toEqual([0, '甲乙丙'])
  })

  it('are held once from Monday to Sunday, wherever', () => {
    const isHeld = (heldOn: string) => turnsOf(villages, [on('99.', heldOn)], wednesday).isHeldThisWeek
    expect(['2020-04-05', '2020-04-06', '2020-04-12', '2020-04-13'].map(isHeld)).toEqual([false, true, true, false])
  })

  it('leave nobody out: held and waiting are all villages', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(first, second, third), fc.integer({ min: 1, max: 30 }))), (list) => {
        const meetings = list.map(([path, day]) => on(path, `2020-03-${String(day).padStart(2, '0')}`))
        const turns = turnsOf(villages, meetings, wednesday)
        expect(turns.held + turns.waiting.length).toBe(turns.villages)
        expect(turns.waiting.length).toBeGreaterThan(0)
      }),
    )
  })
})
