import { correctColumns, rememberColumns, sureFrom, type ColumnMap, type SheetRow } from '../../src/kernel/server/sheets/index.ts'
import { tidyIdNumber, tidyName, widenIdNumber } from '../../src/kernel/pure/text/index.ts'
import { parseDay } from '../../src/kernel/pure/time/index.ts'
import { listKinds } from '../../src/modules/screening/policy/list-kinds.ts'
import { readValue, unitOfLabel } from '../../src/modules/screening/rules/values.ts'
import type { CorpusCase, CorpusFile, ListKey, TableTruth } from './book.ts'
import { fieldKeys } from './field-keys.ts'
import { isWholeId } from './facts.ts'
import { openAs, type Kept, type ReadFile, type ReadTable } from './read-file.ts'

/** What a file of the corpus came to. `wrong` is what was said surely and is not so; `open` is what was left to a person. */
export interface Judged {
  isMapped: boolean
  rowsRight: boolean
  valuesRight: boolean
  open: string[]
  wrong: string[]
}

/** Sets what the programs understood beside the truth. */
export function judgeFile(one: Pick<CorpusCase, 'list' | 'format'>, file: CorpusFile, read: ReadFile): Judged {
  const judged: Judged = { isMapped: true, rowsRight: true, valuesRight: true, open: [], wrong: [] }
  if (one.list === 'none') {
    for (const table of read.tables) if (table.isSure) judged.wrong.push(`taken for ${table.kind}`)
    return { ...judged, isMapped: judged.wrong.length === 0 }
  }
  const seen = new Set<ReadTable>()
  for (const truth of file.tables) {
    const table = findTable(read.tables, truth)
    if (table === undefined) {
      judged.isMapped = judged.rowsRight = judged.valuesRight = false
      judged.open.push(read.refused ?? 'no table found')
      continue
    }
    judgeTable(one.list, truth, table, judged)
    if (table.kind === one.list && !seen.has(table))
      judgeRows(
        file.tables.filter((other) => findTable(read.tables, other) === table),
        table,
        judged,
      )
    seen.add(table)
  }
  const strange = read.tables.filter((table) => table.isSure && !file.tables.some((truth) => findTable(read.tables, truth) === table))
  for (const table of strange)
    if (table.rows.length > 0) judged.wrong.push(`a table that is none, taken for ${table.kind} at row ${table.header.top}`)
  return judged
}

/** Truth and reading belong together where they share rows; headers may differ. */
function findTable(tables: readonly ReadTable[], truth: TableTruth): ReadTable | undefined {
  const inSheet = (table: ReadTable): boolean => truth.sheet === '' || table.header.sheet === truth.sheet || tables.length === 1
  const first = truth.rows[0]?.row ?? 0
  const last = truth.rows.at(-1)?.row ?? 0
  const reaches = (table: ReadTable): boolean => table.header.bottom < first && table.header.bottom >= truth.headerRows[0] - 1
  return (
    tables.find((table) => inSheet(table) && reaches(table)) ??
    tables.find((table) => inSheet(table) && table.rows.some((row) => row.row >= first && row.row <= last))
  )
}

function judgeTable(list: ListKey, truth: TableTruth, table: ReadTable, judged: Judged): void {
  if (table.kind !== list) {
    judged.isMapped = judged.valuesRight = false
    if (table.isSure) judged.wrong.push(`taken for ${table.kind}`)
    else judged.open.push(`perhaps ${table.kind}`)
    return
  }
  if (!table.isSure) {
    judged.isMapped = false
    judged.open.push('kind to confirm')
  }
  judgeColumns(list, truth, table.map, judged)
  judgeValues(list, truth, table, judged)
}

/** Key → the columns that are right for it, the best first. */
function rightColumns(list: ListKey, truth: TableTruth): Map<string, number[]> {
  const right = new Map<string, number[]>()
  for (const [field, key] of Object.entries(fieldKeys[list])) {
    const column = truth.columns[field]
    if (column !== undefined) right.set(key, [...(right.get(key) ?? []), column])
  }
  return right
}

/** The key under which an only column may stand as well: one amount of an allowance is the allowance and its total. */
const sameWhenAlone: Readonly<Record<string, string>> = { allowance: 'total', total: 'allowance' }

function isRight(right: ReadonlyMap<string, number[]>, key: string, column: number): boolean {
  const other = sameWhenAlone[key] ?? ''
  return right.get(key)?.includes(column) === true || (!right.has(key) && right.get(other)?.includes(column) === true)
}

function judgeColumns(list: ListKey, truth: TableTruth, map: ColumnMap, judged: Judged): void {
  const right = rightColumns(list, truth)
  const sure = map.columns.filter((column) => column.confidence >= sureFrom && !map.unsure.some((one) => one.key === column.key))
  for (const { key, column, label } of sure) {
    if (!isTruthKey(list, key) || isRight(right, key, column)) continue
    judged.wrong.push(`${key} = ${label}`)
    judged.isMapped = false
  }
  for (const key of right.keys()) {
    const other = sameWhenAlone[key] ?? ''
    if (sure.some((one) => one.key === key || (one.key === other && !right.has(other) && isRight(right, other, one.column)))) continue
    judged.isMapped = false
    const proposed = map.columns.find((one) => one.key === key)
    judged.open.push(proposed === undefined ? `${key} not found` : `${key} perhaps ${proposed.label}`)
  }
}

const truthKeys = (list: ListKey): Set<string> => new Set(Object.values(fieldKeys[list]))
const isTruthKey = (list: ListKey, key: string): boolean => list !== 'register' || truthKeys(list).has(key)

