import { makeDay } from '#kernel/pure/time/index.ts'
import { readIdNumber, widenIdNumber } from '#kernel/pure/text/index.ts'
import { lettersOf, type Sign } from './notice-signs.ts'

export type NumberKind = 'id-number' | 'disability-number' | 'phone' | 'bank-account' | 'long-number'

/** A number that must not be published: the signs from `first` to `last`, and its digits. */
export interface FoundNumber {
  readonly kind: NumberKind
  readonly first: number
  readonly last: number
  readonly digits: string
}

/** Digits that belong together, with nothing but separators between them. */
interface Run {
  readonly digits: string
  /** Index of the sign of each digit. */
  readonly at: readonly number[]
  /** Whether a group begins with the digit; after the last there is a `true` more. */
  readonly begins: readonly boolean[]
  /** For each digit, the date, time of day or own telephone that it belongs to, counted from 1; 0 for none. */
  readonly harmless: readonly number[]
}

/** As many separators between two digits are read as one number. */
const mostBetween = 8
const dateMarks = '-./:'

/** Numbers in a text: whole, in groups, spaced, in other writings. `own`: digits of telephones that may stand there. */
export function findNumbers(signs: readonly Sign[], own: readonly string[]): FoundNumber[] {
  const found = runsOf(signs, own).flatMap((run) => [
    ...idNumbers(run, signs),
    ...windows(run, own),
    ...longNumbers(run),
    ...gluedPhones(run, own),
  ])
  return [...found, ...named(signs, own), ...masked(signs)]
}

function runsOf(signs: readonly Sign[], own: readonly string[]): Run[] {
  const runs: number[][] = []
  let current: number[] = []
  let between = 0
  signs.forEach((sign, index) => {
    if (sign.digit !== '' && between <= mostBetween) {
      current.push(index)
      between = 0
    } else if (sign.digit === '' && sign.letter === '') between += 1
    else {
      if (current.length > 0) runs.push(current)
      current = sign.digit === '' ? [] : [index]
      between = 0
    }
  })
  if (current.length > 0) runs.push(current)
  return runs.filter((run) => run.length >= 7).map((at) => makeRun(signs, at, own))
}

function makeRun(signs: readonly Sign[], at: readonly number[], own: readonly string[]): Run {
  const digits = at.map((index) => signs[index]?.digit ?? '').join('')
  const begins = [...at.map((index, order) => order === 0 || index - (at[order - 1] ?? 0) > 1), true]
  const harmless = at.map(() => 0)
  let tokens = 0
  for (let from = 0; from < at.length; from += 1) {
    if (begins[from] !== true || harmless[from] !== 0) continue
    const phone = own.find((one) => one.length >= 7 && digits.startsWith(one, from) && begins[from + one.length] === true)
    const length = phone?.length ?? dateAt({ signs, at, digits, begins }, from)
    if (length > 0) harmless.fill((tokens += 1), from, from + length)
  }
  return { digits, at, begins, harmless }
}

type Grouped = Pick<Run, 'digits' | 'at' | 'begins'> & { readonly signs: readonly Sign[] }

/** How many digits from here are a day of this century (`2023-11-22`, `2023.11`), or a time of day (`9:30`); 0 for none. */
function dateAt(run: Grouped, from: number): number {
  const lengths = groupLengths(run, from, 3)
  const [first = 0, second = 0, third = 0] = lengths
  const [a, b, c] = [
    run.digits.slice(from, from + first),
    run.digits.slice(from + first, from + first + second),
    run.digits.slice(from + first + second, from + first + second + third),
  ]
  const mark = markAfter(run, from + first)
  if (first === 4 && a.startsWith('20') && dateMarks.includes(mark) && mark !== '' && isPart(b)) {
    if (isPart(c) && markAfter(run, from + first + second) === mark && makeDay(Number(a), Number(b), Number(c)) !== undefined)
      return first + second + third
    return makeDay(Number(a), Number(b), 1) !== undefined && markAfter(run, from + first + second) !== mark ? first + second : 0
  }
  if (first === 8 && a.startsWith('20') && makeDay(Number(a.slice(0, 4)), Number(a.slice(4, 6)), Number(a.slice(6))) !== undefined) return 8
  return isPart(a) && second === 2 && mark === ':' && Number(a) < 24 && Number(b) < 60 ? first + second : 0
}

const isPart = (group: string) => group.length === 1 || group.length === 2

