import type { Tree } from '@lezer/common'
import { isNamedError } from '../errors/index.ts'

/** What can be missing or too much at a place, in words of code (`expression-words.ts` says them). */
export type Expected = 'value' | 'operator' | ')' | ']' | '}' | 'then' | 'else' | 'return' | 'satisfies' | 'in' | ':' | '"' | 'end'

export interface Unreadable {
  readonly line: number
  readonly column: number
  readonly offset: number
  /** The word or sign at that place; empty at the end of the text. */
  readonly found: string
  readonly expected: readonly Expected[]
  readonly [more: string]: unknown
}

/** Tried one after the other at the place of the first error: what lets the reader come further was expected there. */
const repairs: readonly (readonly [expected: Expected, inserted: string])[] = [
  ['value', ' 0 '],
  ['operator', ' + '],
  [')', ' ) '],
  [']', ' ] '],
  ['}', ' } '],
  ['then', ' then 0 else '],
  ['then', ' then 0 else 0 '],
  ['else', ' else '],
  ['else', ' else 0 '],
  ['return', ' return '],
  ['return', ' return 0 '],
  ['satisfies', ' satisfies '],
  ['satisfies', ' satisfies true '],
  ['in', ' in '],
  [':', ' : '],
  [':', ' : 0 '],
]

/** Where the reading stopped first, and what would have let it go on. */
export function explainUnreadable(text: string, tree: Tree, parse: (text: string) => Tree): Unreadable {
  const offset = placeOf(text, tree)
  const before = text.slice(0, offset)
  const lines = before.split('\n')
  const place = { line: lines.length, column: (lines[lines.length - 1] ?? '').length + 1, offset, found: wordAt(text, offset) }
  // A quote that is never closed swallows the rest: nothing else is worth saying.
  if (openQuote(text) !== null) return { ...place, ...at(text, openQuote(text) ?? 0), expected: ['"'] }
  const expected = new Set<Expected>()
  if (text.length <= 4000) {
    for (const [what, inserted] of repairs) {
      const repaired = before + inserted + text.slice(offset)
      const next = errorIn(repaired, parse)
      if (next === null || next > offset + inserted.length) expected.add(what)
    }
    const without = errorIn(before + text.slice(offset + place.found.length), parse)
    if (place.found !== '' && without === null) expected.add('end')
  }
  return { ...place, expected: [...expected] }
}

function at(text: string, offset: number): { line: number; column: number; offset: number; found: string } {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length, column: (lines[lines.length - 1] ?? '').length + 1, offset, found: wordAt(text, offset) }
}

/** The error node stands where the last good part ended; the word after the blanks is what disturbs. */
function placeOf(text: string, tree: Tree): number {
  let offset = firstError(tree) ?? text.length
  while (offset < text.length && /\s/.test(text.charAt(offset))) offset += 1
  return offset
}

/** Where a repaired text stops; its beginning when the reader refuses it altogether: then the repair was none. */
function errorIn(text: string, parse: (text: string) => Tree): number | null {
  try {
    return firstError(parse(text))
  } catch (error) {
    if (isNamedError(error)) return 0
    throw error
  }
}

function firstError(tree: Tree): number | null {
  let found: number | null = null
  tree.iterate({
    enter(node) {
      if (node.type.isError && found === null) found = node.from
      return found === null
    },
  })
  return found
}

function wordAt(text: string, offset: number): string {
  const rest = text.slice(offset, offset + 40)
  return /^[\p{L}\p{N}_]+/u.exec(rest)?.[0] ?? rest.slice(0, 1)
}

/** The place of a quote that is not closed on its line. */
function openQuote(text: string): number | null {
  let open: number | null = null
  for (let place = 0; place < text.length; place += 1) {
    const sign = text.charAt(place)
    if (sign === '\\' && open !== null) place += 1
    else if (sign === '"') open = open === null ? place : null
  }
  return open
}
