import { describe, expect, it } from 'vitest'
import { readDay } from '#kernel/pure/time/index.ts'
import { lastDayAfter, readAuthorisation, readLists } from './authorisation-rows.ts'

const paper = { householdNo: '9903010000000001', givenOn: '2023.9.1', paper: '授〔2023〕7号' }

describe('a row of authorisations', () => {
  it('is read with the days as they are written and holds for a year where it names no end', () => {
    expect(readAuthorisation(paper, 12)).toMatchObject({
      ok: true,
      row: { householdNo: '9903010000000001', idNumber: '', givenOn: '2023-09-01', validUntil: '2024-08-31', lists: [] },
    })
    const named = { ...paper, idNumber: ' 99030119700115001x', name: '柳 青山', validUntil: '2023年12月31日', lists: '银行、车辆信息' }
    expect(readAuthorisation(named, 12)).toMatchObject({
      row: { idNumber: '99030119700115001X', name: '柳青山', validUntil: '2023-12-31', lists: ['bank', 'cars'] },
    })
  })

  it('is refused with what is wrong', () => {
    expect(readAuthorisation({ ...paper, givenOn: '去年' }, 12)).toEqual({ ok: false, reason: 'no-day' })
    expect(readAuthorisation({ ...paper, validUntil: '2023-08-31' }, 12)).toEqual({ ok: false, reason: 'wrong-days' })
    expect(readAuthorisation({ ...paper, lists: '银行、天气' }, 12)).toEqual({ ok: false, reason: 'unknown-list' })
    expect(readAuthorisation({ ...paper, paper: ' ' }, 12)).toEqual({ ok: false, reason: 'no-paper' })
    expect(readAuthorisation({ ...paper, householdNo: '' }, 12)).toEqual({ ok: false, reason: 'no-household' })
  })
})

it('knows the lists by their names, and an empty cell as all of them', () => {
  expect(readLists('全部')).toEqual([])
  expect(readLists('银行,市场监管；银行')).toEqual(['bank', 'firms'])
  expect(readLists('不知道什么')).toBeUndefined()
})

it('ends a paper on the day before its anniversary', () => {
  const ends = (from: string, months: number) => lastDayAfter(readDay(from) ?? expect.fail(), months)
  expect(ends('2023-03-01', 12)).toBe('2024-02-29')
  expect(ends('2023-09-15', 12)).toBe('2024-09-14')
  expect(ends('2023-08-31', 6)).toBe('2024-02-29')
})
