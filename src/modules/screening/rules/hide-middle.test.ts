import { expect, it } from 'vitest'
import { hideMiddle } from './hide-middle.ts'

it('shows what a column holds without showing whom it means', () => {
  expect(hideMiddle(' 990301199001011234 ')).toBe('990***34')
  expect(hideMiddle("'99030119900101123x")).toBe('990***3x')
  expect(hideMiddle('154 0000 1234')).toBe('154***34')
  expect(hideMiddle('王小明')).toBe('王＊＊')
  expect(hideMiddle('2023-09-01 00:00')).toBe('2023-09-01')
  expect(hideMiddle('12345.60')).toBe('12345.60')
  expect(hideMiddle('菱塘镇柳湾村三组王小明户反映饮水困难')).toBe('菱塘镇柳…')
})
