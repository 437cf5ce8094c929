import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { syllablesOfName } from '#kernel/pure/text/pinyin.ts'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { blockLimits, walkBlocks, walkPairs } from './duplicate-blocks.ts'
import { walkNearNumbers } from './duplicate-near.ts'
import { numberAt, packRegister, personIdAt, type PackedInput } from './duplicate-pack.ts'
import { findDuplicates } from './find-duplicates.ts'
import { compareNumbers, readLinkNumber } from './linkage-number.ts'
import type { SyllableOf } from './linkage-sounds.ts'

const syllableOf: SyllableOf = (character, as) =>
  (as === 'surname' ? syllablesOfName(character)[0] : syllablesOfName(`一${character}`)[1]) ?? character
const idOf = (at: number) => `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`
// Region 990391 was never assigned.
const numberOf = (birth: string, order: number) => {
  const first = `990391${birth}${String(order).padStart(3, '0')}`
  return first + (checkCharacterOf(first) ?? '')
}
const person = (at: number, given: Partial<PackedInput>): PackedInput => ({
  personId: idOf(at),
  householdId: idOf(at),
  name: `赵${'山河湖海江川'[at % 6] ?? ''}${'春夏秋冬'[at % 4] ?? ''}`,
  idNumber: '',
  bornOn: '',
  sex: '',
  phones: [],
  place: { township: '菱塘镇', village: '柳湾村', group: '1组' },
  ...given,
})
const pack = (persons: readonly PackedInput[]) => {
  const packing = packRegister(4)
  for (const one of persons) packing.add(one)
  return packing.finish()
}
/** People who are nobody's double, so that names have frequencies. */
const others = Array.from({ length: 300 }, (_, at) =>
  person(1000 + at, {
    idNumber: numberOf(`19${50 + (at % 49)}0${1 + (at % 9)}1${at % 9}`, at),
    name: `${'赵钱孙李周吴郑王'[at % 8] ?? ''}${'山河湖海江川'[at % 6] ?? ''}${'春夏秋冬'[at % 4] ?? ''}`,
  }),
)
const search = (persons: readonly PackedInput[]) => findDuplicates(pack([...persons, ...others]), { syllableOf })

describe('a packed register', () => {
  it('gives back what was put in', () => {
    const number = numberOf('19680203', 457)
    const register = pack([person(7, { idNumber: number }), ...others])
    expect([personIdAt(register, 0), numberAt(register, 0), register.names[register.nameOf[0] ?? 0]]).toEqual([idOf(7), number, '赵河冬'])
    expect([register.persons, register.born[0]]).toEqual([301, 19680203])
  })
})

describe('near numbers', () => {
  it('are found exactly where one character differs, two neighbours are exchanged or a tail is lost', () => {
    const number = fc
      .record({ year: fc.integer({ min: 1960, max: 1962 }), order: fc.integer({ min: 0, max: 30 }), spoil: fc.nat(40) })
      .map(({ year, order, spoil }) => {
        const right = numberOf(`${year}0115`, order)
        if (spoil < 17) return `${right.slice(0, spoil)}${(Number(right[spoil]) + 1) % 10}${right.slice(spoil + 1)}`
        if (spoil < 33) return right.slice(0, spoil - 17) + (right[spoil - 16] ?? '') + (right[spoil - 17] ?? '') + right.slice(spoil - 15)
        return spoil === 33 ? `${right.slice(0, 15)}000` : right
      })
    const near = new Set(['one-digit', 'exchanged', 'tail-lost'])
    fc.assert(
      fc.property(fc.uniqueArray(number, { minLength: 2, maxLength: 25 }), (numbers) => {
        const register = pack(numbers.map((idNumber, at) => person(at, { idNumber })))
        const found = new Set<string>()
        walkNearNumbers(register, (one, other) => void found.add(`${Math.min(one, other)} ${Math.max(one, other)}`))
        numbers.forEach((one, first) =>
          numbers.forEach((other, second) => {
            if (first >= second || !near.has(compareNumbers(readLinkNumber(one), readLinkNumber(other)))) return
            expect(found, `${one} ${other}`).toContain(`${first} ${second}`)
          }),
        )
      }),
      { numRuns: 200 },
    )
  })
})

