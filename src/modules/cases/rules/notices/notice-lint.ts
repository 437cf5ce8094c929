import { maskIdNumber, maskPhone } from '#kernel/pure/text/index.ts'
import { findNumbers, type NumberKind } from './notice-lint-numbers.ts'
import { findPeople } from './notice-lint-people.ts'
import { placeOf, without, type LintTerms } from './notice-lint-terms.ts'
import { lettersOf, readSigns, type Letters, type Sign } from './notice-signs.ts'

/** Where a text of a notice stands. `hidden`: inside a file, not to be seen on paper. */
export const noticeParts = ['title', 'note', 'cell', 'file-name', 'hidden'] as const
export type NoticePart = (typeof noticeParts)[number]

export interface NoticeText {
  readonly part: NoticePart
  /** Column and line of a cell, name of a file and where in it: `photo.jpg · EXIF ImageDescription`. */
  readonly name: string
  readonly text: string
  /** Bytes that were read as text on suspicion: single signs there mean nothing. */
  readonly isGuess?: true
  /** The file itself says what it is: `gps`. */
  readonly mark?: 'gps' | 'unreadable'
}

export const findingKinds = [
  'id-number',
  'disability-number',
  'phone',
  'bank-account',
  'long-number',
  'health',
  'forbidden-word',
  'minor-name',
  'birth-date',
  'minor-age',
  'member-name',
  'head-name',
  'gps',
  'unreadable',
] as const
export type FindingKind = (typeof findingKinds)[number]

/** Something that must not be published: where, what, and a glimpse that tells no more than is needed to find it. */
export interface NoticeFinding {
  readonly part: NoticePart
  readonly name: string
  readonly kind: FindingKind
  /** Position and length in the text as it is written (UTF-16). */
  readonly at: number
  readonly length: number
  readonly shown: string
}

/** Everything in the texts of a notice that must not be published (policy.md §2.6: no ID, telephone, account, health; trust.md §5.5: never children). */
export function lintNotice(texts: readonly NoticeText[], terms: LintTerms): NoticeFinding[] {
  const phones = terms.phones.map((phone) =>
    readSigns(phone)
      .map(({ digit }) => digit)
      .join(''),
  )
  return texts.flatMap((text) => lintText(text, { ...terms, phones }))
}

function lintText(text: NoticeText, terms: LintTerms): NoticeFinding[] {
  const { part, name } = text
  if (text.mark !== undefined) return [{ part, name, kind: text.mark, at: 0, length: 0, shown: '' }]
  const signs = readSigns(part === 'hidden' ? withoutMachineWords(text.text) : text.text)
  const letters = lettersOf(signs)
  const found = [
    ...findNumbers(signs, terms.phones).map((one) => ({
      kind: one.kind,
      first: one.first,
      last: one.last,
      shown: maskNumber(one.kind, one.digits),
    })),
    ...findWords(letters, { words: terms.healthWords, terms, isGuess: text.isGuess === true }).map((one) => ({
      ...one,
      kind: 'health' as const,
    })),
    ...findWords(letters, { words: terms.otherWords, terms, isGuess: text.isGuess === true }).map((one) => ({
      ...one,
      kind: 'forbidden-word' as const,
    })),
    // What the program writes into a cell is on the allow-list: a head may be called like somebody's child.
    ...(part === 'cell' ? [] : findPeople(letters, terms, text.isGuess === true)),
  ]
  return unlike(found).map((one) => toFinding(text, signs, one))
}

interface Found {
  readonly kind: FindingKind
  readonly first: number
  readonly last: number
  readonly shown: string
}

function toFinding({ part, name }: NoticeText, signs: readonly Sign[], { kind, first, last, shown }: Found): NoticeFinding {
  const at = signs[first]?.from ?? 0
  return { part, name, kind, at, length: (signs[last]?.to ?? at) - at, shown }
}

/** Of what overlaps, the kind that says most stays: kinds stand in that order. */
function unlike(found: readonly Found[]): Found[] {
  const kept: Found[] = []
  const rank = ({ kind }: Found) => findingKinds.indexOf(kind)
  for (const one of [...found].sort((left, right) => rank(left) - rank(right) || left.first - right.first || right.last - left.last))
    if (!kept.some((other) => one.first <= other.last && other.first <= one.last)) kept.push(one)
  return kept.sort((left, right) => left.first - right.first)
}

function maskNumber(kind: NumberKind, digits: string): string {
  if (kind === 'phone') return maskPhone(digits)
  if (kind === 'id-number' || kind === 'disability-number') return maskIdNumber(digits)
  return `${'*'.repeat(Math.max(0, digits.length - 4))}${digits.slice(-4)}`
}

/** Words wherever they stand, also with signs between their letters. The first letter is shown. */
function findWords(letters: Letters, given: { words: readonly string[]; terms: LintTerms; isGuess: boolean }): Omit<Found, 'kind'>[] {
  const { words, terms, isGuess } = given
  const text = without(letters.text, terms.harmless)
  return words.flatMap((written) => {
    const word = lettersOf(readSigns(written)).text
    if (word === '' || (isGuess && word.length < 2)) return []
    const isLatin = /^[a-z]+$/.test(word)
    const found: Omit<Found, 'kind'>[] = []
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const isPart = isLatin && (isJoined(letters, at - 1) || isJoined(letters, at + word.length - 1))
      if (!isPart)
        found.push({ ...placeOf(letters, at, word.length), shown: `${written.slice(0, 1)}${'*'.repeat(Math.max(1, written.length - 1))}` })
    }
    return found
  })
}

/** Whether a Latin letter is followed by another without a sign between them: they are one word. */
function isJoined({ text, at }: Letters, index: number): boolean {
  return /^[a-z]{2}$/.test(text.slice(Math.max(0, index), index + 2)) && (at[index + 1] ?? 0) - (at[index] ?? 0) === 1
}

/** Ids, digests and stamps that programs write into files say nothing about people. Positions stay. */
function withoutMachineWords(text: string): string {
  return text.replace(
    /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b(?=[0-9]*[a-f])[0-9a-f]{24,128}\b|D:20\d{12}([+-]\d{2}'\d{2}'?|Z)?/gi,
    (word) => '\u0000'.repeat(word.length),
  )
}
