import { checkCharacterOf } from '../../src/kernel/pure/text/index.ts'
import type { FindingKind } from '../../src/modules/cases/rules/notices/notice-lint.ts'
import { isLuhn } from '../../src/modules/cases/rules/notices/notice-lint-numbers.ts'
import type { PersonNamed } from '../../src/modules/cases/rules/notices/notice-lint-terms.ts'
import { pick, type Chance } from '../chance.ts'

/** Something that no notice may say, as somebody may write it, and how it may be called. */
export interface Secret {
  readonly name: string
  readonly written: string
  readonly kinds: readonly FindingKind[]
}

const numberKinds: readonly FindingKind[] = ['id-number', 'disability-number', 'phone', 'bank-account', 'long-number']
const digits = (chance: Chance, count: number) => Array.from({ length: count }, () => String(chance(10))).join('')
const two = (value: number) => String(value).padStart(2, '0')

function idNumber(chance: Chance): string {
  // Region codes from 99 on were never assigned; synthetic people begin with them.
  const body = `99${digits(chance, 4)}${1930 + chance(95)}${two(1 + chance(12))}${two(1 + chance(28))}${digits(chance, 3)}`
  return `${body}${checkCharacterOf(body) ?? ''}`
}

function oldIdNumber(chance: Chance): string {
  return `99${digits(chance, 4)}${two(30 + chance(70))}${two(1 + chance(12))}${two(1 + chance(28))}${digits(chance, 3)}`
}

function card(chance: Chance): string {
  const body = `62${digits(chance, 13 + chance(4))}`
  for (let check = 0; check < 10; check += 1) if (isLuhn(`${body}${check}`)) return `${body}${check}`
  throw new Error('one of ten checks holds')
}

const landline = (chance: Chance) => `0${pick(chance, ['10', '21', '739', '571', '898'])}${2 + chance(7)}${digits(chance, 6)}`
const longLandline = (number: string) => (/^0(10|21)/.test(number) ? `${number}1` : number)
const numberMakers: readonly { name: string; make: (chance: Chance) => string }[] = [
  { name: 'id-18', make: idNumber },
  { name: 'id-15', make: oldIdNumber },
  { name: 'disability', make: (chance) => `${idNumber(chance)}${1 + chance(7)}${1 + chance(4)}` },
  { name: 'mobile', make: (chance) => `${pick(chance, ['154', '164'])}${digits(chance, 8)}` },
  { name: 'landline', make: (chance) => longLandline(landline(chance)) },
  { name: 'card', make: card },
]

