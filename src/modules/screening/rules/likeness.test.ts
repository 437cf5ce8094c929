import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { soundOf } from '../server/sound-of.ts'
import { buildIndex, type IndexPerson } from './build-index.ts'
import { soundsLike } from './like-names.ts'
import { readingsOf, scoreRow } from './likeness.ts'
import { makeLocator } from './locate.ts'
import { matchRow, type Matcher } from './match-row.ts'

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
// Region 990391 was never assigned.
const numberOf = (order: number) => {
  const first = `99039119680203${String(order).padStart(3, '0')}`
  return first + (checkCharacterOf(first) ?? '')
}
const person = (at: number, given: Partial<IndexPerson>): IndexPerson => ({
  personId: id(at),
  idNumber: '',
  name: `${'赵钱孙李周吴郑王'[at % 8] ?? ''}${'山河湖海江川'[at % 6] ?? ''}${'春夏秋冬梅兰竹'[at % 7] ?? ''}`,
  phones: [],
  isHead: false,
  seqNo: at,
  monthlyIncome: undefined,
  householdId: id(at),
  householdNo: String(at),
  registered: false,
  monitored: false,
  place: { township: '菱塘镇', village: ['柳湾村', '荷坪村'][at % 2] ?? '', group: '1组', areaPath: '99.' },
  ...given,
})

/** The persons first, then people of other names so that frequencies mean something. */
function matcherOf(persons: readonly Partial<IndexPerson>[]): Matcher {
  const builder = buildIndex(soundOf)
  persons.forEach((given, at) => builder.add(person(at, given)))
  for (let at = 100; at < 2100; at += 1) builder.add(person(at, {}))
  const index = builder.finish()
  return { index, locator: makeLocator(index), soundOf }
}

function ask(matcher: Matcher, row: { id?: string; name: string; village?: string; phone?: string }) {
  const place = matcher.locator.locate({
    township: row.village === undefined ? '' : '菱塘镇',
    village: row.village ?? '',
    group: '',
    address: '',
  })
  return matchRow(matcher, { id: row.id ?? '', lostTail: false, name: row.name, hasNames: true, phone: row.phone ?? '', place })
}

const home = { name: '欧国强', idNumber: numberOf(457), phones: ['15400000001'] }
const slip = `${numberOf(457).slice(0, 9)}${(Number(numberOf(457)[9]) + 1) % 10}${numberOf(457).slice(10)}`

describe('a name that is not written as in the register', () => {
  const matcher = matcherOf([home])
  it.each([
    ['misheard, with the right number', { id: numberOf(457), name: '欧果强' }, 'exact'],
    ['in another order, with the right number', { id: numberOf(457), name: '欧强国' }, 'repaired'],
    ['cut, with the right number', { id: numberOf(457), name: '欧强' }, 'repaired'],
    ['in another order, with one digit wrong', { id: slip, name: '欧强国' }, 'repaired'],
    ['cut, with 15 digits', { id: numberOf(457).slice(0, 6) + numberOf(457).slice(8, 17), name: '欧国' }, 'repaired'],
    ['cut, with the tail lost', { id: `${numberOf(457).slice(0, 15)}000`, name: '欧强' }, 'repaired'],
    ['in another order, with telephone and village', { name: '欧强国', village: '柳湾村', phone: '15400000001' }, 'fuzzy'],
    ['cut, with telephone and village', { name: '欧强', village: '柳湾村', phone: '15400000001' }, 'fuzzy'],
  ])('%s, still leads to the person', (_, row, wanted) => expect(ask(matcher, row)).toMatchObject({ class: wanted, person: 0 }))

  it.each([
    ['another person with that number', { id: numberOf(457), name: '李秀英' }, 'ambiguous'],
    ['a brother with that number', { id: numberOf(457), name: '欧国华' }, 'ambiguous'],
    ['only the village besides a cut name', { name: '欧强', village: '荷坪村' }, 'none'],
    ['a right number of somebody unknown', { id: numberOf(459), name: '欧强国', village: '柳湾村', phone: '15400000001' }, 'none'],
  ])('%s: nobody is assigned', (_, row, wanted) => expect(ask(matcher, row)).toMatchObject({ class: wanted, person: -1 }))

  it('goes to whoever answers the telephone before a namesake of the cut name', () => {
    const both = matcherOf([home, { name: '欧强', idNumber: numberOf(33), phones: ['15400000009'], place: person(0, {}).place }])
    expect(ask(both, { name: '欧强', village: '柳湾村', phone: '15400000001' })).toMatchObject({ class: 'fuzzy', person: 0 })
    expect(ask(both, { name: '欧强', village: '柳湾村', phone: '15400000009' })).toMatchObject({
      class: 'fuzzy',
      cause: 'by-place',
      person: 1,
    })
  })

  it('stays with the one of that name in the village when the telephone is that of somebody of another name', () => {
    const both = matcherOf([home, { name: '李秀英', idNumber: numberOf(33), phones: ['15400000009'] }])
    expect(ask(both, { name: '欧国强', village: '柳湾村', phone: '15400000009' })).toMatchObject({
      class: 'fuzzy',
      cause: 'by-place',
      person: 0,
    })
  })

  it('is explained by steps whose sum is the score', () => {
    const place = matcher.locator.locate({ township: '菱塘镇', village: '柳湾村', group: '', address: '' })
    const said = scoreRow(matcher, { id: slip, lostTail: false, name: '欧强国', hasNames: true, phone: '15400000001', place }, 0)
    expect(said?.steps.map((step) => `${step.of}.${step.level}`)).toEqual(
      expect.arrayContaining(['given.swapped', 'number.one-digit', 'place.village', 'phone.same']),
    )
    expect(said?.steps.reduce((sum, step) => sum + step.bits, 0)).toBeCloseTo(said?.score ?? 0, 5)
  })
})

describe('sounds that may have been meant', () => {
  const readings = readingsOf(matcherOf([]))
  it('are those of names in another order, misheard, with a character more or less', () => {
    const like = (name: string) => (readings === undefined ? [] : soundsLike(readings, name))
    expect(like('刘宁').includes(soundOf('牛宁'))).toBe(true)
    expect(like('刘宁').includes(soundOf('刘林'))).toBe(true)
    expect(like('张国强').includes(soundOf('张强国'))).toBe(true)
    expect(like('张国强').includes(soundOf('张强'))).toBe(true)
    expect(like('张国强').includes(soundOf('张国强'))).toBe(false)
    expect(like('张国强').includes(soundOf('王国强'))).toBe(false)
  })

  it('are read back from the tables as the characters were', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Array.from('张王李赵国强宁林吕女岳月熊权恩耳欧翁')), (character) => {
        expect(readings?.syllableOf(character, 'given')).toMatch(/^[a-z]+$/)
      }),
    )
  })
})
