import { isId } from '../ids/index.ts'
import { instantOf } from '../time/index.ts'

/** One page of a list that is read by key, not by number: `next` is absent on the last page. */
export interface Page<Item> {
  items: Item[]
  next?: string
}

/** The largest page a screen may ask for (ux.md: never more than 200 rows). */
export const largestPage = 200

/** Writes the last row's sort values as an opaque cursor. */
export function writeCursor(values: readonly (string | number)[]): string {
  return encodeURIComponent(JSON.stringify(values))
}

/** What a value of a cursor is: any text, a whole number of 32 bits, a day, an instant, an id. */
export type CursorPart = 'text' | 'number' | 'day' | 'instant' | 'id'

const isInstant = (value: string | number) => {
  const atMs = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return !Number.isNaN(atMs) && instantOf(atMs) === value
}
const fits: Readonly<Record<CursorPart, (value: string | number) => boolean>> = {
  text: (value) => typeof value === 'string' && !value.includes('\0'),
  number: (value) => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31,
  day: (value) => isInstant(`${value}T00:00:00.000Z`), // also 9999-12-31, which stands for no day
  instant: isInstant,
  id: (value) => typeof value === 'string' && isId(value),
}

/**
 * Reads a cursor with these parts; anything else, such as a cursor of another list or one made up, is `undefined`, which starts from
 * the first page. What is returned can be cast in a query.
 */
export function readCursor(cursor: string | undefined, parts: readonly CursorPart[]): (string | number)[] | undefined {
  if (cursor === undefined || cursor === '') return undefined
  try {
    const values: unknown = JSON.parse(decodeURIComponent(cursor))
    if (!Array.isArray(values) || values.length !== parts.length) return undefined
    const found: (string | number)[] = values.filter((value) => typeof value === 'string' || typeof value === 'number')
    return found.length === parts.length && parts.every((part, at) => fits[part](found[at] ?? '')) ? found : undefined
  } catch {
    return undefined // a cursor cut short in a copied link: the list starts anew
  }
}

/** Cuts `limit + 1` rows to one page and its cursor. */
export function toPage<Item>(rows: readonly Item[], limit: number, keyOf: (item: Item) => readonly (string | number)[]): Page<Item> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last !== undefined ? { items, next: writeCursor(keyOf(last)) } : { items }
}
