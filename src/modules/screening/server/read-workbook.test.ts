import { expect, it } from 'vitest'
import { openSheetFile } from '#kernel/server/sheets/index.ts'
import { makeRegister } from '../../../../test/bench/compare-data.ts'
import { makeXlsx, rowsXml, saveFile } from '../../../../test/sheet-files.ts'
import type { HashKey } from '../rules/keyed-hash.ts'
import { makeTally } from '../rules/tally.ts'
import { makeMatcher } from './make-matcher.ts'
import { readWorkbook } from './read-workbook.ts'
import { recogniseSheet } from './recognise-list.ts'
import { soundOf } from './sound-of.ts'

const { index, sample } = makeRegister(60)
const keys: HashKey = { low: 1, high: 2 }

async function read(cells: string[][]): Promise<{ lists: string[]; rows: number[]; persons: number; sources: number }> {
  const tally = makeTally()
  const file = await openSheetFile({ path: saveFile(makeXlsx({ sheets: [{ name: '表', rows: rowsXml(cells) }] })) })
  const { known } = await readWorkbook(file, 0, {
    matcher: makeMatcher(index, soundOf),
    keysOf: () => keys,
    know: (block) => recogniseSheet({ block, fileName: '' }),
    tallyOf: () => tally,
    onRows: () => undefined,
  })
  const rows = [...tally.rowNo.cells.subarray(0, tally.rowNo.length)]
  return { lists: known.map((one) => one.kind.kind), rows, persons: tally.matchedRow.length, sources: tally.sources.length }
}

const people = sample.slice(0, 16).map(({ id, name }) => [name, id, '15400000001', '1234.50'])
const labels = ['姓名', '身份证号', '联系电话', '个人自付费用（元）']

it('tables under each other in other orders of columns, pages and slipped rows all reach the register', async () => {
  const turned = (row: string[]): string[] => [row[3], row[1], row[0], row[2]].map(String)
  const { lists, rows, persons, sources } = await read([
    ['甲地医疗费用自付情况表'],
    labels,
    ...people.slice(0, 8).map((row, at) => (at === 5 ? ['', ...row] : row)),
    ['小计（8人）', '', '', '9876.00'],
    [],
    ['乙地'],
    turned(labels),
    ...people.slice(8).map(turned),
  ])
  expect(lists).toEqual(['medical', 'medical'])
  expect([persons, sources]).toEqual([16, 2])
  expect(rows.filter((row) => row > 0)).toContain(18)
})
