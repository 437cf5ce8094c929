/** One sign of a text as the scan reads it: what it may stand for, and where it stands in the text as written. */
export interface Sign {
  /** Positions in the text (UTF-16), first and after the last. */
  readonly from: number
  readonly to: number
  /** `0`–`9` of whatever script or writing; '' for none. */
  readonly digit: string
  /** The letter in lower case and half width; '' for a separator. Numerals of Chinese are letters too. */
  readonly letter: string
  /** The separator itself; '' for a letter or digit. */
  readonly mark: string
  readonly isStar: boolean
}

const numerals: Readonly<Record<string, string>> = {
  〇: '0',
  零: '0',
  '○': '0',
  洞: '0',
  一: '1',
  壹: '1',
  弌: '1',
  幺: '1',
  二: '2',
  贰: '2',
  貳: '2',
  弍: '2',
  三: '3',
  叁: '3',
  參: '3',
  参: '3',
  弎: '3',
  四: '4',
  肆: '4',
  五: '5',
  伍: '5',
  六: '6',
  陆: '6',
  陸: '6',
  七: '7',
  柒: '7',
  拐: '7',
  八: '8',
  捌: '8',
  九: '9',
  玖: '9',
  勾: '9',
}
const stars = '*×●■█▇※✱∗'
const digitPattern = /\p{Nd}/u
const letterPattern = /[\p{L}\p{N}]/u

/** Reads a text sign by sign: full width, circled, mathematical and other scripts' digits and Chinese numerals are digits; marks, spaces, punctuation, invisible signs and emoji are separators. */
export function readSigns(text: string): Sign[] {
  const signs: Sign[] = []
  let at = 0
  for (const written of text) {
    const to = at + written.length
    for (const one of written.normalize('NFKC')) signs.push({ from: at, to, ...understand(one) })
    at = to
  }
  return withLookalikes(signs)
}

function understand(one: string): Omit<Sign, 'from' | 'to'> {
  const digit = digitOf(one)
  const isLetter = digit !== '' || letterPattern.test(one)
  if (!isLetter) return { digit, letter: '', mark: one, isStar: stars.includes(one) }
  return { digit, letter: digitPattern.test(one) ? digit : one.toLowerCase(), mark: '', isStar: false }
}

const isAsciiDigit = (one: string) => one >= '0' && one <= '9' && one.length === 1

function digitOf(one: string): string {
  if (isAsciiDigit(one)) return one
  const numeral = numerals[one]
  if (numeral !== undefined) return numeral
  return digitPattern.test(one) ? String(valueOfDigit(one.codePointAt(0) ?? 0)) : ''
}

/** Digits of a script stand ten in a row, the zero first. */
function valueOfDigit(code: number): number {
  let value = 0
  while (value < 9 && digitPattern.test(String.fromCodePoint(code - value - 1))) value += 1
  return value
}

const lookalikes: Readonly<Record<string, string>> = { o: '0', о: '0', ο: '0', l: '1', i: '1' }

/** Letters that are written for 0 and 1 beside a digit: `l54 OOOO…`. */
function withLookalikes(signs: readonly Sign[]): Sign[] {
  const read = [...signs]
  const change = (at: number, step: 1 | -1) => {
    const sign = read[at]
    const digit = sign === undefined || sign.digit !== '' ? undefined : lookalikes[sign.letter]
    if (sign === undefined || digit === undefined) return
    let beside = at + step
    while (read[beside]?.mark !== '' && Math.abs(beside - at) <= 2 && read[beside] !== undefined) beside += step
    if ((read[beside]?.digit ?? '') !== '') read[at] = { ...sign, digit }
  }
  for (let at = 0; at < read.length; at += 1) change(at, -1)
  for (let at = read.length - 1; at >= 0; at -= 1) change(at, 1)
  return read
}

/** The letters and digits of a text without what separates them. */
export interface Letters {
  readonly text: string
  /** For each UTF-16 unit of `text`: the index of the sign that it comes from. */
  readonly at: readonly number[]
}

export function lettersOf(signs: readonly Sign[]): Letters {
  const parts: string[] = []
  const at: number[] = []
  signs.forEach(({ letter }, index) => {
    if (letter === '') return
    parts.push(letter)
    for (let unit = 0; unit < letter.length; unit += 1) at.push(index)
  })
  return { text: parts.join(''), at }
}