const fullWidth = (text: string) => text.replace(/[0-9A-Z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
const by = (text: string, signs: string) => {
  const list = Array.from(signs)
  return text.replace(/\d/g, (digit) => list[Number(digit)] ?? digit)
}
const marks = [' ', '　', '-', '—', '.', '·', '/', '_', '\u200b', '\u00a0', '，', '、', '*', '|', '\n', '\t', ' - ', '😀', '（', '）']
const spaced = (chance: Chance, text: string, most: number) => {
  const mark = pick(chance, marks)
  return Array.from(text).reduce((all, sign, at) => (at > 0 && chance(most) === 0 ? `${all}${mark}${sign}` : `${all}${sign}`), '')
}
const disguises: readonly { name: string; write: (chance: Chance, text: string) => string }[] = [
  { name: 'plain', write: (_chance, text) => text },
  { name: 'full-width', write: (_chance, text) => fullWidth(text) },
  { name: 'numerals', write: (_chance, text) => by(text, '〇一二三四五六七八九') },
  { name: 'zero', write: (_chance, text) => by(text, '零一二三四五六七八九') },
  { name: 'capitals', write: (_chance, text) => by(text, '零壹贰叁肆伍陆柒捌玖') },
  { name: 'spoken', write: (_chance, text) => by(text, '洞幺二三四五六拐八勾') },
  { name: 'circled', write: (_chance, text) => by(text, '⓪①②③④⑤⑥⑦⑧⑨') },
  { name: 'mathematical', write: (_chance, text) => by(text, '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗') },
  { name: 'arabic', write: (_chance, text) => by(text, '٠١٢٣٤٥٦٧٨٩') },
  { name: 'devanagari', write: (_chance, text) => by(text, '०१२३४५६७८९') },
  { name: 'keycaps', write: (_chance, text) => text.replace(/\d/g, '$&\ufe0f\u20e3') },
  { name: 'letters', write: (_chance, text) => text.replace(/0/g, 'O').replace(/1/g, 'l') },
  { name: 'every-sign', write: (chance, text) => spaced(chance, text, 1) },
  { name: 'groups', write: (chance, text) => spaced(chance, text, 4) },
  { name: 'full-width-groups', write: (chance, text) => spaced(chance, fullWidth(text), 3) },
  { name: 'numeral-groups', write: (chance, text) => spaced(chance, by(text, '〇一二三四五六七八九'), 4) },
  {
    name: 'mixed',
    write: (chance, text) => Array.from(text, (sign) => pick(chance, [sign, fullWidth(sign), by(sign, '〇一二三四五六七八九')])).join(''),
  },
  { name: 'lower-x', write: (_chance, text) => text.toLowerCase() },
]

/** A number in some disguise. */
export function makeNumber(chance: Chance): Secret {
  const { name, make } = pick(chance, numberMakers)
  const disguise = pick(chance, disguises)
  // Letters for 0 and 1 stand beside digits: a number of nothing else is no number any more.
  return { name: `${name} ${disguise.name}`, written: disguise.write(chance, make(chance)), kinds: numberKinds }
}

/** A health word, with signs between its letters now and then. */
export function makeHealthWord(chance: Chance, words: readonly string[]): Secret {
  const word = pick(chance, words)
  const written = chance(2) === 0 ? word : spaced(chance, word, 1)
  return { name: `health ${word}`, written, kinds: ['health'] }
}

/** What gives away a child or another member of the households. */
export function makePersonal(chance: Chance, people: readonly PersonNamed[], today: string): Secret {
  const year = Number(today.slice(0, 4))
  const age = chance(17) + 1
  const person = pick(
    chance,
    people.filter(({ isHead, name }) => !isHead && Array.from(name).length >= 2),
  )
  const [bornYear = '', month = '', day = ''] = (person.bornOn ?? '').split('-')
  const [m, d] = [String(Number(month)), String(Number(day))]
  return pick<Secret>(chance, [
    { name: 'name', written: person.name, kinds: ['minor-name', 'member-name'] },
    {
      name: 'spaced name',
      written: Array.from(person.name).join(pick(chance, [' ', '　', '·', '\u200b'])),
      kinds: ['minor-name', 'member-name'],
    },
    {
      name: 'age',
      written: pick(chance, [`${age}岁`, `${age} 周岁`, `${sayAge(age)}岁`, fullWidth(`${age}`) + '岁']),
      kinds: ['minor-age'],
    },
    { name: 'year of birth', written: `${year - age}年出生`, kinds: ['minor-age', 'birth-date'] },
    {
      name: 'birthday',
      written: pick(chance, [
        `${bornYear}-${month}-${day}`,
        `${bornYear}年${m}月${d}日`,
        `${bornYear}.${month}.${day}`,
        `${bornYear}${month}${day}`,
      ]),
      kinds: ['birth-date', 'minor-age', 'id-number', 'long-number', 'phone', 'bank-account'],
    },
  ])
}

const sayAge = (age: number) =>
  age < 10 ? (' 一二三四五六七八九'[age] ?? '') : `十${age === 10 ? '' : (' 一二三四五六七八九'[age - 10] ?? '')}`

/** Any secret: half of them numbers. */
export function makeSecret(chance: Chance, given: { words: readonly string[]; people: readonly PersonNamed[]; today: string }): Secret {
  const kind = chance(6)
  if (kind < 3) return makeNumber(chance)
  return kind === 3 ? makeHealthWord(chance, given.words) : makePersonal(chance, given.people, given.today)
}
