import { describe, expect, it } from 'vitest'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { isClearCut, indexRegister, matchRow, type Clue } from './matching.ts'
import type { Household, Person } from './people.ts'

const village = { code: '990301101201', name: '甲村', township: '东镇', townshipCode: '990301101', groups: 2, households: 3 }
const number = (first17: string): string => first17 + (checkCharacterOf(first17) ?? '')

function household(at: number, phone: string, people: readonly [name: string, first17: string, phone: string][]): Household {
  const made: Household = { number: `99030110120100${at}`, village, group: '1组', type: '一般农户', monitored: '', phone, members: [] }
  made.members = people.map(
    ([name, first17, own], order): Person => ({
      household: made,
      order: order + 1,
      number: `${made.number}0${order + 1}`,
      name,
      sex: 'male',
      bornOn: '1970-01-01',
      idNumber: number(first17),
      relation: order === 0 ? '户主' : '之子',
      nation: '汉族',
      skill: '普通劳动力',
      phone: own,
      monthlyWageYuan: 0,
      disability: undefined,
    }),
  )
  return made
}

const head = '99039119700203123'
const son = '99039119950607456'
const households = [
  household(10, '15400000001', [
    ['刘国华', head, '15400000001'],
    ['刘宇轩', son, ''],
  ]),
  household(20, '16400000002', [['王芳', '99039219800101002', '16400000002']]),
  household(30, '16400000003', [['王芳', '99039619850909004', '16400000003']]),
]
const index = indexRegister(households)
const row = (clue: Partial<Clue>): Clue => ({ id: '', name: '刘国华', township: '', village: '', phone: '', ...clue })
const place = { township: '东镇', village: '甲村' }
const full = number(head)

describe('the class of a row', () => {
  const wrongDigit = `${full.slice(0, 9)}${(Number(full[9]) + 1) % 10}${full.slice(10)}`
  it.each([
    ['a number as registered', row({ id: full }), 'exact'],
    ['the name in traditional characters', row({ id: full, name: '劉國華' }), 'exact'],
    ['full width digits', row({ id: full.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)) }), 'normalised'],
    ['a leading apostrophe and spaces', row({ id: `' ${full} ` }), 'normalised'],
    ['a disability certificate', row({ id: `${full}43B1` }), 'normalised'],
    ['the old 15 digits', row({ id: head.slice(0, 6) + head.slice(8) }), 'repaired'],
    ['one digit wrong', row({ id: wrongDigit }), 'repaired'],
    ['the tail lost in a number cell', row({ id: { digits: `${full.slice(0, 15)}000` } }), 'repaired'],
    ['no number, one such name in the village', row({ ...place }), 'fuzzy'],
    ['a number of no use, name and telephone', row({ id: '9.90391E+17', phone: '15400000001' }), 'fuzzy'],
  ])('%s leads to the person', (_, clue, kind) => {
    expect(matchRow(index, clue)).toEqual({ class: kind, person: households[0]?.members[0] })
  })

  it('finds a member by name under the head’s number', () => {
    expect(matchRow(index, row({ id: full, name: '刘宇轩' }))).toEqual({ class: 'repaired', person: households[0]?.members[1] })
  })

  it.each([
    ['two of one name in the village', row({ name: '王芳', ...place }), 'ambiguous'],
    ['neither number, place nor telephone', row({}), 'ambiguous'],
    ['a good number nobody has', row({ id: number('99039719700203999') }), 'none'],
    ['a name nobody has', row({ name: '赵明', ...place }), 'none'],
  ])('%s leads to nobody', (_, clue, kind) => {
    expect(matchRow(index, clue)).toEqual({ class: kind, person: undefined })
  })

  it('tells two of one name apart by telephone', () => {
    expect(matchRow(index, row({ name: '王芳', ...place, phone: '16400000003' })).person).toBe(households[2]?.members[0])
  })
})

it('calls a row clear-cut only when tones do not matter', () => {
  const heard = row({ name: '王方', ...place, phone: '16400000002' })
  expect(isClearCut(index, heard, matchRow(index, heard))).toBe(true)
  const loose = row({ name: '刘国化', ...place })
  expect(matchRow(index, loose).class).toBe('none')
})
