import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readIndicators, readPeriod, showRatio, yearBefore } from './index.ts'

const days = (text: string) => {
  const period = readPeriod(text)
  return period === undefined ? undefined : `${period.from} ${period.to}`
}

describe('a period', () => {
  it('is a year, a half, a quarter, a month, a day or days', () => {
    expect(days('2023')).toBe('2023-01-01 2023-12-31')
    expect(days('2023H2')).toBe('2023-07-01 2023-12-31')
    expect(days('2024Q1')).toBe('2024-01-01 2024-03-31')
    expect(days('2024-02')).toBe('2024-02-01 2024-02-29')
    expect(days('2023-06-30')).toBe('2023-06-30 2023-06-30')
    expect(days('2023-01-15..2023-06-30')).toBe('2023-01-15 2023-06-30')
  })

  it('is refused when it is none', () => {
    for (const text of [
      '',
      '23',
      '2023-13',
      '2023-00',
      '2023Q5',
      '2023H3',
      '2023-02-30',
      '2023-06-30..2023-06-29',
      '2023..2024',
      '2023-01-01..',
      '1..2..3',
    ])
      expect([text, days(text)]).toEqual([text, undefined])
  })

  it('has the same days a year before; 29 February becomes the end of its month', () => {
    const before = (text: string) => {
      const period = readPeriod(text)
      return period === undefined ? undefined : `${yearBefore(period).from} ${yearBefore(period).to}`
    }
    expect(before('2023H1')).toBe('2022-01-01 2022-06-30')
    expect(before('2024-02')).toBe('2023-02-01 2023-02-28')
  })
})

describe('R12: a ratio', () => {
  it('is rounded half up to the printed decimals', () => {
    expect([showRatio(732, 1181, 0), showRatio(200, 465, 0), showRatio(164, 465, 0)]).toEqual(['62', '43', '35'])
    expect([showRatio(2846, 3054, 1), showRatio(1272, 1696, 0), showRatio(316, 391, 1)]).toEqual(['93.2', '75', '80.8'])
  })

  it('has no value for a base of 0 and is 100 only where all of the base is met', () => {
    expect(showRatio(0, 0, 0)).toBeUndefined()
    expect([showRatio(99_996, 100_000, 2), showRatio(9_999, 10_000, 0), showRatio(7, 7, 2)]).toEqual(['99.99', '99', '100.00'])
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 10_000 }), fc.nat(4), (part, base, decimals) => {
        const shown = Number(showRatio(part, base, decimals))
        expect(shown === 100).toBe(part === base)
        expect(Math.abs(shown - (100 * part) / base)).toBeLessThanOrEqual(part === base ? 0 : 1.001 / 10 ** decimals)
      }),
    )
  })
})

describe('a definition', () => {
  const one = {
    key: 'cases.open',
    name: { zh: '在办', en: 'open' },
    unit: '户',
    kind: 'stock',
    view: 'cases.v_case',
    measure: { count: 'rows' },
  }

  it('is read with its defaults', () => {
    expect(readIndicators([one])).toMatchObject([{ decimals: 0, filters: [], dimensions: [] }])
  })

  it('cannot name anything but a view and its columns', () => {
    for (const wrong of [
      { view: 'cases.case_file' },
      { view: 'cases.v_case; drop table x' },
      { measure: { sum: 'a"b' } },
      { measure: { sum: 'now()' } },
    ])
      expect(() => readIndicators([{ ...one, ...wrong }])).toThrow()
  })
})
