import type { Random } from '../../src/modules/demo/rules/random.ts'
import { emptyGrid, type Book, type Cell, type Grid, type RowTruth, type TableTruth } from './book.ts'
import { isKeyFact, type Facts } from './facts.ts'
import { fillText, readColumn, type Column, type Line, type Shape } from './shape.ts'
import { writeDay, writeId, writeMoney, type Written } from './styles.ts'

interface Work {
  shape: Shape
  month: string
  columns: Column[]
  /** Physical columns of the table, the empty ones at its left included. */
  width: number
  tables: TableTruth[]
  random: Random
}

/** Lays out the rows of one month as the sender would, and says where everything came to stand. */
export function layOut(shape: Shape, month: string, facts: readonly Facts[], random: Random): { book: Book; tables: TableTruth[] } {
  const texts = [...shape.columns]
  if (shape.newColumn !== undefined && month.endsWith('04')) texts.splice(shape.newColumn.at, 0, shape.newColumn.column)
  const columns = texts.map(readColumn)
  const width = (shape.indent ?? 0) + columns.reduce((sum, column) => sum + widthOf(column), 0)
  const work: Work = { shape, month, columns, width, tables: [], random }
  const grids = sheetsOf(work, facts)
  return { book: { grids: withOthers(work, grids), date1904: shape.date1904 === true }, tables: work.tables }
}

const widthOf = (column: Column): number => (column.covers === 'one' ? 1 : 2)

function sheetsOf(work: Work, facts: readonly Facts[]): Grid[] {
  const { shape, month } = work
  const parts = [...new Set(facts.map(townshipOf))].map((name) => ({
    name,
    facts: facts.filter((fact) => textOf(fact, 'township') === name),
  }))
  if (shape.parts === 'sheets') {
    return parts.map((part) => {
      const grid = emptyGrid(part.name)
      addWhole(work, grid, part.facts, part.name)
      return grid
    })
  }
  const grid = emptyGrid(fillText(shape.sheet ?? 'Sheet1', month))
  if (shape.parts === 'stacked') addStacked(work, grid, parts)
  else addWhole(work, grid, facts, '')
  return [grid]
}

function addWhole(work: Work, grid: Grid, facts: readonly Facts[], part: string): void {
  addLines(work, grid, work.shape.above ?? [], part)
  addTable(work, grid, { facts, columns: work.columns, part })
  addLines(work, grid, work.shape.below ?? [], part)
}

function addStacked(work: Work, grid: Grid, parts: readonly { name: string; facts: Facts[] }[]): void {
  const { shape } = work
  addLines(work, grid, shape.above ?? [], '')
  for (const [at, part] of parts.entries()) {
    if (at > 0) grid.rows.push([])
    if (shape.partTitle !== undefined) addLines(work, grid, [shape.partTitle], part.name)
    const columns = shape.shuffledParts === true && at % 2 === 1 ? work.random.shuffled(work.columns) : work.columns
    addTable(work, grid, { facts: part.facts, columns, part: part.name })
  }
  addLines(work, grid, shape.below ?? [], '')
}

function addLines(work: Work, grid: Grid, lines: readonly Line[], part: string): void {
  const { width, shape } = work
  const indent = shape.indent ?? 0
  for (const line of lines) {
    const row: Cell[] = []
    const texts = typeof line === 'string' ? [line] : line
    for (const [at, text] of texts.entries())
      row[indent + Math.floor((at * (width - indent)) / texts.length)] = fillText(text, work.month, part)
    grid.rows.push(Array.from(row, (cell) => cell ?? ''))
    const last = grid.rows.length - 1
    if (typeof line === 'string' && line !== '' && width - indent > 1 && shape.unmerged !== true)
      grid.merges.push([last, indent, last, width - 1])
  }
}

interface Table {
  facts: readonly Facts[]
  columns: readonly Column[]
  part: string
}

function addTable(work: Work, grid: Grid, table: Table): void {
  const { shape } = work
  const top = addHeader(work, grid, table.columns)
  const truth: TableTruth = { sheet: grid.name, headerRows: [top + 1, grid.rows.length], columns: placesOf(work, table.columns), rows: [] }
  work.tables.push(truth)
  if (shape.underHeader !== undefined) grid.rows.push(spread(work, table.columns, (_, at) => shape.underHeader?.[at] ?? ''))
  if (shape.total === 'begin') addTotal(work, grid, table)
  const first = grid.rows.length
  for (const [at, facts] of table.facts.entries()) {
    if (shape.repeatEvery !== undefined && at > 0 && at % shape.repeatEvery === 0) {
      if (shape.pageTitles === true) addLines(work, grid, shape.above ?? [], table.part)
      addHeader(work, grid, table.columns)
    }
    if (shape.gapEvery !== undefined && at > 0 && at % shape.gapEvery === 0) grid.rows.push([])
    truth.rows.push(addRow(work, grid, { facts, columns: table.columns, at }))
    const next = table.facts[at + 1]
    if (shape.total?.startsWith('parts') === true && shape.parts === undefined && townshipOf(next) !== townshipOf(facts))
      addTotal(
        work,
        grid,
        { ...table, facts: table.facts.filter((one) => townshipOf(one) === townshipOf(facts)), part: townshipOf(facts) },
        '小计',
      )
  }
  for (const field of shape.mergedDown ?? []) mergeDown(grid, truth, { column: truth.columns[field] ?? 0, first })
  if (shape.total === 'end' || shape.total === 'parts and end' || (shape.total === 'parts' && shape.parts !== undefined))
    addTotal(work, grid, table)
}

