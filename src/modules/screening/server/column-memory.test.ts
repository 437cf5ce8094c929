import { describe, expect, it } from 'vitest'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { memoryOfColumns, type RowBlock } from '#kernel/server/sheets/index.ts'
import { columnsOf, describeSheet, knowSheet, layoutHash, recogniseSheet, type KnownLayout } from './recognise-list.ts'

const numberOf = (at: number): string => {
  const first = `99039119800101${String(100 + at)}`
  return first + (checkCharacterOf(first) ?? '')
}
const person = (at: number): string[] => [`张${String.fromCharCode(0x4e00 + at)}`, numberOf(at), '2026-03-05', '失业', '6500']
const block = (labels: string[], make: (at: number) => string[]): RowBlock => ({
  sheet: '表',
  rows: [labels, ...Array.from({ length: 12 }, (_, at) => make(at))].map((cells, at) => ({ row: at + 1, cells })),
})
const first = block(['当事人', '号码', '3月离岗于', '情形', '尾款'], person)

/** What a person says of the first file, as it is kept. */
function confirmed(): Map<string, KnownLayout> {
  const known = recogniseSheet({ block: first, fileName: '', kind: 'jobs' })
  const { labels } = describeSheet(first, known, false)
  const columns = { name: 0, idNumber: 1, lostOn: 2, jobState: 3 }
  return new Map([[layoutHash(labels), { list: 'jobs', columns, memory: memoryOfColumns(labels, { wageOwed: null, ...columns }) }]])
}

describe('what a person said of a list', () => {
  it('holds for the next file of the sender, though its columns moved, one is new and the month is another', () => {
    const next = block(['序号', '情形', '审核', '4月离岗于', '号码', '当事人', '尾款'], (at) => {
      const [name = '', id = '', day = '', state = '', wage = ''] = person(at)
      return [String(at + 1), state, '已审', day, id, name, wage]
    })
    expect(recogniseSheet({ block: next, fileName: '' })).toBeUndefined()
    const known = knowSheet(next, { name: '' }, confirmed())
    expect(known).toMatchObject({ kind: { kind: 'jobs' }, isRemembered: true })
    expect(known === undefined ? {} : columnsOf(known)).toEqual({ jobState: 1, lostOn: 3, idNumber: 4, name: 5 })
  })

  it('does not make a list of a file that has nothing of it', () => {
    const other = block(['物品', '数量', '领用日期', '领用人'], (at) => ['打印纸', String(at), '2026-03-05', person(at)[0] ?? ''])
    expect(knowSheet(other, { name: '' }, confirmed())).toBeUndefined()
  })
})
