import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { syllablesOfName } from '#kernel/pure/text/pinyin.ts'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import linkageFile from '../policy/linkage.json' with { type: 'json' }
import { LinkagePolicy } from '../policy/linkage-policy.ts'
import variantFile from '../policy/variant-characters.json' with { type: 'json' }
import { VariantCharacters } from '../policy/variant-characters.ts'
import { countNames } from './linkage-frequency.ts'
import { compareGiven, compareSurnames, givenLevels, readName, surnameLevels } from './linkage-name.ts'
import { birthLevels, compareBirths, compareNumbers, numberLevels, readLinkNumber } from './linkage-number.ts'
import { linkagePolicy } from './linkage-weights.ts'
import { plainCharacter } from './plain-character.ts'
import { scorePair, type LinkScale } from './linkage-score.ts'
import { foldSyllable, type SyllableOf } from './linkage-sounds.ts'
import { phoneLevels, placeLevels, readSubject, sexLevels, type WrittenSubject } from './linkage-subject.ts'
import { linkageWords } from './linkage-words.ts'

const syllableOf: SyllableOf = (character, as) =>
  (as === 'surname' ? syllablesOfName(character)[0] : syllablesOfName(`一${character}`)[1]) ?? character
const name = (written: string) => readName(written, syllableOf)
const given = (one: string, other: string) => compareGiven(name(one).given, name(other).given)
const surname = (one: string, other: string) => compareSurnames(name(one).surname, name(other).surname)
// Region 990391 was never assigned.
const numberOf = (birth: string, order: string) => `990391${birth}${order}${checkCharacterOf(`990391${birth}${order}`) ?? ''}`
const own = numberOf('19700115', '123')
const numbers = (one: string, other: string) => compareNumbers(readLinkNumber(one), readLinkNumber(other))

describe('names', () => {
  it.each([
    ['张国强', '张国强', 'written'],
    ['張國強', '张国强', 'variant'],
    ['张国强', '张国墙', 'sound'],
    ['李丽宁', '李妮林', 'similar'],
    ['张国强', '张强国', 'swapped'],
    ['张国强', '张强', 'missing'],
    ['张国强', '张国伟', 'one-differs'],
    ['张国强', '张伟明', 'differs'],
    ['张伟', '张强', 'differs'],
    ['张', '张', 'written'],
    ['', '张伟', 'absent'],
  ])('given names of %s and %s stand at %s', (one, other, level) => expect(given(one, other)).toBe(level))

  it.each([
    ['曾小明', '增小明', 'sound'],
    ['单小燕', '山小燕', 'sound'],
    ['刘德', '牛德', 'similar'],
    ['黄德', '方德', 'similar'],
    ['尉迟恭明', '尉遲恭明', 'variant'],
    ['劉德', '刘德', 'variant'],
    ['王德', '李德', 'differs'],
    ['阿木·买提', '阿木·买提', 'written'],
  ])('surnames of %s and %s stand at %s', (one, other, level) => expect(surname(one, other)).toBe(level))

  it('stand the same way round and back', () => {
    const characters = fc
      .array(fc.constantFrom(...Array.from('张章李国强墙伟丽妮宁林')), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(characters, characters, (one, other) => {
        expect(given(one, other)).toBe(given(other, one))
        expect(surname(one, other)).toBe(surname(other, one))
      }),
      { numRuns: 300 },
    )
  })

  it('are compared by policies that parse, each character with one usual writing', () => {
    expect(LinkagePolicy.parse(linkageFile).thresholds.match).toBeGreaterThan(0)
    const characters = VariantCharacters.parse(variantFile).groups.flatMap((group) => Array.from(group))
    expect(characters.filter((character, at) => characters.indexOf(character) !== at)).toEqual([])
  })

  it('know traditional and variant characters, each of one usual writing', () => {
    expect(Array.from('劉國華峯喆', plainCharacter).join('')).toBe('刘国华峰哲')
    expect(plainCharacter(plainCharacter('鐘'))).toBe('钟')
  })

  it.each([
    ['ning', 'lin'],
    ['zhang', 'zan'],
    ['huang', 'fan'],
    ['shi', 'si'],
    ['hui', 'fei'],
    ['cheng', 'cen'],
  ])('hear %s as %s', (one, other) => expect(foldSyllable(one)).toBe(foldSyllable(other)))
})

