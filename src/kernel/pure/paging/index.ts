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

/** Reads a cursor of `length` values; anything else is `undefined`, which starts from the first page. */
export function readCursor(cursor: string | undefined, length: number): (string | number)[] | undefined {
  if (cursor === undefined || cursor === '') return undefined
  try {
    const values: unknown = JSON.parse(decodeURIComponent(cursor))
    if (!Array.isArray(values) || values.length !== length) return undefined
    return values.every((value) => typeof value === 'string' || typeof value === 'number') ? values : undefined
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
