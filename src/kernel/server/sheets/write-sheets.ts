import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { Workbook, Worksheet } from 'exceljs'

/** One sheet to write; every cell becomes text. Rows may be a stream of any length. */
export interface SheetToWrite {
  name: string
  columns: readonly { label: string; width?: number }[]
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>
}

/** Where to write: a path (made with mode 0600, since sheets hold people) or a stream, which is ended. */
export type WriteTarget = string | Writable

const dangerous = new Set('=+-@\t\r\n\0＝＋－＠')

/** A value that no spreadsheet program takes for a formula: a leading `= + - @`, TAB, CR, LF, NUL or full-width sign gets `'` (trust.md §3.4). */
export function neutralise(value: string): string {
  return dangerous.has(value.charAt(0)) && value !== '' ? `'${value}` : value
}

/** Text that may stand in XML: no control characters, no lone surrogates. */
function printable(value: string): string {
  let clean = ''
  for (const character of neutralise(value).toWellFormed()) {
    const code = character.charCodeAt(0)
    if (code >= 32 || code === 9 || code === 10) clean += character
  }
  return clean.slice(0, 32_767)
}

function openTarget(target: WriteTarget): Writable {
  return typeof target === 'string' ? createWriteStream(target, { mode: 0o600 }) : target
}

/** Writes an xlsx of text cells as a stream: header bold and fixed, filter on. Long sheets go on in a next sheet at Excel's last row. */
export async function writeWorkbook(input: { target: WriteTarget; sheets: readonly SheetToWrite[] }): Promise<void> {
  const { default: exceljs } = await import('exceljs')
  const stream = openTarget(input.target)
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useSharedStrings: false, useStyles: true })
  const names = new Set<string>()
  for (const sheet of input.sheets) {
    let worksheet = addSheet(workbook, sheet, names)
    let written = 1
    for await (const row of sheet.rows) {
      if (written >= 1_048_576) {
        worksheet.commit()
        worksheet = addSheet(workbook, sheet, names)
        written = 1
      }
      worksheet.addRow(row.map(printable)).commit()
      written += 1
      // exceljs never waits for its output; a pause lets it go out.
      if (written % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
      if (stream.writableNeedDrain) await once(stream, 'drain')
    }
    worksheet.commit()
  }
  await workbook.commit()
  if (!stream.writableFinished) await finished(stream.end())
}

function addSheet(workbook: Workbook, sheet: SheetToWrite, names: Set<string>): Worksheet {
  const columns = sheet.columns.length
  const worksheet = workbook.addWorksheet(freeName(sheet.name, names), { views: [{ state: 'frozen', ySplit: 1 }] })
  worksheet.columns = sheet.columns.map((column) => ({ width: column.width ?? 14, style: { numFmt: '@' } }))
  const header = worksheet.addRow(sheet.columns.map((column) => printable(column.label)))
  header.font = { bold: true }
  if (columns > 0) worksheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns } }
  header.commit()
  return worksheet
}

/** A name Excel accepts, not used before: without `[]:*?/\`, at most 31 characters. */
function freeName(wanted: string, names: Set<string>): string {
  const base =
    wanted
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim()
      .slice(0, 27) || 'Sheet'
  let name = base
  for (let next = 2; names.has(name.toLowerCase()); next += 1) name = `${base} ${next}`
  names.add(name.toLowerCase())
  return name
}

/** Writes separated text; fields are quoted where they must be and neutralised like cells. `bom` is what Excel needs to see UTF-8. */
export async function writeCsv(input: {
  target: WriteTarget
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>
  bom?: boolean
}): Promise<void> {
  const stream = openTarget(input.target)
  let block = input.bom === true ? '\ufeff' : ''
  for await (const row of input.rows) {
    block += `${row.map(csvField).join(',')}\r\n`
    if (block.length < 65_536) continue
    if (!stream.write(block)) await once(stream, 'drain')
    block = ''
  }
  await finished(stream.end(block))
}

function csvField(value: string): string {
  const safe = neutralise(value)
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
