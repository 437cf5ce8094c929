import { anyLine, categorySet, escapeSets, setOf, type CharacterSet } from './character-sets.ts'

/** A regular expression of XPath (the flavour that DMN names), without back-references: those cannot be matched in linear time. */
export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly ways: readonly PatternNode[] }
  | { readonly kind: 'group'; readonly inside: PatternNode; readonly number: number }
  | { readonly kind: 'repeat'; readonly inside: PatternNode; readonly min: number; readonly max: number; readonly greedy: boolean }

export interface PatternFlags {
  readonly dotAll: boolean
  readonly lines: boolean
  readonly ignoreCase: boolean
  readonly spaced: boolean
  readonly literal: boolean
}

interface Reader {
  readonly signs: readonly string[]
  readonly flags: PatternFlags
  at: number
  groups: number
  depth: number
}

/** Thrown inside this room only: the pattern is not one. */
export class NoPattern extends Error {}

const maxRepeat = 1000
const maxDepth = 50

/** Flags `s`, `m`, `i`, `x`, `q`; null for any other. */
export function readFlags(text: string): PatternFlags | null {
  if (!/^[smixq]*$/.test(text)) return null
  const has = (flag: string) => text.includes(flag)
  return { dotAll: has('s'), lines: has('m'), ignoreCase: has('i'), spaced: has('x'), literal: has('q') }
}

/** Reads a pattern; throws NoPattern. */
export function readPattern(text: string, flags: PatternFlags): { node: PatternNode; groups: number } {
  if (flags.literal) return { node: { kind: 'sequence', parts: Array.from(text, (sign) => one(sign)) }, groups: 0 }
  const signs = Array.from(flags.spaced ? withoutSpaces(text) : text)
  const reader: Reader = { signs, flags, at: 0, groups: 0, depth: 0 }
  const node = readChoice(reader)
  if (reader.at < signs.length) throw new NoPattern()
  return { node, groups: reader.groups }
}

/** Blanks fall away outside of `[…]`. */
function withoutSpaces(text: string): string {
  return text.replace(/\\\S|\[(?:\\.|[^\]])*\]|\s+/gs, (part) => (/^\s+$/.test(part) ? '' : part))
}

function one(sign: string): PatternNode {
  return { kind: 'set', set: setOf(sign) }
}

function readChoice(reader: Reader): PatternNode {
  reader.depth += 1
  if (reader.depth > maxDepth) throw new NoPattern()
  const ways = [readSequence(reader)]
  while (reader.signs[reader.at] === '|') {
    reader.at += 1
    ways.push(readSequence(reader))
  }
  reader.depth -= 1
  const [only] = ways
  return ways.length === 1 && only !== undefined ? only : { kind: 'choice', ways }
}

function readSequence(reader: Reader): PatternNode {
  const parts: PatternNode[] = []
  for (;;) {
    const sign = reader.signs[reader.at]
    if (sign === undefined || sign === '|' || sign === ')') return { kind: 'sequence', parts }
    parts.push(readRepeat(readAtom(reader, sign), reader))
  }
}

function readRepeat(inside: PatternNode, reader: Reader): PatternNode {
  const bounds = readBounds(reader)
  if (bounds === null) return inside
  const greedy = reader.signs[reader.at] !== '?'
  if (!greedy) reader.at += 1
  if (/[*+?{]/.test(reader.signs[reader.at] ?? '')) throw new NoPattern()
  return { kind: 'repeat', inside, ...bounds, greedy }
}

function readBounds(reader: Reader): { min: number; max: number } | null {
  const sign = reader.signs[reader.at]
  if (sign === '*' || sign === '+' || sign === '?') {
    reader.at += 1
    return { min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Number.POSITIVE_INFINITY }
  }
  if (sign !== '{') return null
  const match = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(reader.signs.slice(reader.at, reader.at + 12).join(''))
  if (match === null) throw new NoPattern()
  reader.at += match[0].length
  const min = Number(match[1])
  const max = match[2] === undefined ? min : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3])
  if (min > max || min > maxRepeat || (max > maxRepeat && max !== Number.POSITIVE_INFINITY)) throw new NoPattern()
  return { min, max }
}

