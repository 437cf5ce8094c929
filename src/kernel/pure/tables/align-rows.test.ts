import { expect, it } from 'vitest'
import { checkCharacterOf } from '../text/index.ts'
import { labelsOf, readTables, understandTable, type WantedField } from './index.ts'

const fields: WantedField[] = [
  { key: 'name', labels: ['姓名'], pattern: 'name' },
  { key: 'number', labels: ['身份证号'], pattern: 'idNumber' },
  { key: 'phone', labels: ['联系电话'], pattern: 'phone' },
  { key: 'since', labels: ['日期'], pattern: 'day' },
  { key: 'amount', labels: ['金额'], pattern: 'money' },
]
const labels = ['序号', '地区', '片区', '姓名', '性别', '身份证号', '联系电话', '日期', '金额', '备注']

/** A small generator of chance, so that the same rows are made in every run. */
function makeChance(start: number): (below: number) => number {
  let state = start
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((state / 0x80000000) * below)
  }
}
const chance = makeChance(7)
const pick = (values: readonly string[]): string => values[chance(values.length)] ?? ''
const two = (value: number): string => String(value).padStart(2, '0')

function makeRow(at: number): string[] {
  const first = `99030${1 + chance(8)}${1940 + chance(60)}${two(1 + chance(12))}${two(1 + chance(28))}${String(chance(1000)).padStart(3, '0')}`
  return [
    String(at + 1),
    pick(['甲地', '乙地', '丙地']),
    pick(['子片', '丑片', '寅片', '卯片']),
    pick(['张', '李', '王', '谢']) + pick(['三', '四', '建国', '小英']),
    pick(['男', '女']),
    first + (checkCharacterOf(first) ?? ''),
    chance(5) === 0 ? '' : `154${String(chance(1e8)).padStart(8, '0')}`,
    `2023-0${1 + chance(9)}-1${chance(9)}`,
    (chance(1e6) / 100).toFixed(2),
    chance(4) === 0 ? pick(['无', '已核实']) : '',
  ]
}

/** What people leave out or write otherwise. */
function soil(row: readonly string[]): string[] {
  const otherwise: Readonly<Record<number, string>> = { 5: (row[5] ?? '').slice(0, 16), 6: '无', 7: '不详', 8: '-' }
  return row.map((cell, column) => {
    const drawn = chance(100)
    return drawn < 5 ? '' : drawn < 8 ? (otherwise[column] ?? `${cell}（待核）`) : cell
  })
}

function slip(row: readonly string[]): string[] {
  const column = 1 + chance(8)
  const ways = [
    () => ['', ...row],
    () => row.slice(1),
    () => [...row.slice(0, column), '', ...row.slice(column)],
    () => [...row.slice(0, column), ...row.slice(column + 1)],
  ]
  return ways[chance(4)]?.() ?? [...row]
}

it('of 4,000 rows with dirt, one in twenty slipped, none is put right wrongly, none in place is accused, most are named', async () => {
  const truth = Array.from({ length: 4000 }, (_, at) => soil(makeRow(at)))
  const slipped = new Set(truth.flatMap((_, at) => (chance(20) === 0 ? [at] : [])))
  const rows = truth.map((cells, at) => ({ row: at + 2, cells: slipped.has(at) ? slip(cells) : cells }))
  const blocks = [{ sheet: '', rows: [{ row: 1, cells: labels }, ...rows] }]
  const named = { mended: 0, listed: 0, accused: 0, wrong: 0 }
  for await (const block of readTables(blocks, { labels: labelsOf(fields), understand: (one) => understandTable(one, { fields }) })) {
    const given = new Map(block.rows.map((row) => [row.row, row.cells]))
    for (const { row, mended } of block.drifted) {
      if (!slipped.has(row - 2)) named.accused += 1
      if (mended) named.mended += 1
      else named.listed += 1
      const isRight = given.get(row)?.every((cell, column) => cell === '' || cell === truth[row - 2]?.[column]) ?? true
      if (!isRight) named.wrong += 1
    }
  }
  expect(slipped.size).toBeGreaterThan(150)
  expect(named).toMatchObject({ accused: 0, wrong: 0 })
  expect((named.mended + named.listed) / slipped.size).toBeGreaterThan(0.75)
  expect(named.mended).toBeGreaterThan(named.listed)
})
