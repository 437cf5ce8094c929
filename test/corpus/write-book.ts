import { makeXls, makeXlsx, toGb18030, type XlsCell } from '../sheet-files.ts'
import type { Book, Cell, FileFormat, Grid, Look } from './book.ts'

const looks: Readonly<Record<Look, number>> = { general: 0, money: 1, day: 2, dayWords: 3, whole: 4 }
/** Format numbers of the styles above: general, #,##0.00, m/d/yyyy, a written one, 0. */
const formatNumbers = [0, 4, 14, 176, 1]
const days1904 = 1462

/** Writes a workbook in a format. The name's ending is the caller's. */
export function writeBook(book: Book, format: FileFormat): Buffer {
  if (format === 'xlsx' || format === 'xlsx-inline') return writeXlsx(book, format === 'xlsx')
  if (format === 'xls') return writeXls(book)
  if (format === 'html-utf8' || format === 'html-gbk') return writeHtml(book, format === 'html-gbk')
  if (format === 'spreadsheetml') return writeSpreadsheetml(book)
  return writeText(book, format)
}

/** The ending that people see. */
export function endingOf(format: FileFormat): string {
  if (format.startsWith('xlsx')) return 'xlsx'
  if (format.startsWith('tsv')) return 'txt'
  return /^(csv|semicolon)/.test(format) ? 'csv' : 'xls'
}

const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;')
const letters = (column: number): string =>
  (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))
const numberOf = (cell: { number: number; look: Look }, book: Book): number =>
  book.date1904 && (cell.look === 'day' || cell.look === 'dayWords') ? cell.number - days1904 : cell.number

