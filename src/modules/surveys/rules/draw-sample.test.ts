import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawSample, shareOut } from './draw-sample.ts'
import { levelled, shareWork } from './share-work.ts'
import { nextCallMs, stateAfterCall } from './target-states.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const people = (sizes: readonly number[]) =>
  sizes.flatMap((size, stratum) =>
    Array.from({ length: size }, (_, at) => ({ id: `${stratum}-${at}`, no: `${stratum}-${at}`, stratum: `t${stratum}` })),
  )

describe('a sample', () => {
  it('is the same for the same seed in whatever order the list comes, and another for another seed', () => {
    const all = people([30, 20, 10])
    const draw = (list: typeof all, seed: string) =>
      drawSample(list, { size: 12, seed, hash })
        .map((one) => one.id)
        .sort()
    expect(draw([...all].reverse(), '2026-双随机')).toEqual(draw(all, '2026-双随机'))
    expect(draw(all, '2027')).not.toEqual(draw(all, '2026-双随机'))
  })

  it('takes from each township by its size, exactly as many as asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 200 }),
        (sizes, size) => {
          const all = people(sizes)
          const drawn = drawSample(all, { size, seed: 'seed', hash })
          expect(drawn).toHaveLength(Math.min(size, all.length))
          expect(new Set(drawn.map((one) => one.id)).size).toBe(drawn.length)
          for (const [stratum, count] of sizes.entries()) {
            const got = drawn.filter((one) => one.stratum === `t${stratum}`).length
            const exact = all.length === 0 ? 0 : (count * Math.min(size, all.length)) / all.length
            expect(Math.abs(got - exact)).toBeLessThan(1)
          }
        },
      ),
    )
    expect([
      ...shareOut(
        new Map([
          ['a', 1],
          ['b', 1],
          ['c', 1],
        ]),
        2,
      ),
    ]).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 0],
    ])
  })
})

describe('work given to callers', () => {
  it('goes to the same height, by blocks of neighbours, only where somebody may work', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 0, max: 80 }),
        (held, more) => {
          const counts = levelled(held, more)
          expect(counts.reduce((sum, one) => sum + one, 0)).toBe(more)
          const after = held.map((one, at) => one + (counts[at] ?? 0))
          const raised = after.filter((_, at) => (counts[at] ?? 0) > 0)
          if (raised.length > 0) expect(Math.max(...raised) - Math.min(...after)).toBeLessThanOrEqual(1)
        },
      ),
    )
    const targets = ['1.1.', '1.1.', '1.2.', '1.2.', '2.1.'].map((areaPath, at) => ({ targetId: `${at}`, areaPath }))
    const given = shareWork(
      [
        { userId: 'a', areaPath: '1.' },
        { userId: 'b', areaPath: '1.' },
      ],
      targets,
    )
    expect([...given]).toEqual([
      ['0', 'a'],
      ['1', 'a'],
      ['2', 'b'],
      ['3', 'b'],
    ])
    const mixed = shareWork(
      [
        { userId: 'county', areaPath: '' },
        { userId: 'township', areaPath: '2.' },
      ],
      targets,
    )
    expect(mixed.size).toBe(5)
    for (const [targetId, userId] of mixed) if (userId === 'township') expect(targetId).toBe('4')
  })
})

describe('a call that came to nothing', () => {
  const terms = { mostAttempts: 3, retryHours: 4, fromHour: 8, toHour: 20 }
  it('is tried again until the calls are used up', () => {
    expect([1, 2, 3].map((attempts) => stateAfterCall('no-answer', attempts, terms))).toEqual(['retry', 'retry', 'unreached'])
    expect(stateAfterCall('call-back', 9, terms)).toBe('retry')
    expect(stateAfterCall('refused', 1, terms)).toBe('refused')
  })
  it('is tried again some hours later, within the hours in which one calls', () => {
    const at = (text: string) => new Date(nextCallMs(Date.parse(`${text}+08:00`), terms) + 8 * 3_600_000).toISOString().slice(0, 16)
    expect(at('2026-03-20T09:30:00')).toBe('2026-03-20T13:30')
    expect(at('2026-03-20T17:00:00')).toBe('2026-03-21T08:00')
    expect(at('2026-03-20T01:00:00')).toBe('2026-03-20T08:00')
  })
})