describe('identity numbers', () => {
  const wrong = (at: number) => own.slice(0, at) + String((Number(own[at]) + 1) % 10) + own.slice(at + 1)
  it.each([
    ['equal', own, own],
    ['equal', own, `${own}44`],
    ['old-15', own, own.slice(0, 6) + own.slice(8, 17)],
    ['tail-lost', own, `${own.slice(0, 15)}000`],
    ['one-digit', own, wrong(9)],
    ['exchanged', own, own.slice(0, 14) + (own[15] ?? '') + (own[14] ?? '') + own.slice(16)],
    ['two-wrong', own, wrong(9).slice(0, 16) + '8' + wrong(9).slice(17)],
    ['both-right', own, numberOf('19700115', '125')],
    ['absent', own, '4.30525E+17'],
    ['absent', own, '999999197001151234'],
    ['absent', own, ''],
  ])('stand at %s', (level, one, other) => {
    expect(numbers(one, other)).toBe(level)
    expect(numbers(other, one)).toBe(level)
  })

  it('of brothers are never taken for a slip of one another', () => {
    const order = fc.integer({ min: 0, max: 998 }).map((at) => String(at).padStart(3, '0'))
    fc.assert(
      fc.property(order, order, (one, other) => {
        fc.pre(one !== other)
        const [first, second] = [numberOf('19990305', one), numberOf('19990305', other)]
        if (![first, second].some((number) => number.endsWith('000'))) expect(numbers(first, second)).toBe('both-right')
      }),
    )
  })

  it.each([
    ['1970-03-05', '1970-03-05', 'equal'],
    ['1970-03-05', '1970-05-03', 'day-month'],
    ['1970-03-05', '1971-03-05', 'one-part'],
    ['1970-03-05', '1982-04-06', 'differs'],
    ['', '1970-03-05', 'absent'],
  ])('and days of birth %s and %s stand at %s', (one, other, level) => expect(compareBirths(one, other)).toBe(level))
})

describe('weighing', () => {
  const names = countNames()
  for (const [written, times] of [
    ['张伟', 3000],
    ['张国强', 500],
    ['李丽', 2000],
    ['王芳', 2000],
    ['䶮䶮', 1],
    ['张德', 2500],
  ] as const)
    names.add(name(written), times)
  const scale: LinkScale = { persons: 10_000, odds: 9, names }
  const nowhere = { township: '', village: '', group: '' }
  const village = { township: '菱塘镇', village: '柳湾村', group: '1组' }
  const subject = (written: Partial<WrittenSubject>) =>
    readSubject({ name: '', idNumber: '', phones: [], place: nowhere, ...written }, syllableOf)
  const score = (one: Partial<WrittenSubject>, other: Partial<WrittenSubject>, ofHousehold = false) =>
    scorePair(scale, subject(one), subject(other), ofHousehold)

  it('gives the sum of the steps, and each step has its words', () => {
    const { score: sum, steps } = score(
      { name: '張國強', idNumber: own, place: village, phones: ['15400000001'] },
      { name: '张国强', idNumber: `${own.slice(0, 15)}000`, place: village, phones: ['15400000002'] },
    )
    expect(sum).toBeCloseTo(
      steps.reduce((total, step) => total + step.bits, 0),
      5,
    )
    expect(steps.map((step) => `${step.of}.${step.level}`)).toEqual([
      'register.prior',
      'given.variant',
      'surname.variant',
      'number.tail-lost',
      'place.group',
      'phone.one-digit',
    ])
    const said: Readonly<Record<string, unknown>> = linkageWords
    for (const step of steps) expect(said[`${step.of}.${step.level}`]).toBeDefined()
  })

  it('finds a rare name stronger than a frequent one', () => {
    const rare = score({ name: '䶮䶮' }, { name: '䶮䶮' }).score
    expect(rare).toBeGreaterThan(score({ name: '张伟' }, { name: '张伟' }).score + 8)
  })

  it('takes what a family shares for nothing when the given name is another', () => {
    const brother = score(
      { name: '张国强', phones: ['15400000001'], place: village },
      { name: '张国伟', phones: ['15400000001'], place: village },
    )
    expect(brother.steps.filter((step) => step.note === 'family').map((step) => step.of)).toEqual(['surname', 'place', 'phone'])
    expect(brother.score).toBeLessThan(linkagePolicy.thresholds.review)
  })

  it('does not count the birth twice where the number speaks of it', () => {
    const levels = score(
      { name: '张伟', idNumber: own, bornOn: '1970-01-15' },
      { name: '张伟', idNumber: own, bornOn: '1970-01-15' },
    ).steps.map((step) => step.of)
    expect(levels).not.toContain('birth')
    const alone = score({ name: '张伟', bornOn: '1970-01-15' }, { name: '张伟', idNumber: own })
    expect(alone.steps.find((step) => step.of === 'birth')?.level).toBe('equal')
  })

  it('has words and a weight for every level but those that say nothing', () => {
    const levels = {
      surname: surnameLevels,
      given: givenLevels,
      number: numberLevels,
      birth: birthLevels,
      sex: sexLevels,
      place: placeLevels,
      phone: phoneLevels,
    }
    const said: Readonly<Record<string, unknown>> = linkageWords
    for (const [of, names] of Object.entries(levels)) {
      const weighed: Readonly<Record<string, unknown>> = linkagePolicy.levels[of as keyof typeof levels] // safe: the keys of the object above
      const speaking = names.filter((level) => level !== 'absent' && level !== 'in-number')
      expect(Object.keys(weighed).sort()).toEqual([...speaking].sort())
      for (const level of speaking) expect(said[`${of}.${level}`], `${of}.${level}`).toBeDefined()
    }
  })
})
