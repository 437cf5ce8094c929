import { readFile } from 'node:fs/promises'
import { openCompound } from './compound.ts'
import { asDamaged, sheetErrors } from './errors.ts'
import { hasLostTail, isDateFormat, isDateFormatId, looksScientific, showNumber, showSerial } from './numbers.ts'
import type { Merge, SheetRow } from './sheet-types.ts'
import { biff, checkBiff, readRk, readSharedStrings, readText, recordsOf } from './xls-records.ts'

/** The sheets of a legacy workbook; `read` gives the rows of one, in order. */
export interface XlsWorkbook {
  sheets: { name: string; state: 'visible' | 'hidden' | 'not-cells'; read: () => XlsSheet }[]
}

/** One sheet, whole: a legacy file is at most 64 MB and 65,536 rows. */
export interface XlsSheet {
  rows: SheetRow[]
  merges: Merge[]
  hiddenColumns: number[]
}

interface Globals {
  strings: string[]
  dateFormats: boolean[]
  date1904: boolean
}

const errorTexts: Record<number, string> = { 0: '#NULL!', 7: '#DIV/0!', 15: '#VALUE!', 23: '#REF!', 29: '#NAME?', 36: '#NUM!', 42: '#N/A' }

/** Opens a BIFF8 workbook. `hucre` reads these too, but not hidden sheets, passwords and the Chinese date formats (decision 0003). */
export async function openXls(path: string): Promise<XlsWorkbook> {
  try {
    const compound = openCompound(await readFile(path))
    const stream = compound.read('Workbook') ?? compound.read('Book')
    if (stream === undefined) throw sheetErrors.wrongKind({ kind: 'ole' })
    checkBiff(stream)
    return readGlobals(stream)
  } catch (error) {
    throw asDamaged(error, 'xls')
  }
}

function readGlobals(stream: Buffer): XlsWorkbook {
  const globals: Globals = { strings: [], dateFormats: [], date1904: false }
  const sheets: XlsWorkbook['sheets'] = []
  const formatIds: number[] = []
  const codes = new Map<number, string>()
  const sst: Buffer[] = []
  let last = 0
  for (const { id, data } of recordsOf(stream)) {
    if (id === biff.eof) break
    if (id === biff.date1904) globals.date1904 = data.readUInt16LE(0) === 1
    else if (id === biff.format) codes.set(data.readUInt16LE(0), readText(data, 2, true))
    else if (id === biff.xf) formatIds.push(data.readUInt16LE(2))
    else if (id === biff.sst || (id === biff.continue && last === biff.sst)) sst.push(data)
    else if (id === biff.boundSheet) {
      const from = data.readUInt32LE(0)
      const state = data.readUInt8(4) % 4 > 0 ? 'hidden' : data.readUInt8(5) === 0 ? 'visible' : 'not-cells'
      sheets.push({ name: readText(data, 6, false), state, read: () => readSheet(stream, from, globals) })
    }
    if (id !== biff.continue) last = id
  }
  globals.strings = readSharedStrings(sst)
  globals.dateFormats = formatIds.map((id) => {
    const code = codes.get(id)
    return code === undefined ? isDateFormatId(id) : isDateFormat(code)
  })
  return { sheets }
}

interface Build extends XlsSheet {
  byRow: Map<number, SheetRow>
  globals: Globals
  /** Where the text result of the last formula belongs; it follows in a record of its own. */
  pending: { row: number; column: number } | undefined
}

function readSheet(stream: Buffer, from: number, globals: Globals): XlsSheet {
  const build: Build = { rows: [], merges: [], hiddenColumns: [], byRow: new Map(), globals, pending: undefined }
  let depth = 0
  try {
    for (const { id, data } of recordsOf(stream, from)) {
      if (id === biff.bof) depth += 1
      else if (id === biff.eof) depth -= 1
      else if (depth === 1) readRecord(build, id, data)
      if (depth <= 0) break
    }
    if (depth > 0) throw sheetErrors.truncatedFile()
  } catch (error) {
    throw asDamaged(error, 'xls')
  }
  build.rows = [...build.byRow.values()].toSorted((one, other) => one.row - other.row)
  for (const row of build.rows) row.lostTail?.sort((one, other) => one - other)
  return build
}

