import { fullMonthsBetween, readDay } from '#kernel/pure/time/index.ts'
import { placeOf, without, type LintTerms, type PersonNamed } from './notice-lint-terms.ts'
import { lettersOf, readSigns, type Letters } from './notice-signs.ts'

type PeopleKind = 'minor-name' | 'minor-age' | 'birth-date' | 'member-name' | 'head-name'

interface FoundPerson {
  readonly kind: PeopleKind
  readonly first: number
  readonly last: number
  readonly shown: string
}

/** Age from which a person is no child any more (未成年人保护法 §2). */
export const fullAge = 18

/** Full years on a day; undefined where nothing is known. */
export function ageOf(bornOn: string | undefined, today: string): number | undefined {
  const [born, day] = [readDay(bornOn ?? ''), readDay(today)]
  if (born === undefined || day === undefined) return undefined
  const months = fullMonthsBetween(born, day)
  return months < 0 ? undefined : Math.floor(months / 12)
}

/** Whether somebody is a child on a day; nobody knows it of who has no day of birth. */
export function isMinor(bornOn: string | undefined, today: string): boolean {
  const age = ageOf(bornOn, today)
  return age !== undefined && age < fullAge
}

/** Names of members, names, ages and days of birth of children, in a text that somebody wrote. */
export function findPeople(letters: Letters, terms: LintTerms, isGuess: boolean): FoundPerson[] {
  const named: Letters = { ...letters, text: without(letters.text, terms.places) }
  const whole = isGuess
    ? terms.people.flatMap((person) => namesOf(named, person, terms).filter(({ first, last }) => last - first > 1))
    : undefined
  return (
    whole ?? [
      ...terms.people.flatMap((person) => [...namesOf(named, person, terms), ...birthDaysOf(letters, person)]),
      ...agesIn(letters, terms),
    ]
  )
}

function namesOf(letters: Letters, person: PersonNamed, terms: LintTerms): FoundPerson[] {
  const name = lettersOf(readSigns(person.name)).text
  const kind = isMinor(person.bornOn, terms.today) ? 'minor-name' : person.isHead ? 'head-name' : 'member-name'
  if (name.length < 2 || (kind === 'head-name' && terms.showsNames)) return []
  const shown = `${name.slice(0, 1)}${'*'.repeat(name.length - 1)}`
  // What a child is called at home is its given name; of a name of two signs that is one, which means anything.
  const words = kind === 'minor-name' && (name.length === 3 || name.length === 4) ? [name, name.slice(-2)] : [name]
  return words.flatMap((word) => everywhere(letters, word).map((place) => ({ kind, shown, ...place })))
}

function everywhere(letters: Letters, word: string): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = []
  for (let at = letters.text.indexOf(word); at >= 0; at = letters.text.indexOf(word, at + 1)) found.push(placeOf(letters, at, word.length))
  return found
}

/** The day of birth as people write it: 2015-10-20, 2015年10月20日, 二〇一五年十月二十日. */
function birthDaysOf(letters: Letters, { bornOn }: PersonNamed): FoundPerson[] {
  const [year = '', month = '', day = ''] = (bornOn ?? '').split('-')
  if (day === '') return []
  const [m, d] = [Number(month), Number(day)]
  const spoken = Array.from(year, (digit) => '〇一二三四五六七八九'[Number(digit)] ?? '').join('')
  const forms = [
    `${year}${month}${day}`,
    `${year}年${m}月${d}`,
    `${year}年${month}月${day}`,
    `${spoken}年${sayNumber(m)}月${sayNumber(d)}`,
    `${spoken.split('〇').join('零')}年${sayNumber(m)}月${sayNumber(d)}`,
  ]
  return [...new Set(forms)].flatMap((form) =>
    everywhere(letters, form).map((place) => ({ kind: 'birth-date' as const, shown: `${year}-**-**`, ...place })),
  )
}

/** A number below a hundred in words: 二十一. */
function sayNumber(value: number): string {
  const one = (digit: number) => (digit === 0 ? '' : ('一二三四五六七八九'[digit - 1] ?? ''))
  if (value < 10) return one(value)
  return `${value < 20 ? '' : one(Math.floor(value / 10))}十${one(value % 10)}`
}

const ageWord = /周岁|虚岁|岁|个月大/g
const numeral = /[0-9〇零一二两三四五六七八九十]/
const bornPattern = /(?:生于|出生于)((?:19|20)\d\d)年?|((?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出生|生)/g

/** Ages below eighteen and years of birth that mean one. Rules about an age (16周岁以上) are none, unless a child of the households is just that old. */
function agesIn(letters: Letters, terms: LintTerms): FoundPerson[] {
  const children = new Set(terms.people.flatMap(({ bornOn }) => (isMinor(bornOn, terms.today) ? [ageOf(bornOn, terms.today)] : [])))
  const { text } = letters
  const ages = [...text.matchAll(ageWord)].flatMap(({ 0: word, index }) => {
    const from = startOfNumber(letters, index)
    if (from === index) return []
    const age = word === '个月大' ? 0 : readNumeral(text.slice(from, index))
    const isRule =
      /^(以上|以下|及以|至|到|之间|人口|人员)/.test(text.slice(index + word.length)) || /(未满|不满|年满)$/.test(text.slice(0, from))
    return age < fullAge && (!isRule || children.has(age)) ? [{ at: from, length: index + word.length - from }] : []
  })
  const thisYear = Number(terms.today.slice(0, 4))
  const births = [...text.matchAll(bornPattern)].flatMap((match) => {
    const year = Number(match[1] ?? match[2])
    return year <= thisYear && thisYear - year < fullAge ? [{ at: match.index, length: match[0].length }] : []
  })
  return [...ages, ...births].map(({ at, length }) => ({ kind: 'minor-age', shown: '**', ...placeOf(letters, at, length) }))
}

/** Where the number before a word begins: its signs stand together. */
function startOfNumber({ text, at }: Letters, end: number): number {
  let from = end
  while (from > 0 && end - from < 3 && numeral.test(text[from - 1] ?? '') && (from === end || (at[from] ?? 0) - (at[from - 1] ?? 0) === 1))
    from -= 1
  return from
}

/** `十三`, `13`, `二十`, `一三`. */
function readNumeral(written: string): number {
  if (/^\d+$/.test(written)) return Number(written)
  const digit = (sign: string) => Math.max(0, '零一二三四五六七八九'.indexOf(sign === '两' ? '二' : sign))
  const ten = written.indexOf('十')
  if (ten < 0) return Array.from(written).reduce((sum, sign) => sum * 10 + digit(sign), 0)
  return (ten === 0 ? 1 : digit(written.slice(0, 1))) * 10 + digit(written.slice(ten + 1))
}