function groupLengths({ begins, at }: Pick<Run, 'begins' | 'at'>, from: number, count: number): number[] {
  const lengths: number[] = []
  for (let start = from; lengths.length < count && start < at.length; ) {
    let end = start + 1
    while (begins[end] !== true) end += 1
    lengths.push(end - start)
    start = end
  }
  return lengths
}

/** The one sign between the digit before `next` and the digit `next`; '' where there are several or none. */
function markAfter({ signs, at }: Pick<Grouped, 'signs' | 'at'>, next: number): string {
  const [before, after] = [at[next - 1], at[next]]
  if (before === undefined || after === undefined || after - before !== 2) return ''
  return signs[before + 1]?.mark ?? ''
}

function hit(run: Run, kind: NumberKind, from: number, length: number): FoundNumber {
  return { kind, first: run.at[from] ?? 0, last: run.at[from + length - 1] ?? 0, digits: run.digits.slice(from, from + length) }
}

/** Eighteen signs whose date and check are right, wherever they begin; with two further digits, the number of a disability certificate. */
function idNumbers(run: Run, signs: readonly Sign[]): FoundNumber[] {
  const found: FoundNumber[] = []
  for (let from = 0; from + 17 <= run.digits.length; from += 1) {
    const body = run.digits.slice(from, from + 17)
    const digit = run.digits[from + 17]
    if (digit !== undefined && readIdNumber(body + digit) !== undefined) {
      const isDisability = /^[1-7][1-4]$/.test(run.digits.slice(from + 18, from + 20))
      found.push(hit(run, isDisability ? 'disability-number' : 'id-number', from, isDisability ? 20 : 18))
    }
    const x = digit === undefined ? followedByX(signs, run.at[from + 16] ?? 0) : undefined
    if (x !== undefined && readIdNumber(`${body}X`) !== undefined)
      found.push({ kind: 'id-number', first: run.at[from] ?? 0, last: x, digits: `${body}X` })
  }
  return found
}

const xLetters = ['x', '×', 'х', 'χ', '✕', '╳']

function followedByX(signs: readonly Sign[], last: number): number | undefined {
  for (let index = last + 1; index <= last + 1 + mostBetween; index += 1) {
    const sign = signs[index]
    if (sign === undefined) return undefined
    if (xLetters.includes(sign.letter) || xLetters.includes(sign.mark)) return index
    if (sign.letter !== '') return undefined
  }
  return undefined
}

const mobile = /^1[3-9]\d{9}$/
const landline = /^(010|02\d)[2-8]\d{7}$|^0[3-9]\d{2}[2-8]\d{6,7}$/

/** Groups that together are a telephone, an old identity number or a card. */
function windows(run: Run, own: readonly string[]): FoundNumber[] {
  const found: FoundNumber[] = []
  for (let from = 0; from < run.digits.length; from += 1) {
    if (run.begins[from] !== true) continue
    for (let length = 10; length <= 19 && from + length <= run.digits.length; length += 1) {
      if (run.begins[from + length] !== true || isInside(run, from) || isInside(run, from + length)) continue
      const digits = run.digits.slice(from, from + length)
      const kind = kindOf(digits, run.harmless.slice(from, from + length).filter((one) => one === 0).length)
      if (kind !== undefined && !(kind === 'phone' && isOwn(digits, own))) found.push(hit(run, kind, from, length))
    }
  }
  return found
}

/** Whether a harmless number goes on here: what begins or ends within a date is none of its own. */
function isInside({ harmless }: Run, at: number): boolean {
  const token = harmless[at] ?? 0
  return token !== 0 && harmless[at - 1] === token
}

/** `unexplained`: digits that are part of no date, time or own telephone. */
function kindOf(digits: string, unexplained: number): NumberKind | undefined {
  if (unexplained === 0) return undefined
  if (mobile.test(digits) || landline.test(digits)) return 'phone'
  if (digits.length === 15 && unexplained >= 7 && isOldIdNumber(digits)) return 'id-number'
  return digits.length >= 16 && unexplained >= 8 && isLuhn(digits) ? 'bank-account' : undefined
}

function isOldIdNumber(digits: string): boolean {
  const wide = /^[1-9]/.test(digits) ? widenIdNumber(digits) : undefined
  return wide !== undefined && readIdNumber(wide) !== undefined
}

