import { callWith } from '../call-function.ts'
import { compareValues, equals } from '../compare.ts'
import { numberOf } from '../numbers.ts'
import { checkDepth, checkItems, spend } from '../run.ts'
import { isList } from '../types.ts'
import type { FeelFunction, Run, Value } from '../values.ts'
import { distinct } from './distinct.ts'
import { any, define, func, list, optional, rest, truncated, type Signature } from './signature.ts'

const anyList = { list: 'Any' } as const

/** The list functions that do not calculate (those are in list-numbers.ts). Places count from 1, from the end with −1. */
export const listFunctions: readonly Signature[] = [
  define('list contains', [list('list'), any('element')], 'boolean', ([items, element], run) => places(items, element, run).length > 0),
  define('count', [list('list')], 'number', ([items]) => countOf(items)),
  define('min', [list('list')], 'Any', ([items], run) => extreme(items, -1, run)),
  define('min', [rest(any('c'))], 'Any', ([items], run) => extreme(items, -1, run)),
  define('max', [list('list')], 'Any', ([items], run) => extreme(items, 1, run)),
  define('max', [rest(any('c'))], 'Any', ([items], run) => extreme(items, 1, run)),
  define('all', [list('list')], 'boolean', ([items], run) => decide(items, false, run)),
  define('all', [rest(any('b'))], 'boolean', ([items], run) => decide(items, false, run)),
  define('any', [list('list')], 'boolean', ([items], run) => decide(items, true, run)),
  define('any', [rest(any('b'))], 'boolean', ([items], run) => decide(items, true, run)),
  define('sublist', [list('list'), truncated('start position'), optional(truncated('length'))], anyList, ([items, start, length], run) => {
    const from = start > 0 ? start - 1 : items.length + start
    const to = length === undefined ? items.length : from + length
    if (start === 0 || from < 0 || from >= items.length || to > items.length || (length !== undefined && length < 1)) return null
    checkItems(run, to - from)
    return items.slice(from, to)
  }),
  define('append', [list('list'), rest(any('item'))], anyList, ([items, more], run) => joined([items, more], run)),
  define('concatenate', [rest(list('list'))], anyList, ([lists], run) => joined(lists, run)),
  define('insert before', [list('list'), truncated('position'), any('newItem')], anyList, ([items, position, item], run) => {
    const at = placeIn(items, position)
    return at === null ? null : joined([items.slice(0, at), [item], items.slice(at)], run)
  }),
  define('remove', [list('list'), truncated('position')], anyList, ([items, position], run) => {
    const at = placeIn(items, position)
    return at === null ? null : joined([items.slice(0, at), items.slice(at + 1)], run)
  }),
  define('list replace', [list('list'), truncated('position'), any('newItem')], anyList, ([items, position, item], run) => {
    const at = placeIn(items, position)
    return at === null ? null : joined([items.slice(0, at), [item], items.slice(at + 1)], run)
  }),
  define('list replace', [list('list'), func('match'), any('newItem')], anyList, ([items, match, item], run) =>
    replaceWhere(items, match, item, run),
  ),
  define('reverse', [list('list')], anyList, ([items], run) => {
    checkItems(run, items.length)
    return [...items].reverse()
  }),
  define('index of', [list('list'), any('match')], { list: 'number' }, ([items, match], run) =>
    places(items, match, run).map((at) => numberOf(at + 1)),
  ),
  define('union', [rest(list('list'))], anyList, ([lists], run) => distinct(joined(lists, run), run)),
  define('distinct values', [list('list')], anyList, ([items], run) => distinct(items, run)),
  define('flatten', [list('list')], anyList, ([items], run) => flatten(items, run)),
  define('sort', [list('list'), optional(func('precedes'))], anyList, ([items, precedes], run) => sort(items, precedes, run)),
]

function countOf(items: readonly Value[]): Value {
  return numberOf(items.length)
}

function places(items: readonly Value[], wanted: Value, run: Run): number[] {
  spend(run, items.length)
  const found: number[] = []
  for (const [place, item] of items.entries()) if (equals(item, wanted, run) === true) found.push(place)
  return found
}

/** The place of a position from 1 or −1; null outside of the list. */
function placeIn(items: readonly Value[], position: number): number | null {
  const at = position > 0 ? position - 1 : items.length + position
  return position === 0 || at < 0 || at >= items.length ? null : at
}

function joined(lists: readonly (readonly Value[])[], run: Run): readonly Value[] {
  const count = lists.reduce((sum, one) => sum + one.length, 0)
  checkItems(run, count)
  return lists.flat()
}

/** The least (−1) or greatest (1); null for an empty list or items that cannot be compared. */
function extreme(items: readonly Value[], sign: number, run: Run): Value {
  spend(run, items.length)
  let found: Value = items[0] ?? null
  if (items.length > 0 && compareValues(found, found) === null) return null
  for (const item of items) {
    const order = compareValues(item, found)
    if (order === null) return null
    if (order * sign > 0) found = item
  }
  return found
}

/** `any` when `deciding` is true, `all` when it is false: three-valued; an item that is neither true nor false makes it unknown. */
function decide(items: readonly Value[], deciding: boolean, run: Run): boolean | null {
  spend(run, items.length)
  if (items.some((item) => item !== null && typeof item !== 'boolean')) return null
  if (items.includes(deciding)) return deciding
  return items.includes(null) ? null : !deciding
}

function replaceWhere(items: readonly Value[], match: FeelFunction, item: Value, run: Run): Value {
  checkItems(run, items.length)
  const made: Value[] = []
  for (const one of items) {
    const holds = callWith(match, [one, item], run)
    if (typeof holds !== 'boolean') return null
    made.push(holds ? item : one)
  }
  return made
}

function flatten(items: readonly Value[], run: Run): readonly Value[] {
  const made: Value[] = []
  const add = (list: readonly Value[], depth: number): void => {
    checkDepth(depth)
    checkItems(run, list.length)
    for (const item of list) {
      if (isList(item)) add(item, depth + 1)
      else made.push(item)
    }
    checkItems(run, made.length)
  }
  add(items, 0)
  return made
}

/** Stable. Without a function: ascending; null where two items cannot be compared. */
function sort(items: readonly Value[], precedes: FeelFunction | undefined, run: Run): Value {
  checkItems(run, items.length)
  let comparable = true
  const order = (a: Value, b: Value): number => {
    spend(run, 1)
    if (precedes !== undefined) return callWith(precedes, [a, b], run) === true ? -1 : callWith(precedes, [b, a], run) === true ? 1 : 0
    const compared = compareValues(a, b)
    if (compared === null) comparable = false
    return compared ?? 0
  }
  const sorted = [...items].sort(order)
  return comparable ? sorted : null
}
