import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  labelsOf,
  readTables,
  understandTable,
  type KnownTable,
  type RowBlock,
  type SheetRow,
  type TableBlock,
  type WantedField,
} from './index.ts'
import { checkCharacterOf } from '../text/index.ts'

const fields: WantedField[] = [
  { key: 'name', labels: ['姓名'], aliases: ['人员姓名'], pattern: 'name' },
  { key: 'number', labels: ['证件号码'], pattern: 'idNumber' },
  { key: 'phone', labels: ['联系电话'], pattern: 'phone' },
  { key: 'amount', labels: ['金额'], pattern: 'money' },
  { key: 'since', labels: ['开始日期'], pattern: 'day' },
]
const numberOf = (at: number): string => {
  const first = `99010119900101${String(100 + at).slice(-3)}`
  return first + (checkCharacterOf(first) ?? '')
}
const person = (at: number): string[] => [
  String(at + 1),
  `张${String.fromCharCode(0x4e00 + at)}`,
  numberOf(at),
  '某处',
  `154${10_000_000 + at}`,
  '2023-09-01',
]
const labels = ['序号', '姓名', '证件号码', '地址', '联系电话', '开始日期']
const people = (count: number): string[][] => Array.from({ length: count }, (_, at) => person(at))

async function read(cells: readonly string[][], more: Partial<RowBlock> = {}, blockRows = 1000): Promise<TableBlock<KnownTable>[]> {
  const rows: SheetRow[] = cells.map((row, at) => ({ row: at + 1, cells: row }))
  const blocks: RowBlock[] = []
  for (let at = 0; at < rows.length; at += blockRows)
    blocks.push({ sheet: '表', rows: rows.slice(at, at + blockRows), ...(at === 0 ? more : {}) })
  const found: TableBlock<KnownTable>[] = []
  const input = { labels: labelsOf(fields), understand: (block: RowBlock) => understandTable(block, { fields, realign: true }) }
  for await (const block of readTables(blocks, input)) found.push(block)
  return found
}
const count = (blocks: TableBlock<KnownTable>[], table: number): number =>
  blocks.filter((block) => block.table === table).reduce((sum, block) => sum + block.rows.length, 0)
const columnsOf = (block: TableBlock<KnownTable> | undefined): Record<string, number> =>
  Object.fromEntries(block?.known?.map.columns.map(({ key, column }) => [key, column]) ?? [])