/** The check of card numbers (ISO/IEC 7812). */
export function isLuhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const value = Number(digits[digits.length - 1 - at])
    sum += at % 2 === 0 ? value : value > 4 ? value * 2 - 9 : value * 2
  }
  return sum % 10 === 0
}

/** No paper in the village needs a number of fifteen digits: an account, a household's number, an identity number with a slip. */
function longNumbers(run: Run): FoundNumber[] {
  const found: FoundNumber[] = []
  let from = 0
  for (let at = 0; at <= run.digits.length; at += 1) {
    if (at < run.digits.length && run.harmless[at] === 0) continue
    if (at - from >= 15) found.push(hit(run, isLuhn(run.digits.slice(from, at)) ? 'bank-account' : 'long-number', from, at - from))
    from = at + 1
  }
  return found
}

/** A mobile number with a digit or more before or after it, in one piece: `8615400000241`. */
function gluedPhones(run: Run, own: readonly string[]): FoundNumber[] {
  const found: FoundNumber[] = []
  for (let from = 0; from < run.digits.length; ) {
    const [length = 1] = groupLengths(run, from, 1)
    for (let start = from; length >= 12 && length <= 14 && start + 11 <= from + length; start += 1) {
      const digits = run.digits.slice(start, start + 11)
      if (mobile.test(digits) && !isOwn(digits, own)) found.push(hit(run, 'phone', start, 11))
    }
    from += length
  }
  return found
}

const namedNumbers = [
  { words: ['身份证', '证件号', '身份证号', 'idcard'], least: 4, kind: 'id-number' },
  { words: ['残疾证', '残疾人证'], least: 4, kind: 'disability-number' },
  { words: ['账号', '帐号', '卡号', '存折', '开户', '银行卡', '一卡通', '社保卡'], least: 6, kind: 'bank-account' },
  { words: ['电话', '手机', '联系方式', '座机', '微信', 'qq', 'tel', 'phone'], least: 7, kind: 'phone' },
] as const satisfies readonly { words: readonly string[]; least: number; kind: NumberKind }[]

/** Digits that a word before them names: `身份证后四位0014`. */
function named(signs: readonly Sign[], own: readonly string[]): FoundNumber[] {
  const { text, at } = lettersOf(signs)
  return namedNumbers.flatMap(({ words, least, kind }) =>
    words.flatMap((word) => {
      const found: FoundNumber[] = []
      for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + 1))
        found.push(
          ...digitsAfter(signs, (at[from + word.length - 1] ?? 0) + 1)
            .filter(({ digits }) => digits.length >= least && !isOwn(digits, own))
            .map((number) => ({ kind, ...number })),
        )
      return found
    }),
  )
}

/** Telephones of offices that everybody may ring. */
const hotlines = ['12317', '12345', '12388', '12333', '12393']

/** Nothing but own telephones and hotlines, one after the other. */
function isOwn(digits: string, own: readonly string[]): boolean {
  return digits === '' || [...own, ...hotlines].some((one) => one !== '' && digits.startsWith(one) && isOwn(digits.slice(one.length), own))
}

/** The numbers that begin within twelve signs from here. */
function digitsAfter(signs: readonly Sign[], start: number): Omit<FoundNumber, 'kind'>[] {
  const found: Omit<FoundNumber, 'kind'>[] = []
  for (let first = start; first < signs.length && first - start <= 12; first += 1) {
    if (signs[first]?.digit === '') continue
    let [last, digits] = [first, '']
    for (let index = first; index < signs.length && index - last <= mostBetween; index += 1) {
      const sign = signs[index]
      if (sign === undefined || (sign.digit === '' && sign.letter !== '')) break
      if (sign.digit === '') continue
      digits += sign.digit
      last = index
    }
    found.push({ first, last, digits })
    first = last
  }
  return found
}

/** A number whose middle is hidden is one all the same: `430525********0014`. */
function masked(signs: readonly Sign[]): FoundNumber[] {
  const shape = signs
    .map((sign) => (sign.digit !== '' ? '0' : sign.isStar ? '*' : sign.letter === 'x' ? 'x' : sign.letter === '' ? ' ' : 'a'))
    .join('')
  return [...shape.matchAll(/0{3,20} ?[*x]{3,20} ?[0x]{2,20}/g)].map((match) => ({
    kind: 'id-number' as const,
    first: match.index,
    last: match.index + match[0].length - 1,
    digits: match[0],
  }))
}