/** The rows of one table as it was read; tables of one layout below each other may have been read as one. */
function judgeRows(truths: readonly TableTruth[], table: ReadTable, judged: Judged): void {
  const all = truths.flatMap((truth) => truth.rows)
  const last = Math.max(...all.map((row) => row.row))
  const wanted = new Set(all.filter((row) => !row.hidden).map((row) => row.row))
  const found = table.rows.map((row) => row.row)
  const lost = [...wanted].filter((row) => !found.includes(row))
  const extra = found.filter((row) => !wanted.has(row) && row <= last + 3)
  const told = new Set(table.aside.map((one) => one.row))
  if (lost.length > 0 || extra.length > 0) judged.rowsRight = false
  if (lost.length > 0) judged.open.push(`rows left out: ${lost.slice(0, 5).join(' ')}`)
  if (extra.length > 0) judged.wrong.push(`no data but taken for it: rows ${extra.slice(0, 5).join(' ')}`)
  const silent = all.filter((row) => !found.includes(row.row) && !told.has(row.row))
  if (silent.length > 0)
    judged.wrong.push(
      `rows that are nowhere: ${silent
        .slice(0, 5)
        .map((row) => row.row)
        .join(' ')}`,
    )
}

function judgeValues(list: ListKey, truth: TableTruth, table: ReadTable, judged: Judged): void {
  const rows = new Map(table.rows.map((row) => [row.row, row]))
  for (const one of truth.rows) {
    const row = rows.get(one.row)
    if (row === undefined) continue
    for (const [field, value] of Object.entries(one.values)) {
      const mapped = table.map.columns.find((column) => column.key === fieldKeys[list][field] && column.column === truth.columns[field])
      if (mapped === undefined) continue
      const read = readCell(list, mapped.key, { row, column: mapped.column, label: mapped.label })
      if (read.value === expected(value, read.type)) continue
      judged.valuesRight = false
      if (read.isSaid) judged.wrong.push(`row ${one.row} ${mapped.key}: ${String(read.value)} for ${String(value)}`)
      else judged.open.push(`row ${one.row} ${mapped.key}: ${JSON.stringify(row.cells[mapped.column])} not read`)
    }
  }
}

type ValueType = 'id' | 'name' | 'amount' | 'day' | 'count' | 'text'

/** The value as the module's own reader gives it. `isSaid`: it is given as a value, not kept as a text that nobody could read. */
function readCell(
  list: ListKey,
  key: string,
  place: { row: SheetRow; column: number; label: string },
): { type: ValueType; value: string | number | undefined; isSaid: boolean } {
  const cell = place.row.cells[place.column] ?? ''
  if (key === 'idNumber') {
    const bare = tidyIdNumber(cell)
    const number = place.row.lostTail?.includes(place.column) === true ? undefined : (widenIdNumber(bare) ?? bare)
    const isWhole = number !== undefined && (isWholeId(number) || isWholeId(number.slice(0, 18)))
    return { type: 'id', value: isWhole ? number : undefined, isSaid: isWhole }
  }
  if (key === 'name' || key === 'headName') return { type: 'name', value: tidyName(cell), isSaid: cell !== '' }
  if (list === 'register') {
    const day = key === 'birthDate' ? parseDay(cell) : undefined
    return { type: 'day', value: day === undefined ? undefined : Number(day.replaceAll('-', '')), isSaid: day !== undefined }
  }
  const type = listKinds.find((kind) => kind.kind === list)?.fields.find((field) => field.key === key)?.type ?? 'text'
  const value = readValue(type, cell, unitOfLabel(place.label))
  const known: ValueType = type === 'amount' || type === 'day' || type === 'count' ? type : 'text'
  return { type: known, value: typeof value === 'number' || known === 'text' ? value : undefined, isSaid: typeof value === 'number' }
}

function expected(value: string | number | undefined, type: ValueType): string | number | undefined {
  if (value === undefined) return undefined
  if (type === 'amount') return Math.round(Number(value) * 100)
  // Where only a month stands, its first day is what the program's dates can say.
  if (type === 'day') return Number(String(value).replaceAll('-', '').padEnd(8, '0').replace(/00$/, '01'))
  return type === 'name' ? tidyName(String(value)) : value
}

/** What a person would put right in the first month, kept for the sender. */
export async function correctByHand(one: CorpusCase, read: ReadFile): Promise<Kept | undefined> {
  const [file] = one.months
  if (one.list === 'none' || read.refused !== undefined) return undefined
  const truth = file.tables[0]
  const found = truth === undefined ? undefined : findTable(read.tables, truth)
  const table = found !== undefined && found.kind === one.list ? found : await openAs(one.list, file)
  if (truth === undefined || table === undefined) return undefined
  const said = sayColumns(one.list, truth, table.map)
  return { kind: one.list, memory: rememberColumns(correctColumns(table.map, table.header, said)) }
}

/** What a person would say of a table: the column of each field that was mapped wrongly or not at all, `null` for one that is not there. */
export function sayColumns(list: ListKey, truth: TableTruth, map: ColumnMap): Record<string, number | null> {
  const right = rightColumns(list, truth)
  const said: Record<string, number | null> = {}
  for (const [key, [column]] of right) {
    const mapped = map.columns.find((each) => each.key === key)
    if (column !== undefined && (mapped === undefined || !isRight(right, key, mapped.column))) said[key] = column
  }
  for (const { key, column } of map.columns) if (!right.has(key) && !isRight(right, key, column) && isTruthKey(list, key)) said[key] = null
  return said
}
