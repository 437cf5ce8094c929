import { describe, expect, it } from 'vitest'
import type { BadRow } from '../rules/import-records.ts'
import { countKnown, findHeld, findWanted, keepPage, noPages, replaceRows } from './bad-row-pages.ts'

const rowOf = (row: number): BadRow => ({ sheet: 'S', row, cells: [String(row)], masked: [], problems: [], mended: {} })
const size = 200
const pageOf = (page: number, last = 40) => ({
  items: Array.from({ length: size }, (_, at) => rowOf(page * size + at)),
  ...(page === last ? {} : { next: `after ${page}` }),
})

describe('the rows with problems, page by page', () => {
  it('are read where the screen stands, and no further than is known', () => {
    expect(findWanted(noPages, { from: 0, to: 20 })).toEqual([0])
    const one = keepPage(noPages, 0, pageOf(0))
    expect(findWanted(one, { from: 0, to: 20 })).toEqual([])
    expect(findWanted(one, { from: 190, to: 205 })).toEqual([1])
    expect(countKnown(one)).toBe(200)
    expect(one.isWhole).toBe(false)
  })

  it('are never all held: pages far from the screen are let go and read again by their cursor', () => {
    let pages = noPages
    for (let page = 0; page <= 40; page += 1) pages = keepPage(pages, page, pageOf(page))
    expect(pages.held.size).toBe(12)
    expect(pages.isWhole).toBe(true)
    expect(countKnown(pages)).toBe(41 * size)
    expect(findHeld(pages, 5)).toBeUndefined()
    expect(findWanted(pages, { from: 0, to: 20 })).toEqual([0])
    const back = keepPage(pages, 0, pageOf(0))
    expect(findHeld(back, 5)?.row).toBe(5)
    expect(back.cursors).toEqual(pages.cursors)
  })

  it('show a mended row in its place', () => {
    const pages = replaceRows(keepPage(noPages, 0, pageOf(0, 0)), [{ ...rowOf(7), cells: ['neu'] }])
    expect(findHeld(pages, 7)?.cells).toEqual(['neu'])
    expect(findHeld(pages, 8)?.cells).toEqual(['8'])
  })
})