function readAtom(reader: Reader, sign: string): PatternNode {
  reader.at += 1
  switch (sign) {
    case '(':
      return readGroup(reader)
    case '[':
      return { kind: 'set', set: readClass(reader) }
    case '.':
      return { kind: 'set', set: reader.flags.dotAll ? anyLine.all : anyLine.one }
    case '^':
      return { kind: 'start' }
    case '$':
      return { kind: 'end' }
    case '\\':
      return { kind: 'set', set: readEscape(reader) }
    case '*':
    case '+':
    case '?':
    case '{':
    case '}':
    case ']':
      throw new NoPattern()
    default:
      return one(sign)
  }
}

function readGroup(reader: Reader): PatternNode {
  const plain = reader.signs[reader.at] === '?' && reader.signs[reader.at + 1] === ':'
  if (!plain && reader.signs[reader.at] === '?') throw new NoPattern()
  if (plain) reader.at += 2
  else reader.groups += 1
  const number = reader.groups
  const inside = readChoice(reader)
  if (reader.signs[reader.at] !== ')') throw new NoPattern()
  reader.at += 1
  return plain ? inside : { kind: 'group', inside, number }
}

/** After the backslash: a class, a sign taken as itself. Numbers would be back-references. */
function readEscape(reader: Reader): CharacterSet {
  const sign = reader.signs[reader.at]
  reader.at += 1
  if (sign === undefined) throw new NoPattern()
  if (sign === 'p' || sign === 'P') {
    const close = reader.signs.indexOf('}', reader.at)
    if (reader.signs[reader.at] !== '{' || close < 0 || close - reader.at > 60) throw new NoPattern()
    const set = categorySet(reader.signs.slice(reader.at + 1, close).join(''))
    if (set === null) throw new NoPattern()
    reader.at = close + 1
    return sign === 'P' ? { ranges: [], sets: [{ set, negated: true }] } : set
  }
  const known = escapeSets.get(sign)
  if (known !== undefined) return known
  if (/[\\|.?*+(){}$\-[\]^]/.test(sign)) return setOf(sign)
  throw new NoPattern()
}

/** After `[`: signs, ranges, escapes, and what is taken away with `-[…]`. */
function readClass(reader: Reader): CharacterSet {
  reader.depth += 1
  if (reader.depth > maxDepth) throw new NoPattern()
  const negated = reader.signs[reader.at] === '^'
  if (negated) reader.at += 1
  const ranges: [number, number][] = []
  const sets: { set: CharacterSet; negated: boolean }[] = []
  let without: CharacterSet | null = null
  for (let first = true; ; first = false) {
    const sign = reader.signs[reader.at]
    if (sign === undefined) throw new NoPattern()
    if (sign === ']' && !first) break
    if (sign === '-' && reader.signs[reader.at + 1] === '[') {
      reader.at += 2
      without = readClass(reader)
      if (reader.signs[reader.at] !== ']') throw new NoPattern()
      break
    }
    readClassPart(reader, ranges, sets)
  }
  reader.at += 1
  reader.depth -= 1
  const inside: CharacterSet = { ranges, sets }
  const whole: CharacterSet = negated ? { ranges: [], sets: [{ set: inside, negated: true }] } : inside
  return without === null ? whole : { ranges: [], sets: [{ set: whole, negated: false }], without }
}

function readClassPart(reader: Reader, ranges: [number, number][], sets: { set: CharacterSet; negated: boolean }[]): void {
  const from = readClassSign(reader)
  if (typeof from !== 'number') {
    sets.push({ set: from, negated: false })
    return
  }
  const next = reader.signs[reader.at + 1]
  if (reader.signs[reader.at] !== '-' || next === undefined || next === ']' || next === '[') {
    ranges.push([from, from])
    return
  }
  reader.at += 1
  const to = readClassSign(reader)
  if (typeof to !== 'number' || to < from) throw new NoPattern()
  ranges.push([from, to])
}

function readClassSign(reader: Reader): number | CharacterSet {
  const sign = reader.signs[reader.at]
  reader.at += 1
  if (sign === undefined || sign === '[') throw new NoPattern()
  if (sign !== '\\') return sign.codePointAt(0) ?? 0
  const set = readEscape(reader)
  const [only] = set.ranges
  return set.sets.length === 0 && set.ranges.length === 1 && only !== undefined && only[0] === only[1] ? only[0] : set
}