const townshipOf = (facts: Facts | undefined): string => (facts === undefined ? '' : textOf(facts, 'township'))
const textOf = (facts: Facts, field: string): string => {
  const fact = facts[field]
  return fact !== undefined && 'text' in fact ? fact.text : ''
}

/** Where the values of each field stand. */
function placesOf(work: Work, columns: readonly Column[]): Record<string, number> {
  const places: Record<string, number> = {}
  let at = work.shape.indent ?? 0
  for (const column of columns) {
    if (column.field !== '') places[column.field] = column.covers === 'second of two' ? at + 1 : at
    at += widthOf(column)
  }
  return places
}

/** Writes one cell per column, empty ones at the left, and two where a column covers two. */
function spread(work: Work, columns: readonly Column[], write: (column: Column, at: number) => Cell): Cell[] {
  const cells: Cell[] = Array.from({ length: work.shape.indent ?? 0 }, () => '')
  for (const [at, column] of columns.entries()) {
    const cell = write(column, at)
    if (column.covers === 'one') cells.push(cell)
    else cells.push(...(column.covers === 'first of two' ? [cell, ''] : ['', cell]))
  }
  return cells
}

/** Header of one to three rows; returns the row (from 0) on which it begins. */
function addHeader(work: Work, grid: Grid, columns: readonly Column[]): number {
  const top = grid.rows.length
  const depth = Math.max(...columns.map((column) => column.path.length))
  const wide = columns.flatMap((column) => (column.covers === 'one' ? [column] : [column, { ...column, path: ['\u0000'] }]))
  const indent = work.shape.indent ?? 0
  const isSameGroup = (at: number, level: number): boolean => {
    const [one, before] = [wide[at]?.path ?? [], wide[at - 1]?.path ?? []]
    return level < one.length - 1 && level < before.length - 1 && one.slice(0, level + 1).join('>') === before.slice(0, level + 1).join('>')
  }
  for (let level = 0; level < depth; level += 1) {
    const cells = wide.map((column, at) => (column.path[0] === '\u0000' || isSameGroup(at, level) ? '' : (column.path[level] ?? '')))
    grid.rows.push([...Array.from({ length: indent }, () => ''), ...cells])
  }
  if (work.shape.unmerged !== true) mergeHeader(grid, { top, depth, indent, paths: wide.map((column) => column.path), isSameGroup })
  return top
}

interface HeaderShape {
  top: number
  depth: number
  indent: number
  paths: readonly (readonly string[])[]
  isSameGroup: (at: number, level: number) => boolean
}

function mergeHeader(grid: Grid, header: HeaderShape): void {
  const { top, depth, indent, paths, isSameGroup } = header
  for (const [at, path] of paths.entries()) {
    if (path[0] === '\u0000') continue
    const two = paths[at + 1]?.[0] === '\u0000' ? 1 : 0
    const from = top + path.length - 1
    if (path[path.length - 1] !== '' && (two === 1 || from < top + depth - 1))
      grid.merges.push([from, indent + at, top + depth - 1, indent + at + two])
    for (let level = 0; level < path.length - 1; level += 1) {
      if (isSameGroup(at, level)) continue
      let right = at
      while (right + 1 < paths.length && isSameGroup(right + 1, level)) right += 1
      if (right > at) grid.merges.push([top + level, indent + at, top + level, indent + right])
    }
  }
}

interface Row {
  facts: Facts
  columns: readonly Column[]
  at: number
}

function addRow(work: Work, grid: Grid, row: Row): RowTruth {
  const { shape } = work
  const values: RowTruth['values'] = {}
  const cells = spread(work, row.columns, (column) => {
    if (column.field === '') return column.constant
    if (column.field === 'serial') return shape.serialFormula === true ? { formula: 'ROW()-3', value: row.at + 1 } : row.at + 1
    const fact = row.facts[column.field]
    if (fact === undefined) throw new RangeError(`corpus: ${shape.name} shows ${column.field}, which ${shape.list} does not have`)
    const written =
      shape.sparse?.includes(column.field) === true && row.at % 3 === 2
        ? { cell: '', truth: undefined }
        : writeFact(work, fact, { column, at: row.at })
    if (isKeyFact(fact)) values[column.field] = written.truth
    return written.cell
  })
  grid.rows.push(cells)
  const hidden = shape.hiddenEvery !== undefined && row.at % shape.hiddenEvery === shape.hiddenEvery - 1
  if (hidden) grid.hiddenRows.push(grid.rows.length - 1)
  return { row: grid.rows.length, hidden, values }
}