describe('tables of a sheet', () => {
  it('stand under each other with their own headers, titles, totals and notes', async () => {
    const cells = [
      ['一、甲表'],
      labels,
      ...people(8),
      ['合计', '', '8'],
      [],
      ['二、乙表'],
      ['姓名', '金额', '证件号码'],
      ...people(5).map((row) => [row[1] ?? '', '1,200.00', row[2] ?? '']),
      ['注：以上数据由某单位提供'],
    ]
    const found = await read(cells)
    expect([count(found, 1), count(found, 2)]).toEqual([8, 5])
    expect(columnsOf(found.find((block) => block.table === 2))).toEqual({ name: 0, amount: 1, number: 2 })
    expect(found.flatMap((block) => block.aside.map((one) => one.why))).toEqual([
      'title',
      'header',
      'total',
      'blank',
      'title',
      'header',
      'note',
    ])
  })

  it('are the first of several small ones, though a later has more columns', async () => {
    const found = await read([['姓名', '金额'], ['张三', '10'], ['李四', '20'], [], labels, ...people(6)])
    expect([count(found, 1), count(found, 2)]).toEqual([2, 6])
  })

  it('go on over the borders of blocks, wherever a header falls', async () => {
    for (const blockRows of [50, 101, 103, 104, 160]) {
      const found = await read(
        [labels, ...people(100), [], ['姓名', '金额', '证件号码'], ...people(90).map((row) => [row[1] ?? '', '5', row[2] ?? ''])],
        {},
        blockRows,
      )
      expect([blockRows, count(found, 1), count(found, 2)]).toEqual([blockRows, 100, 90])
    }
  })

  it('that are not understood are not taken for rows of the table above', async () => {
    const found = await read([labels, ...people(6), [], ['单位', '车辆', '型号'], ['某局', '2', '某型'], ['某所', '1', '某型']])
    expect(count(found, 1)).toBe(6)
    expect(found.at(-1)?.known?.map.columns ?? []).toEqual([])
  })

  it('have headers printed again on each page, of one row or two', async () => {
    const head = [
      ['序号', '姓名', '证件', '', '金额'],
      ['', '', '证件号码', '联系电话', ''],
    ]
    const rows = people(4).map((row) => [row[0] ?? '', row[1] ?? '', row[2] ?? '', row[4] ?? '', '7'])
    const found = await read([...head, ...rows, ...head, ...rows])
    expect(count(found, 1)).toBe(8)
    expect(found.flatMap((block) => block.aside.map((one) => one.why))).toEqual(['header', 'header', 'repeated-header', 'repeated-header'])
  })

  it('leave out hidden rows and hidden columns, and say so', async () => {
    const blocks: RowBlock[] = [
      {
        sheet: '表',
        hiddenColumns: [4],
        rows: [labels, ...people(6)].map((cells, at) => ({ row: at + 1, cells, ...(at === 3 ? { hidden: true as const } : {}) })),
      },
    ]
    const found: TableBlock<KnownTable>[] = []
    for await (const block of readTables(blocks, { labels, understand: (one) => understandTable(one, { fields }) })) found.push(block)
    expect(count(found, 1)).toBe(5)
    expect(found[0]?.aside).toContainEqual({ row: 4, why: 'hidden' })
    expect(found[0]?.known?.map).toMatchObject({ missing: ['phone', 'amount'] })
    expect(found[0]?.known?.map.unused).toContainEqual({ column: 4, label: '联系电话', hidden: true })
  })
})

describe('rows that slipped', () => {
  const slip = async (change: (row: string[]) => string[]): Promise<TableBlock<KnownTable> | undefined> => {
    const rows = people(40)
    rows[20] = change(person(20))
    return (await read([labels, ...rows]))[0]
  }

  it('are put right where the values prove it', async () => {
    const ways: ((row: string[]) => string[])[] = [
      (row) => ['', ...row],
      (row) => ['', '', ...row],
      (row) => [...row.slice(0, 2), '', ...row.slice(2)],
      (row) => row.slice(1),
    ]
    for (const [way, change] of ways.entries()) {
      const block = await slip(change)
      expect(block?.rows[20]?.cells.slice(1, 6), `way ${way}`).toEqual(person(20).slice(1))
      expect(block?.drifted, `way ${way}`).toMatchObject([{ row: 22, mended: true }])
    }
  })

  it('are listed and left out where nothing proves from which column', async () => {
    const block = await slip((row) => [...row.slice(0, 2), '某', ...row.slice(2)])
    expect(block?.rows.length).toBe(39)
    expect(block?.drifted).toMatchObject([{ row: 22, offset: 1, mended: false }])
    expect(block?.aside).toContainEqual({ row: 22, why: 'drifted' })
  })

  it('are not seen where cells are only empty, wrong or of another kind', async () => {
    for (const change of [
      (row: string[]) => row.map((cell, at) => (at === 2 || at === 4 ? '' : cell)),
      (row: string[]) => row.map((cell, at) => (at === 2 ? '不详' : cell)),
      (row: string[]) => row.map((cell, at) => (at === 4 ? '123' : cell)),
    ]) {
      expect(await slip(change)).toMatchObject({ drifted: [], rows: { length: 40 } })
    }
  })
})

