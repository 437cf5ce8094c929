import type { Page } from '#kernel/pure/paging/index.ts'
import type { BadRow } from '../rules/import-records.ts'

/** The bad rows as far as they have been read: pages in their order, of which only those near the screen are held. */
export interface BadPages {
  /** Where each known page begins; '' is the first. */
  readonly cursors: readonly string[]
  readonly sizes: readonly number[]
  readonly held: ReadonlyMap<number, readonly BadRow[]>
  /** True when the last known page has been read and nothing follows it. */
  readonly isWhole: boolean
}

export const noPages: BadPages = { cursors: [''], sizes: [], held: new Map(), isWhole: false }
/** Pages held at once; a hundred thousand rows never stand in the page. */
const mostHeld = 12

/** Rows known so far, and one more page's worth of room to scroll into while more may follow. */
export function countKnown(pages: BadPages): number {
  return pages.sizes.reduce((sum, size) => sum + size, 0)
}

/** The page in which a row stands and its place there; `undefined` beyond what is known. */
export function placeOf(pages: BadPages, row: number): { page: number; at: number } | undefined {
  let start = 0
  for (const [page, size] of pages.sizes.entries()) {
    if (row < start + size) return { page, at: row - start }
    start += size
  }
  return undefined
}

/** A row that is held; `undefined` while it has to be read. */
export function findHeld(pages: BadPages, row: number): BadRow | undefined {
  const place = placeOf(pages, row)
  return place === undefined ? undefined : pages.held.get(place.page)?.[place.at]
}

/** The pages that have to be read so that the rows on screen are there. */
export function findWanted(pages: BadPages, shown: { from: number; to: number }): number[] {
  const first = placeOf(pages, shown.from)?.page ?? pages.sizes.length
  const last = placeOf(pages, shown.to)?.page ?? pages.sizes.length
  const wanted: number[] = []
  for (let page = first; page <= last; page += 1) if (page < pages.cursors.length && !pages.held.has(page)) wanted.push(page)
  return wanted
}

/** The pages with one more that was read; those farthest from it are let go. */
export function keepPage(pages: BadPages, page: number, read: Page<BadRow>): BadPages {
  const isNew = page === pages.sizes.length
  const held = new Map(pages.held)
  held.set(page, read.items)
  const far = [...held.keys()].sort((one, other) => Math.abs(other - page) - Math.abs(one - page))
  for (const one of far.slice(0, Math.max(0, held.size - mostHeld))) held.delete(one)
  const sizes = [...pages.sizes]
  sizes[page] = read.items.length
  const cursors = isNew && read.next !== undefined ? [...pages.cursors, read.next] : pages.cursors
  return { cursors, sizes, held, isWhole: isNew ? read.next === undefined : pages.isWhole }
}

/** The pages with rows as they are after they were mended. */
export function replaceRows(pages: BadPages, rows: readonly BadRow[]): BadPages {
  const byPlace = new Map(rows.map((row) => [`${row.row} ${row.sheet}`, row]))
  const held = new Map(
    [...pages.held].map(([page, items]) => [page, items.map((row) => byPlace.get(`${row.row} ${row.sheet}`) ?? row)] as const),
  )
  return { ...pages, held }
}
