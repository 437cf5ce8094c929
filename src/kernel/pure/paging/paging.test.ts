import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeId } from '../ids/index.ts'
import { readCursor, toPage, writeCursor } from './index.ts'

describe('a cursor', () => {
  it('is read as it was written, part by part', () => {
    const values = ['柳湾 村', -3, '9999-12-31', '2023-12-18T01:00:00.000Z', makeId()]
    expect(readCursor(writeCursor(values), ['text', 'number', 'day', 'instant', 'id'])).toEqual(values)
  })

  it('of another list, cut short or made up starts the list anew', () => {
    const day = (value: string | number) => readCursor(writeCursor([value]), ['day'])
    expect([day('x'), day('2023-02-30'), day(1), day('')]).toEqual([undefined, undefined, undefined, undefined])
    expect(readCursor(writeCursor(['x']), ['id'])).toBeUndefined()
    expect(readCursor(writeCursor([2 ** 31]), ['number'])).toBeUndefined()
    expect(readCursor(writeCursor([0.5]), ['number'])).toBeUndefined()
    expect(readCursor(writeCursor(['a\0b']), ['text'])).toBeUndefined()
    expect(readCursor(writeCursor(['2023-12-18']), ['instant'])).toBeUndefined()
    expect(readCursor(writeCursor(['a', 'b']), ['text'])).toBeUndefined()
    expect(readCursor(encodeURIComponent('["a",null]'), ['text'])).toBeUndefined()
    expect(readCursor('%5B%22a', ['text'])).toBeUndefined()
  })

  it('never throws, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json().map(encodeURIComponent)), (cursor) => {
        const read = readCursor(cursor, ['day', 'number', 'id'])
        return read === undefined || read.length === 3
      }),
    )
  })

  it('stands at the end of a page only when there is another', () => {
    expect(toPage([1, 2, 3], 2, (item) => [item])).toEqual({ items: [1, 2], next: writeCursor([2]) })
    expect(toPage([1, 2], 2, (item) => [item])).toEqual({ items: [1, 2] })
  })
})