describe('rows of a table', () => {
  it('have the values of merged cells over several rows, but never a number that may be a sum', async () => {
    const cells = [
      ['户主', '姓名', '证件号码', '金额'],
      ...people(4).map((row, at) => [at === 0 ? '张三' : '', row[1] ?? '', row[2] ?? '', at === 0 ? '900' : '']),
    ]
    const merges = [0, 3].map((column) => ({ top: 2, bottom: 4, left: column, right: column }))
    const found = await read(cells, { merges })
    expect(found[0]?.rows.map((row) => [row.cells[0], row.cells[3] ?? ''])).toEqual([
      ['张三', '900'],
      ['张三', ''],
      ['张三', ''],
      ['', ''],
    ])
  })

  it('are not units, numbers of columns, signatures, sums with a count, prefilled numbers or titles of pages', async () => {
    const page = [['情况表'], ['单位：某单位', '', '', '2026年3月'], labels]
    const cells = [
      ...page,
      ['栏次', '1', '2', '3', '4', '5'],
      ...people(6),
      ['小计（6人）'],
      ...page,
      ['', '', '', '', '', '年月日'],
      ...people(6),
      ['13'],
      ['14'],
      ['局长：', '', '', '经办：'],
    ]
    const found = await read(cells)
    expect(found.flatMap((block) => block.rows).length).toBe(12)
    expect(found.flatMap((block) => block.aside.map((one) => one.why))).toEqual([
      'title',
      'title',
      'header',
      'column-numbers',
      'total',
      'title',
      'title',
      'repeated-header',
      'column-numbers',
      'blank',
      'blank',
      'note',
    ])
  })

  it('go on under the same labels in another order as a table of their own', async () => {
    const turned = ['证件号码', '姓名', '序号', '地址', '联系电话', '开始日期']
    const found = await read([
      labels,
      ...people(6),
      turned,
      ...people(6).map((row) => [row[2], row[1], row[0], ...row.slice(3)].map(String)),
    ])
    expect([count(found, 1), count(found, 2)]).toEqual([6, 6])
    expect(columnsOf(found.find((block) => block.table === 2))).toMatchObject({ number: 0, name: 1 })
  })

  it('stand under a further header of two rows, whose upper one holds groups', async () => {
    const head = [
      ['姓名', '情况', '', '地址'],
      ['', '证件号码', '开始日期', ''],
    ]
    const found = await read([
      labels,
      ...people(6),
      ['乙地'],
      ...head,
      ...people(6).map((row) => [row[1], row[2], row[5], row[3]].map(String)),
    ])
    expect([count(found, 1), count(found, 2)]).toEqual([6, 6])
    expect(columnsOf(found.find((block) => block.table === 2))).toEqual({ name: 0, number: 1, since: 2 })
  })

  it('that were put right are as they were, whatever slipped; what is not proven is listed or stays as it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 39 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: -3, max: 3 }),
        async (at, column, offset) => {
          const rows = people(40)
          const row = rows[at] ?? []
          const slipped =
            offset > 0
              ? [...row.slice(0, column), ...Array.from({ length: offset }, () => ''), ...row.slice(column)]
              : [...row.slice(0, column), ...row.slice(column - offset)]
          rows[at] = slipped
          const [block] = await read([labels, ...rows])
          const drift = block?.drifted[0]
          if (drift?.mended !== true) return
          const mended = block?.rows[at]?.cells ?? []
          // Cells that were lost cannot come back; every cell that is left must stand under its own label again.
          for (const [place, cell] of mended.entries()) if (cell !== '') expect(cell).toBe(row[place])
        },
      ),
    )
  })

  it('are not looked at as tables without end in a hostile sheet', async () => {
    const found = await read(Array.from({ length: 3000 }, (_, at) => (at % 2 === 0 ? ['姓名', '联系电话'] : ['金额', '证件号码'])))
    expect(Math.max(...found.map((block) => block.table))).toBeLessThanOrEqual(500)
    expect(found.reduce((sum, block) => sum + block.rows.length + block.aside.length, 0)).toBe(3000)
  })
})
