import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayOf, dayShapes, fullMonthsBetween, lastDayOf, parseDay, readDay, readMonth, type Day } from './index.ts'

// Safe: literals of the tests are real days.
const day = (text: string) => text as Day

describe('days as they stand in cells', () => {
  it.each(dayShapes)('reads %s as %s', (cell, expected) => expect(parseDay(cell)).toBe(expected))

  it.each([
    '',
    '2023-13-01',
    '2023-02-30',
    '九月',
    '12345678',
    '2023',
    'x2023-01-01',
    '2023年9月上旬',
    '2023年9月 上旬',
    '2023.9.1-2023.9.30',
    '2023.9.1 - 2023.9.30',
    '3/4/2023',
    '09/01/23',
    '9.1',
    '十月',
    '二〇二三年',
    '1-Abc-2023',
    '20239999',
    '202309011',
    '211002012003',
    '20230901250000',
    '990101199001011009',
  ])('does not guess %j', (cell) => expect(parseDay(cell)).toBeUndefined())

  it('reads numbers in words as the same day', () => {
    const words = (value: number): string =>
      value < 10
        ? '〇一二三四五六七八九'.charAt(value)
        : `${value < 20 ? '' : '一二三'.charAt(Math.floor(value / 10) - 1)}十${'一二三四五六七八九'.charAt((value % 10) - 1)}`
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (days) => {
        const text = dayOf(days * 86_400_000)
        const [year = '', month, date] = text.split('-')
        const inWords = `${Array.from(year, (digit) => words(Number(digit))).join('')}年${words(Number(month))}月${words(Number(date))}日`
        expect(parseDay(inWords)).toBe(text)
      }),
    )
  })

  it('shifts serial numbers of 1904 workbooks by 1,462 days', () => expect(parseDay('43708', { date1904: true })).toBe('2023-09-01'))
})

describe('months', () => {
  it.each([
    ['2023-06-23', '2023-09-22', 2],
    ['2023-06-23', '2023-09-23', 3],
    ['2023-06-30', '2023-09-30', 3],
    ['2023-08-31', '2023-09-30', 1],
    ['2023-01-31', '2023-02-28', 1],
    ['2023-09-30', '2023-09-30', 0],
  ])('from %s to %s are %i', (from, to, months) => expect(fullMonthsBetween(day(from), day(to))).toBe(months))

  it('end on the day of the calendar', () => {
    const month = readMonth('202402')
    expect(month === undefined ? '' : lastDayOf(month)).toBe('2024-02-29')
    expect(readMonth('202413')).toBeUndefined()
  })
})

describe('the calendar', () => {
  it('adds days both ways and comes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: -5000, max: 5000 }), (start, days) => {
        const from = dayOf(start * 86_400_000)
        expect(addDays(addDays(from, days), -days)).toBe(from)
        expect(readDay(from)).toBe(from)
      }),
    )
  })

  it('begins a day at midnight in Shanghai', () => {
    expect(dayOf(Date.parse('2023-09-30T15:59:59Z'))).toBe('2023-09-30')
    expect(dayOf(Date.parse('2023-09-30T16:00:00Z'))).toBe('2023-10-01')
  })
})