function writeFact(work: Work, fact: Facts[string], at: { column: Column; at: number }): Written {
  const { shape } = work
  const turn = <Style>(styles: readonly Style[] | undefined, usual: Style): Style => styles?.[at.at % styles.length] ?? usual
  if (fact.is === 'id') return writeId(fact.id, turn(shape.ids, 'text'))
  if (fact.is === 'day') return writeDay(fact.day, turn(shape.days, '2026-03-05'))
  const yuan = fact.is === 'money' ? (shape.negatives?.includes(at.column.field) === true && at.at % 5 === 4 ? -fact.yuan : fact.yuan) : 0
  if (fact.is === 'money') return writeMoney(yuan, turn(shape.money, 'number'), at.column.unit)
  if (fact.is === 'count') return { cell: fact.count, truth: fact.count }
  const spaced = fact.is === 'name' && shape.spacedNames === true && fact.text.length === 2
  return { cell: spaced ? `${fact.text.charAt(0)}  ${fact.text.charAt(1)}` : fact.text, truth: fact.text }
}

function addTotal(work: Work, grid: Grid, table: Table, word = work.shape.totalWord ?? '合计'): void {
  const { shape } = work
  const first = table.columns[0]
  const cells = spread(work, table.columns, (column) => {
    if (column === first) return shape.totalMerged === true ? `${word}（${table.facts.length}人）` : word
    const facts = table.facts.map((row) => row[column.field])
    const sum = facts.reduce(
      (all, fact) => all + (fact?.is === 'money' ? fact.yuan / column.unit : fact?.is === 'count' ? fact.count : 0),
      0,
    )
    return facts[0]?.is === 'money' || facts[0]?.is === 'count' ? Math.round(sum * 10_000) / 10_000 : ''
  })
  grid.rows.push(cells)
  const indent = shape.indent ?? 0
  if (shape.totalMerged === true && cells[indent + 1] === '')
    grid.merges.push([grid.rows.length - 1, indent, grid.rows.length - 1, indent + 1])
}

/** Equal neighbours become one merged cell whose text stands in the first. */
function mergeDown(grid: Grid, truth: TableTruth, place: { column: number; first: number }): void {
  let from = -1
  for (let row = place.first; row <= grid.rows.length; row += 1) {
    const isData = truth.rows.some((one) => one.row === row + 1)
    const same = isData && from >= 0 && grid.rows[row]?.[place.column] === grid.rows[from]?.[place.column]
    if (same) continue
    if (from >= 0 && row - 1 > from) {
      grid.merges.push([from, place.column, row - 1, place.column])
      for (let below = from + 1; below < row; below += 1) {
        const cells = grid.rows[below]
        if (cells !== undefined) cells[place.column] = ''
      }
    }
    from = isData ? row : -1
  }
}

/** Cover, words for filling in, a hidden sheet of old data; hidden columns. */
function withOthers(work: Work, grids: Grid[]): Grid[] {
  const { shape, month } = work
  for (const grid of grids)
    grid.hiddenColumns = (shape.hiddenColumns ?? []).flatMap(
      (field) => work.tables.find((table) => table.sheet === grid.name)?.columns[field] ?? [],
    )
  const cover = {
    ...emptyGrid('封面'),
    rows: [[], ['', fillText('{县}{年}年{月}数据报送', month)], [], ['', '报送单位：示例单位（盖章）'], ['', '联系电话：0990-8000000']],
  }
  const guide = {
    ...emptyGrid('填表说明'),
    rows: [
      ['填表说明'],
      ['1. 身份证号：填写18位公民身份号码，不得有空格。'],
      ['2. 姓名：与户口簿一致。'],
      ['3. 日期：格式为2026-03-05。'],
      ['4. 金额：单位为元，保留两位小数。'],
    ],
  }
  const old = {
    ...emptyGrid('旧数据', true),
    rows: [work.columns.map((column) => column.path.join('')), work.columns.map((column) => (column.field === 'name' ? '旧人' : '旧'))],
  }
  return [
    ...(shape.cover === true ? [cover] : []),
    ...(shape.guide === 'before' ? [guide] : []),
    ...grids,
    ...(shape.guide === 'behind' ? [guide] : []),
    ...(shape.hiddenSheet === true ? [old] : []),
  ]
}
