import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCharacterOf, readIdNumber } from '#kernel/pure/text/index.ts'
import { compileRules } from './catalogue.ts'
import { fullYears, monthOf } from './facts.ts'
import { factsOfCase, type GoldenCells } from './golden-cases.ts'

const checkDay = 20231231
const rules = new Map(compileRules({ asOf: '2023-12-31', countyName: '本县', lineFen: 750_000 }).map((rule) => [rule.policy.rule, rule]))

function findsPerson(id: string, cells: GoldenCells): boolean {
  const rule = rules.get(id)
  if (rule?.subject !== 'person') throw new Error(`${id} is no rule about persons`)
  const { person, household } = factsOfCase({ person: cells }, { checkDay, isMoney: () => false })
  return Number(rule.isWrong(person, household)) > 0
}

const day = fc.record({
  year: fc.integer({ min: 1900, max: 2023 }),
  month: fc.integer({ min: 1, max: 12 }),
  dayOfMonth: fc.integer({ min: 1, max: 28 }),
})
const textOf = ({ year, month, dayOfMonth }: { year: number; month: number; dayOfMonth: number }): string =>
  `${year}${String(month).padStart(2, '0')}${String(dayOfMonth).padStart(2, '0')}`

/** A right number of a region that was never assigned. */
const rightNumber = fc.tuple(day, fc.integer({ min: 0, max: 999 })).map(([born, order]) => {
  const first17 = `990301${textOf(born)}${String(order).padStart(3, '0')}`
  return first17 + (checkCharacterOf(first17) ?? '')
})

describe('the rules of ID numbers', () => {
  it('find nothing wrong with a right number, and everything with one digit changed', () => {
    fc.assert(
      fc.property(rightNumber, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (number, at, step) => {
        const parts = readIdNumber(number)
        const cells = { idNumber: number, birthDate: parts?.bornOn, sex: parts?.sex === 'male' ? '男' : '女' }
        for (const id of ['Q002', 'Q003', 'Q004', 'Q005', 'Q006']) expect(findsPerson(id, cells), id).toBe(false)
        const digit = (Number(number[at]) + step) % 10
        const spoilt = `${number.slice(0, at)}${digit}${number.slice(at + 1)}`
        if (spoilt.startsWith('999999') || spoilt.startsWith('0')) return
        expect(findsPerson('Q003', { ...cells, idNumber: spoilt })).toBe(true)
        expect(findsPerson('Q004', { ...cells, idNumber: `${spoilt}43` })).toBe(true)
      }),
    )
  })

  it('take a certificate by its kind and grade', () => {
    fc.assert(
      fc.property(rightNumber, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), (number, kind, grade) => {
        const isRight = kind >= 1 && kind <= 7 && grade >= 1 && grade <= 4
        expect(findsPerson('Q004', { idNumber: `${number}${kind}${grade}` })).toBe(!isRight)
      }),
    )
  })
})

describe('ages', () => {
  it('are full years: one more on the birthday, none before it', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 120 }), (born, years) => {
        const bornOn = Number(textOf(born))
        const birthday = bornOn + years * 10_000
        expect(fullYears(bornOn, birthday)).toBe(years)
        expect(fullYears(bornOn, birthday - 1)).toBe(years - 1)
      }),
    )
  })

  it('of somebody born on 29 February rise on 1 March of ordinary years', () => {
    expect(fullYears(20040229, 20230228)).toBe(18)
    expect(fullYears(20040229, 20230301)).toBe(19)
    expect(fullYears(20040229, 20240229)).toBe(20)
  })

  it('are within the limits of a rule or not, whatever the day', () => {
    fc.assert(
      fc.property(day, (born) => {
        const text = textOf(born)
        const birthDate = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
        const years = 2023 - born.year // on the last day of a year everybody has had the birthday
        expect(findsPerson('Q018', { birthDate })).toBe(years >= 6 && years <= 16)
        expect(findsPerson('Q029', { birthDate, laborSkill: '普通劳动力' })).toBe(years < 16)
        expect(findsPerson('Q131', { birthDate, publicPostType: '保洁员' })).toBe(years >= 70)
      }),
    )
  })

  it('count at the beginning of work, not on the day of the check', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 2000, max: 2023 }), fc.integer({ min: 1, max: 12 }), (born, year, month) => {
        const text = textOf(born)
        const birthDate = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
        const begun = year * 10_000 + month * 100 + 1
        const works = [{ startMonth: `${year}${String(month).padStart(2, '0')}` }]
        expect(findsPerson('Q123', { birthDate, works })).toBe(fullYears(Number(text), begun) < 16)
      }),
    )
  })
})

it('months can be subtracted over the turn of a year', () => {
  expect(monthOf(2023, 1) - monthOf(2022, 12)).toBe(1)
  expect(monthOf(2023, 12) - monthOf(2020, 12)).toBe(36)
})
