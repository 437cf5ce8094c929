import { isContext } from '../types.ts'
import { entryOf } from '../properties.ts'
import { checkDepth, checkItems } from '../run.ts'
import type { FeelContext, Run, Value } from '../values.ts'
import { any, context, define, list, text, type Signature } from './signature.ts'

const anyContext = { context: {} } as const

export const contextFunctions: readonly Signature[] = [
  define('get value', [context('m'), text('key')], 'Any', ([m, key]) => entryOf(m, key) ?? null),
  define('get value', [context('context'), text('key')], 'Any', ([m, key]) => entryOf(m, key) ?? null),
  define('get entries', [context('m')], { list: anyContext }, ([m], run) => {
    checkItems(run, m.size)
    return Array.from(m, ([key, value]) => new Map<string, Value>([['key', key], ['value', value]])) // biome-ignore format: one line
  }),
  define('context', [list('entries')], anyContext, ([entries], run) => fromEntries(entries, run)),
  define('context put', [context('context'), text('key'), any('value')], anyContext, ([m, key, value], run) =>
    put(m, [key], { value, run, depth: 0 }),
  ),
  define('context put', [context('context'), list('keys'), any('value')], anyContext, ([m, keys, value], run) =>
    put(m, keys, { value, run, depth: 0 }),
  ),
  define('context merge', [list('contexts')], anyContext, ([contexts], run) => merge(contexts, run)),
]

/** From `[{key: "a", value: 1}]`; null when an entry lacks its key or value, or a key comes twice. */
function fromEntries(entries: readonly Value[], run: Run): Value {
  checkItems(run, entries.length)
  const made = new Map<string, Value>()
  for (const entry of entries) {
    const key = isContext(entry) ? entry.get('key') : undefined
    const value = isContext(entry) ? entry.get('value') : undefined
    if (typeof key !== 'string' || value === undefined || made.has(key)) return null
    made.set(key, value)
  }
  return made
}

/** A copy with the value at the path of keys; contexts on the way must be there or are made. */
function put(m: FeelContext, keys: readonly Value[], { value, run, depth }: { value: Value; run: Run; depth: number }): Value {
  checkDepth(depth)
  checkItems(run, m.size + 1)
  const [key, ...more] = keys
  if (typeof key !== 'string') return null
  const made = new Map(m)
  if (more.length === 0) return made.set(key, value)
  const below = m.get(key) ?? null
  if (below !== null && !isContext(below)) return null
  const inside = put(below ?? new Map<string, Value>(), more, { value, run, depth: depth + 1 })
  return inside === null ? null : made.set(key, inside)
}

/** Later contexts win. */
function merge(contexts: readonly Value[], run: Run): Value {
  const made = new Map<string, Value>()
  for (const one of contexts) {
    if (!isContext(one)) return null
    checkItems(run, one.size)
    for (const [key, value] of one) made.set(key, value)
  }
  return made
}