function readRecord(build: Build, id: number, data: Buffer): void {
  switch (id) {
    case biff.row:
      if ((data.readUInt16LE(12) & 0x20) !== 0) rowOf(build, data.readUInt16LE(0)).hidden = true
      break
    case biff.columnInfo:
      if ((data.readUInt16LE(8) & 1) === 0) break
      for (let column = data.readUInt16LE(0); column <= Math.min(data.readUInt16LE(2), 255); column += 1) build.hiddenColumns.push(column)
      break
    case biff.mergeCells:
      for (let at = 2; at + 8 <= data.length; at += 8) {
        const [top, bottom] = [data.readUInt16LE(at) + 1, data.readUInt16LE(at + 2) + 1]
        build.merges.push({ top, bottom, left: data.readUInt16LE(at + 4), right: data.readUInt16LE(at + 6) })
      }
      break
    case biff.mulRk:
      for (let at = 4; at + 6 <= data.length - 2; at += 6) {
        const column = data.readUInt16LE(2) + (at - 4) / 6
        putNumber(build, data.readUInt16LE(0), column, data.readUInt16LE(at), readRk(data.readInt32LE(at + 2)))
      }
      break
    case biff.string:
      if (build.pending !== undefined) put(build, build.pending.row, build.pending.column, readText(data, 0, true))
      build.pending = undefined
      break
    default:
      readCell(build, id, data)
  }
}

function readCell(build: Build, id: number, data: Buffer): void {
  if (
    id !== biff.labelSst &&
    id !== biff.rk &&
    id !== biff.number &&
    id !== biff.label &&
    id !== biff.rString &&
    id !== biff.boolErr &&
    id !== biff.formula
  )
    return
  const row = data.readUInt16LE(0)
  const column = data.readUInt16LE(2)
  const style = data.readUInt16LE(4)
  if (id === biff.rk) putNumber(build, row, column, style, readRk(data.readInt32LE(6)))
  else if (id === biff.number) putNumber(build, row, column, style, data.readDoubleLE(6))
  else if (id === biff.boolErr) put(build, row, column, showFlag(data.readUInt8(7) === 1, data.readUInt8(6)))
  else if (id === biff.labelSst) {
    const text = build.globals.strings[data.readUInt32LE(6)]
    if (text === undefined) throw sheetErrors.damagedFile({ part: 'xls', row: row + 1, reason: 'shared string out of range' })
    put(build, row, column, text)
  } else if (id !== biff.formula) put(build, row, column, readText(data, 6, true))
  else if (data.readUInt16LE(12) !== 0xffff) putNumber(build, row, column, style, data.readDoubleLE(6))
  else if (data.readUInt8(6) === 0) build.pending = { row, column }
  else if (data.readUInt8(6) < 3) put(build, row, column, showFlag(data.readUInt8(6) === 2, data.readUInt8(8)))
}

function showFlag(isError: boolean, value: number): string {
  if (isError) return errorTexts[value] ?? '#ERR!'
  return value === 0 ? 'FALSE' : 'TRUE'
}

function rowOf(build: Build, row: number): SheetRow {
  const known = build.byRow.get(row)
  if (known !== undefined) return known
  const made: SheetRow = { row: row + 1, cells: [] }
  build.byRow.set(row, made)
  return made
}

function putNumber(build: Build, row: number, column: number, style: number, value: number): void {
  const raw = String(value)
  const isDate = build.globals.dateFormats[style] === true
  put(build, row, column, isDate ? showSerial(raw, build.globals.date1904) : showNumber(raw))
  if (hasLostTail(raw)) (rowOf(build, row).lostTail ??= []).push(column)
}

function put(build: Build, row: number, column: number, text: string): void {
  if (text === '') return
  if (column > 255) throw sheetErrors.damagedFile({ part: 'xls', row: row + 1, reason: 'column out of range' })
  const { cells } = rowOf(build, row)
  for (let at = cells.length; at < column; at += 1) cells.push('')
  cells[column] = text
  if (looksScientific(text)) (rowOf(build, row).lostTail ??= []).push(column)
}
