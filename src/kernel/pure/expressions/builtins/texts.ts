import { findAll, isFound, patternOf, pointsOf, textOfPoints, type Found } from '../patterns/pattern.ts'
import { numberOf } from '../numbers.ts'
import { checkedText, checkItems, checkLength, spend } from '../run.ts'
import type { Run, Value } from '../values.ts'
import { define, list, omittable, optional, text, truncated, type Signature } from './signature.ts'

/** Texts are counted in code points: 𠮷 is one sign. */
export const textFunctions: readonly Signature[] = [
  define(
    'substring',
    [text('string'), truncated('start position'), optional(truncated('length'))],
    'string',
    ([string, start, length], run) => substring(string, { start, length, run }),
  ),
  define('string length', [text('string')], 'number', ([string], run) => numberOf(pointsOf(string, run).length)),
  define('upper case', [text('string')], 'string', ([string], run) => spent(run, string.toUpperCase())),
  define('lower case', [text('string')], 'string', ([string], run) => spent(run, string.toLowerCase())),
  define('substring before', [text('string'), text('match')], 'string', ([string, match], run) => {
    const at = string.indexOf(match)
    return spent(run, at < 0 ? '' : string.slice(0, at))
  }),
  define('substring after', [text('string'), text('match')], 'string', ([string, match], run) => {
    const at = string.indexOf(match)
    return spent(run, at < 0 ? '' : string.slice(at + match.length))
  }),
  define(
    'contains',
    [text('string'), text('match')],
    'boolean',
    ([string, match], run) => spendText(run, string) && string.includes(match),
  ),
  define('starts with', [text('string'), text('match')], 'boolean', ([string, match]) => string.startsWith(match)),
  define('ends with', [text('string'), text('match')], 'boolean', ([string, match]) => string.endsWith(match)),
  define('matches', [text('input'), text('pattern'), omittable(text('flags'))], 'boolean', ([input, pattern, flags], run) => {
    const read = patternOf(pattern, flags ?? '')
    return read === null ? null : isFound(read, input, run)
  }),
  define(
    'replace',
    [text('input'), text('pattern'), text('replacement'), omittable(text('flags'))],
    'string',
    ([input, pattern, replacement, flags], run) => replace({ input, pattern, replacement, flags: flags ?? '' }, run),
  ),
  define('split', [text('string'), text('delimiter')], { list: 'string' }, ([string, delimiter], run) => split(string, delimiter, run)),
  define('string join', [list('list'), omittable(text('delimiter'))], 'string', ([items, delimiter], run) =>
    join(items, delimiter ?? '', run),
  ),
]

function spendText(run: Run, used: string): true {
  spend(run, 1 + Math.floor(used.length / 8))
  return true
}

function spent(run: Run, made: string): string {
  spendText(run, made)
  return checkedText(made)
}

function substring(string: string, { start, length, run }: { start: number; length: number | undefined; run: Run }): Value {
  if (start === 0 || (length !== undefined && length < 1)) return null
  const points = pointsOf(string, run)
  const from = start > 0 ? start - 1 : points.length + start
  if (from < 0 || from >= points.length) return start > 0 ? '' : null
  return textOfPoints(points, from, Math.min(points.length, from + (length ?? points.length)))
}

interface Replacing {
  readonly input: string
  readonly pattern: string
  readonly replacement: string
  readonly flags: string
}

function replace({ input, pattern, replacement, flags }: Replacing, run: Run): Value {
  const read = patternOf(pattern, flags)
  if (read === null) return null
  const points = pointsOf(input, run)
  const all = findAll(read, points, run)
  const parts = flags.includes('q') ? [replacement] : readReplacement(replacement, read.groups)
  if (all === null || parts === null) return null
  let made = ''
  let at = 0
  for (const found of all) {
    made +=
      textOfPoints(points, at, found[0] ?? at) +
      parts.map((part) => (typeof part === 'string' ? part : groupOf(found, part, points))).join('')
    at = found[1] ?? at
    spendText(run, made.slice(-1000))
    checkedText(made)
  }
  return spent(run, made + textOfPoints(points, at, points.length))
}

function groupOf(found: Found, group: number, points: readonly number[]): string {
  const from = found[group * 2] ?? -1
  const to = found[group * 2 + 1] ?? -1
  return from < 0 || to < 0 ? '' : textOfPoints(points, from, to)
}

/** Texts and numbers of groups: `$1-$2`, `\$`, `\\`. Null for a lone backslash or dollar. */
function readReplacement(replacement: string, groups: number): readonly (string | number)[] | null {
  const parts: (string | number)[] = []
  const signs = /\\([\\$])|\$(\d+)|([^\\$]+)|./gs
  for (const match of replacement.matchAll(signs)) {
    if (match[1] !== undefined) parts.push(match[1])
    else if (match[3] !== undefined) parts.push(match[3])
    else if (match[2] === undefined) return null
    else parts.push(...readGroupNumber(match[2], groups))
  }
  return parts
}

/** `$12` is group 12 where there are so many, else group 1 and the digit 2 (XPath fn:replace). */
function readGroupNumber(digits: string, groups: number): (string | number)[] {
  for (let length = digits.length; length > 1; length -= 1) {
    const number = Number(digits.slice(0, length))
    if (number <= groups) return [number, digits.slice(length)]
  }
  const number = Number(digits.slice(0, 1))
  return number <= groups ? [number, digits.slice(1)] : [digits.slice(1)]
}

function split(string: string, delimiter: string, run: Run): Value {
  const read = patternOf(delimiter, '')
  if (read === null) return null
  const points = pointsOf(string, run)
  const all = findAll(read, points, run)
  if (all === null) return null
  checkItems(run, all.length + 1)
  const parts: string[] = []
  let at = 0
  for (const found of all) {
    parts.push(textOfPoints(points, at, found[0] ?? at))
    at = found[1] ?? at
  }
  return [...parts, textOfPoints(points, at, points.length)]
}

/** Null items fall away; anything else that is no text makes no result. */
function join(items: readonly Value[], delimiter: string, run: Run): Value {
  const texts: string[] = []
  let length = 0
  for (const item of items) {
    if (item === null) continue
    if (typeof item !== 'string') return null
    texts.push(item)
    length += item.length + delimiter.length
    spend(run, 1 + Math.floor((item.length + delimiter.length) / 8))
    checkLength(length - delimiter.length)
  }
  return texts.join(delimiter)
}
