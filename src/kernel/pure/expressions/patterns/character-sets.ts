/** Code points: ranges, other sets (or what is not in them), less `without`. */
export interface CharacterSet {
  readonly ranges: readonly (readonly [from: number, to: number])[]
  readonly sets: readonly { readonly set: CharacterSet; readonly negated: boolean }[]
  readonly without?: CharacterSet
  /** A category of Unicode, asked for one sign at a time. */
  readonly category?: RegExp
}

export function setOf(sign: string): CharacterSet {
  const point = sign.codePointAt(0) ?? 0
  return { ranges: [[point, point]], sets: [] }
}

/** Whether one of the points (a sign, and its other case where case does not count) is in the set. */
export function isIn(set: CharacterSet, points: readonly number[]): boolean {
  const found =
    set.ranges.some(([from, to]) => points.some((point) => point >= from && point <= to)) ||
    (set.category !== undefined && isOfCategory(set.category, points)) ||
    set.sets.some((one) => isIn(one.set, points) !== one.negated)
  return found && (set.without === undefined || !isIn(set.without, points))
}

function isOfCategory(category: RegExp, points: readonly number[]): boolean {
  return points.some((point) => category.test(String.fromCodePoint(point)))
}

const ranges = (...pairs: [number, number][]): CharacterSet => ({ ranges: pairs, sets: [] })
const not = (set: CharacterSet): CharacterSet => ({ ranges: [], sets: [{ set, negated: true }] })

/** What a dot stands for: every sign but line ends, or every sign. */
export const anyLine = {
  one: not(ranges([10, 10], [13, 13])),
  all: ranges([0, 0x10ffff]),
}

const categories = new Map<string, CharacterSet>()
const categoryNames = /^(L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)$/

/** `\p{Lu}`, `\p{IsCJKUnifiedIdeographs}`; null for a name that is not known. */
export function categorySet(name: string): CharacterSet | null {
  const known = categories.get(name)
  if (known !== undefined) return known
  const block = name.startsWith('Is') ? blocks[name.slice(2)] : undefined
  if (block !== undefined) return ranges([...block])
  if (!categoryNames.test(name)) return null
  // Safe: the name is one of the 37 above; the pattern is asked for a single code point, so it cannot run long.
  const set: CharacterSet = { ranges: [], sets: [], category: new RegExp(`^\\p{${name}}$`, 'u') }
  categories.set(name, set)
  return set
}

/** The blocks of Unicode that somebody is likely to write. */
const blocks: Readonly<Record<string, [number, number]>> = {
  BasicLatin: [0x0000, 0x007f],
  'Latin-1Supplement': [0x0080, 0x00ff],
  'LatinExtended-A': [0x0100, 0x017f],
  'LatinExtended-B': [0x0180, 0x024f],
  Greek: [0x0370, 0x03ff],
  GreekandCoptic: [0x0370, 0x03ff],
  Cyrillic: [0x0400, 0x04ff],
  Hebrew: [0x0590, 0x05ff],
  Arabic: [0x0600, 0x06ff],
  Thai: [0x0e00, 0x0e7f],
  GeneralPunctuation: [0x2000, 0x206f],
  CJKSymbolsandPunctuation: [0x3000, 0x303f],
  Hiragana: [0x3040, 0x309f],
  Katakana: [0x30a0, 0x30ff],
  CJKUnifiedIdeographsExtensionA: [0x3400, 0x4dbf],
  CJKUnifiedIdeographs: [0x4e00, 0x9fff],
  HangulSyllables: [0xac00, 0xd7af],
  HalfwidthandFullwidthForms: [0xff00, 0xffef],
}

const nameStart: CharacterSet = { ...ranges([58, 58], [95, 95]), category: /^\p{L}$/u }
const namePart: CharacterSet = { ...ranges([58, 58], [95, 95], [45, 46], [0xb7, 0xb7]), category: /^[\p{L}\p{Nd}\p{M}]$/u }
const digit: CharacterSet = { ranges: [], sets: [], category: /^\p{Nd}$/u }
const space = ranges([9, 10], [13, 13], [32, 32])
const word: CharacterSet = { ranges: [], sets: [], category: /^[^\p{P}\p{Z}\p{C}]$/u }

/** The letters after a backslash that stand for many signs (XML Schema), or for one that cannot be seen. */
export const escapeSets: ReadonlyMap<string, CharacterSet> = new Map([
  ['n', ranges([10, 10])],
  ['r', ranges([13, 13])],
  ['t', ranges([9, 9])],
  ['d', digit],
  ['D', not(digit)],
  ['s', space],
  ['S', not(space)],
  ['w', word],
  ['W', not(word)],
  ['i', nameStart],
  ['I', not(nameStart)],
  ['c', namePart],
  ['C', not(namePart)],
])