describe('blocks', () => {
  it('are all places of one key', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 60 }), (keys) => {
        const found: string[] = []
        walkBlocks(Int32Array.from(keys), (members) => found.push(members.join()))
        const wanted = [1, 2, 3, 4, 5, 6]
          .map((key) => keys.flatMap((one, at) => (one === key ? [at] : [])))
          .filter((members) => members.length > 1)
        expect(found.sort()).toEqual(wanted.map((members) => members.join()).sort())
      }),
    )
  })

  it('compare everybody with everybody only up to their limit', () => {
    const members = Array.from({ length: blockLimits.persons * 20 }, (_, at) => at)
    const register = pack(members.map((at) => person(at, {})))
    let pairs = 0
    expect(walkPairs(register, members, () => void (pairs += 1))).toBe(pairs)
    expect(pairs).toBeLessThanOrEqual(members.length * blockLimits.neighbours)
    expect(walkPairs(register, members.slice(0, 3), () => undefined)).toBeUndefined()
  })
})

describe('duplicates', () => {
  const twice = (given: Partial<PackedInput>, again: Partial<PackedInput>) =>
    search([
      person(1, { name: '欧阳国强', idNumber: numberOf('19680203', 457), phones: ['15400000001'], ...given }),
      person(2, { name: '欧阳国强', idNumber: numberOf('19680203', 457), phones: ['15400000001'], ...again }),
    ])

  it.each([
    ['with one number and another writing of the name', { name: '歐陽國強' }],
    ['with one wrong digit in the number', { idNumber: `${numberOf('19680203', 457).slice(0, 9)}5${numberOf('19680203', 457).slice(10)}` }],
    ['with the old number of 15 digits', { idNumber: numberOf('19680203', 457).slice(0, 6) + numberOf('19680203', 457).slice(8, 17) }],
    ['without a number, by name, day of birth and telephone', { idNumber: '', bornOn: '1968-02-03' }],
    [
      'who moved to another village and lost the tail of the number',
      { idNumber: `${numberOf('19680203', 457).slice(0, 15)}000`, place: { township: '青石镇', village: '石桥村', group: '' } },
    ],
  ])('are found: a person %s', (_, again) => {
    const { pairs } = twice({}, again)
    expect(pairs.map((pair) => pair.personIds)).toEqual([[idOf(1), idOf(2)]])
    expect(pairs[0]?.steps.reduce((sum, step) => sum + step.bits, 0)).toBeCloseTo(pairs[0]?.score ?? 0, 5)
  })

  it.each([
    ['twins', { householdId: idOf(1), name: '欧阳国伟', idNumber: numberOf('19680203', 459) }],
    ['namesakes of one village with numbers of their own', { idNumber: numberOf('19710807', 233), phones: [] }],
    ['father and son with one telephone', { householdId: idOf(1), name: '欧阳德', idNumber: numberOf('19440203', 457) }],
  ])('are not: %s', (_, again) => expect(twice({}, again).pairs).toEqual([]))

  it('take nothing from a telephone and a day of birth that thousands have, say what was cut, and end', () => {
    const crowd = Array.from({ length: 3000 }, (_, at) =>
      person(5000 + at, { name: '张三', bornOn: '1900-01-01', phones: ['15400000000'] }),
    )
    const { pairs, cut, compared } = search(crowd)
    expect(pairs).toEqual([])
    expect(cut.map((block) => block.kind)).toEqual(expect.arrayContaining(['sound-and-year', 'name-and-village', 'phone']))
    expect(compared).toBeLessThan(3000 * blockLimits.neighbours * 6)
  })

  it('keep the best when there are more than may be kept', () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      [1, 2].map((which) =>
        person(at * 2 + which, {
          name: `王${'山河湖海'[at % 4] ?? ''}`,
          idNumber: numberOf('19550101', 100 + at),
          phones: at < 5 ? [`1540000000${at}`] : [],
        }),
      ),
    ).flat()
    const { pairs, found } = findDuplicates(pack([...many, ...others]), { syllableOf, most: 5 })
    expect(found).toBeGreaterThanOrEqual(40)
    expect(pairs.every((pair) => pair.steps.some((step) => step.of === 'phone'))).toBe(true)
    expect(pairs).toHaveLength(5)
  })
})