function writeXlsx(book: Book, isShared: boolean): Buffer {
  const strings = new Map<string, number>()
  const text = (value: string): string => {
    if (!isShared) return `t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`
    const at = strings.get(value) ?? strings.size
    strings.set(value, at)
    return `t="s"><v>${at}</v></c>`
  }
  const cellXml = (cell: Cell, at: string): string => {
    if (cell === '') return ''
    if (typeof cell === 'string') return `<c r="${at}" ${text(cell)}`
    if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`
    if ('look' in cell) return `<c r="${at}" s="${looks[cell.look]}"><v>${numberOf(cell, book)}</v></c>`
    const kind = typeof cell.value === 'string' ? ' t="str"' : ''
    return `<c r="${at}"${kind}><f>${escapeXml(cell.formula)}</f><v>${escapeXml(String(cell.value))}</v></c>`
  }
  const sheets = book.grids.map((grid) => ({
    name: escapeXml(grid.name),
    ...(grid.hidden ? { state: 'hidden' } : {}),
    before:
      grid.hiddenColumns.length === 0
        ? ''
        : `<cols>${grid.hiddenColumns.map((at) => `<col min="${at + 1}" max="${at + 1}" width="0" hidden="1"/>`).join('')}</cols>`,
    rows: grid.rows
      .map((cells, row) => {
        const inner = cells.map((cell, column) => cellXml(cell, `${letters(column)}${row + 1}`)).join('')
        return inner === '' ? '' : `<row r="${row + 1}"${grid.hiddenRows.includes(row) ? ' hidden="1"' : ''}>${inner}</row>`
      })
      .join(''),
    after: grid.merges.length === 0 ? '' : `<mergeCells count="${grid.merges.length}">${grid.merges.map(mergeXml).join('')}</mergeCells>`,
  }))
  return makeXlsx({
    sheets,
    formats: '<numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>',
    styles: formatNumbers,
    ...(book.date1904 ? { date1904: true } : {}),
    ...(isShared
      ? { strings: [...strings.keys()].map((value) => `<si><t xml:space="preserve">${escapeXml(value)}</t></si>`).join('') }
      : {}),
  })
}

const mergeXml = ([top, left, bottom, right]: Grid['merges'][number]): string =>
  `<mergeCell ref="${letters(left)}${top + 1}:${letters(right)}${bottom + 1}"/>`

const fourBytes: Readonly<Record<string, string>> = { '\u00a0': '81308432', '\u200b': '8136a437' }
/** GB18030, with the two characters of four bytes that come by copying from web pages. */
const gbk = (text: string): Buffer =>
  Buffer.concat(
    text.split(/([\u00a0\u200b])/).map((part) => (fourBytes[part] === undefined ? toGb18030(part) : Buffer.from(fourBytes[part], 'hex'))),
  )
const words = (...values: number[]): Buffer => Buffer.from(values.flatMap((value) => [value & 255, (value >> 8) & 255]))
const record = (id: number, body: Buffer): Buffer => Buffer.concat([words(id, body.length), body])

function writeXls(book: Book): Buffer {
  const cellOf = (cell: Cell): XlsCell => {
    if (typeof cell !== 'object') return cell
    if ('look' in cell) return { number: numberOf(cell, book), style: looks[cell.look] }
    return typeof cell.value === 'string' ? { formula: cell.value } : cell.value
  }
  return makeXls({
    // The written look is 57, `yyyy"年"m"月"` in a Chinese Excel; a plain day keeps old readers right.
    styles: formatNumbers.map((format) => (format === 176 ? 14 : format)),
    sheets: book.grids.map((grid) => ({
      name: grid.name,
      ...(grid.hidden ? { state: 1 } : {}),
      cells: grid.rows.map((cells) => cells.map(cellOf)),
      extra: [
        ...grid.hiddenColumns.map((at) => record(0x7d, words(at, at, 0, 0, 1, 0))),
        ...grid.hiddenRows.map((at) => record(0x208, words(at, 0, 0, 0, 0, 0, 0x20, 0))),
        ...(grid.merges.length === 0
          ? []
          : [
              record(
                0xe5,
                Buffer.concat([
                  words(grid.merges.length),
                  ...grid.merges.map(([top, left, bottom, right]) => words(top, bottom, left, right)),
                ]),
              ),
            ]),
      ],
    })),
  })
}

/** What a cell looks like on the screen. */
function shownText(cell: Cell, book: Book): string {
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return shownNumber(cell)
  if ('formula' in cell) return typeof cell.value === 'number' ? shownNumber(cell.value) : cell.value
  if (cell.look === 'money') return cell.number.toFixed(2).replaceAll(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
  if (cell.look === 'general' || cell.look === 'whole') return shownNumber(cell.number)
  const day = new Date((cell.number - 25_569) * 86_400_000)
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()]
  return cell.look === 'day' || book.date1904 ? `${year}/${month}/${date}` : `${year}年${month}月${date}日`
}

/** Excel shows twelve digits or more as a power of ten, and saves text that way. */
const shownNumber = (value: number): string =>
  Math.abs(value) >= 1e11 ? value.toExponential(5).replace(/e\+(\d+)$/, (_, power: string) => `E+${power.padStart(2, '0')}`) : String(value)

function writeHtml(book: Book, isGbk: boolean): Buffer {
  const tables = book.grids.filter((grid) => !grid.hidden).map((grid) => htmlTable(grid, book))
  const head = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" content="text/html; charset=${isGbk ? 'gb2312' : 'utf-8'}"><style>td{mso-number-format:"\\@";}</style></head><body>\r\n`
  const page = `${head}${tables.join('\r\n<br>\r\n')}</body></html>`
  return isGbk ? gbk(page) : Buffer.from(page)
}

function htmlTable(grid: Grid, book: Book): string {
  const width = Math.max(...grid.rows.map((row) => row.length))
  const rows = grid.rows.map((cells, row) => {
    const inner = Array.from({ length: width }, (_, column) => {
      const merge = grid.merges.find(([top, left, bottom, right]) => row >= top && row <= bottom && column >= left && column <= right)
      if (merge !== undefined && (merge[0] !== row || merge[1] !== column)) return ''
      const spans = merge === undefined ? '' : ` rowspan="${merge[2] - merge[0] + 1}" colspan="${merge[3] - merge[1] + 1}"`
      const text = shownText(cells[column] ?? '', book)
      return `<td${spans}>${text === '' ? '&nbsp;' : escapeXml(text).replaceAll('&#10;', '<br/>')}</td>`
    })
    return `<tr${grid.hiddenRows.includes(row) ? ' style="display:none"' : ''}>${inner.join('')}</tr>`
  })
  return `<table border="1">\r\n${rows.join('\r\n')}\r\n</table>`
}

function writeSpreadsheetml(book: Book): Buffer {
  const namespace = 'urn:schemas-microsoft-com:office:spreadsheet'
  const sheets = book.grids.map((grid) => {
    const rows = grid.rows.map((cells, row) =>
      cells.length === 0
        ? ''
        : `<Row ss:Index="${row + 1}"${grid.hiddenRows.includes(row) ? ' ss:Hidden="1"' : ''}>${spreadsheetmlCells(grid, row)}</Row>`,
    )
    const hidden = grid.hidden
      ? '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>'
      : ''
    return `<Worksheet ss:Name="${escapeXml(grid.name)}"><Table>${rows.join('\r\n')}</Table>${hidden}</Worksheet>`
  })
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n<Workbook xmlns="${namespace}" xmlns:ss="${namespace}">${sheets.join('')}</Workbook>`,
  )
}

function spreadsheetmlCells(grid: Grid, row: number): string {
  return (grid.rows[row] ?? [])
    .map((cell, column) => {
      const merge = grid.merges.find(([top, left]) => top === row && left === column)
      if (cell === '' && merge === undefined) return ''
      const across = merge === undefined ? '' : ` ss:MergeAcross="${merge[3] - merge[1]}" ss:MergeDown="${merge[2] - merge[0]}"`
      return `<Cell ss:Index="${column + 1}"${across}>${spreadsheetmlData(cell)}</Cell>`
    })
    .join('')
}

function spreadsheetmlData(cell: Cell): string {
  const value = typeof cell === 'object' && 'formula' in cell ? cell.value : cell
  if (typeof value === 'string') return `<Data ss:Type="String">${escapeXml(value)}</Data>`
  if (typeof value === 'number') return `<Data ss:Type="Number">${value}</Data>`
  if (value.look !== 'day' && value.look !== 'dayWords') return `<Data ss:Type="Number">${value.number}</Data>`
  return `<Data ss:Type="DateTime">${new Date((value.number - 25_569) * 86_400_000).toISOString().slice(0, 23)}</Data>`
}

function writeText(book: Book, format: FileFormat): Buffer {
  const separator = format.startsWith('tsv') ? '\t' : format === 'semicolon' ? ';' : ','
  const field = (text: string): string => (text.includes(separator) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const grids = book.grids.filter((grid) => !grid.hidden)
  const lines = grids.flatMap((grid) => {
    const width = Math.max(...grid.rows.map((row) => row.length))
    return grid.rows.map((cells) => Array.from({ length: width }, (_, at) => field(shownText(cells[at] ?? '', book))).join(separator))
  })
  const text = `${format === 'csv-sep' ? 'sep=,\r\n' : ''}${lines.join('\r\n')}\r\n`
  if (format === 'csv-gbk' || format === 'tsv-gbk') return gbk(text)
  if (format.endsWith('utf16')) return Buffer.from(`\ufeff${text}`, 'utf16le')
  return Buffer.from(format === 'csv-bom' ? `\ufeff${text}` : text)
}
