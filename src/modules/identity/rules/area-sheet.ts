import type { AreaRow } from '../contract.ts'
import { tidyPlace } from './area-names.ts'

const labels = {
  code: ['code', '代码', '编码', '区划代码', '区划编码', '行政区划代码', '统计用区划代码', '地区编码'],
  name: ['name', '名称', '区划名称', '行政区划名称', '地区名称'],
  level: ['level', '级别', '层级', '区划级别', '行政级别'],
  parentCode: ['parent_code', 'parentcode', 'parent', '上级代码', '上级编码', '父级代码', '上级区划代码', '上级区划编码'],
  townshipCode: ['township_code', '乡镇代码', '乡镇编码', '乡代码', '乡编码', '乡（镇）代码', '所属乡镇代码', '镇代码'],
  townshipName: ['township', 'township_name', '乡镇', '乡镇名称', '乡', '乡（镇）', '所属乡镇', '镇', '镇名称'],
  villageCode: ['village_code', '村代码', '村编码', '行政村代码', '行政村编码', '村（社区）代码'],
  villageName: ['village', 'village_name', '村', '村名称', '行政村', '行政村名称', '村（社区）', '村（社区）名称'],
} as const
type Column = keyof typeof labels

/**
 * Reads the rows of a sheet of areas, header included: either one area per row (代码, 名称, 级别, 上级代码) or one village
 * per row with its township (乡镇代码, 乡镇, 村代码, 村). Returns nothing when no header row is found in the first ten rows.
 */
export function readAreaSheet(rows: readonly (readonly string[])[]): AreaRow[] | undefined {
  for (const [index, row] of rows.slice(0, 10).entries()) {
    const columns = findColumns(row)
    const body = rows.slice(index + 1).filter((cells) => cells.some((cell) => tidyPlace(cell) !== ''))
    if (columns.has('villageCode') && columns.has('villageName')) return readVillages(body, columns)
    if (columns.has('code') && columns.has('name')) return body.map((cells) => readArea(cells, columns))
  }
  return undefined
}

function findColumns(row: readonly string[]): Map<Column, number> {
  const columns = new Map<Column, number>()
  // Safe: the keys of `labels` are its columns.
  for (const column of Object.keys(labels) as Column[]) {
    const wanted: readonly string[] = labels[column].map(tidyPlace)
    const at = row.findIndex((cell) => wanted.includes(tidyPlace(cell).toLowerCase()))
    if (at >= 0) columns.set(column, at)
  }
  return columns
}

function readArea(cells: readonly string[], columns: ReadonlyMap<Column, number>): AreaRow {
  const at = (column: Column) => cells[columns.get(column) ?? -1] ?? ''
  const row: AreaRow = { code: at('code'), name: at('name') }
  if (tidyPlace(at('level')) !== '') row.level = at('level')
  if (tidyPlace(at('parentCode')) !== '') row.parentCode = at('parentCode')
  return row
}

function readVillages(body: readonly (readonly string[])[], columns: ReadonlyMap<Column, number>): AreaRow[] {
  const townships = new Map<string, AreaRow>()
  const villages: AreaRow[] = []
  for (const cells of body) {
    const at = (column: Column) => tidyPlace(cells[columns.get(column) ?? -1] ?? '')
    const townshipCode = at('townshipCode') === '' ? at('villageCode').slice(0, 9) : at('townshipCode')
    if (at('townshipName') !== '' && !townships.has(townshipCode)) {
      townships.set(townshipCode, { code: townshipCode, name: at('townshipName'), level: 'township' })
    }
    if (at('villageCode') === '' && at('villageName') === '') continue
    villages.push({ code: at('villageCode'), name: at('villageName'), level: 'village', parentCode: townshipCode })
  }
  return [...townships.values(), ...villages]
}
