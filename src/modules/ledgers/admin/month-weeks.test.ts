import { expect, it } from 'vitest'
import { monthShift, weeksOf } from './month-weeks.ts'

it('lays a month out in whole weeks that begin on Monday', () => {
  const weeks = weeksOf('2023-12')
  expect(weeks).toHaveLength(5)
  expect([weeks[0]?.[0], weeks[4]?.[6]]).toEqual(['2023-11-27', '2023-12-31'])
  expect(weeksOf('2024-02').flat()).toContain('2024-02-29')
  expect([weeksOf('2021-02').length, weeksOf('x')]).toEqual([4, []])
  expect([monthShift('2023-12', 1), monthShift('2024-01', -1), monthShift('2024-05', -17)]).toEqual(['2024-01', '2023-12', '2022-12'])
})
