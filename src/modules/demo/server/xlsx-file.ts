import type { Cell, Sheet } from '../rules/sheet.ts'
import { writeZip, type ZipPart } from './zip-file.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/**
 * Writes a workbook row by row: the same rows give the same bytes (no clock inside), and a sheet of any length needs no memory.
 * Both packages at hand keep the whole workbook or write the time of day into it, so this small writer stands here.
 */
export async function writeXlsxFile(path: string, sheets: readonly Sheet[]): Promise<number> {
  const shared = sheets.some((sheet) => sheet.sharedStrings === true) ? new Map<string, number>() : undefined
  return writeZip(path, workbookParts(sheets, shared))
}

function* workbookParts(sheets: readonly Sheet[], shared: Map<string, number> | undefined): Generator<ZipPart> {
  const files = sheets.map((_, index) => `worksheets/sheet${index + 1}.xml`)
  const type = `application/vnd.openxmlformats-officedocument.spreadsheetml`
  const overrides = [
    `<Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>`,
    ...files.map((file) => `<Override PartName="/xl/${file}" ContentType="${type}.worksheet+xml"/>`),
    `<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>`,
    ...(shared === undefined ? [] : [`<Override PartName="/xl/sharedStrings.xml" ContentType="${type}.sharedStrings+xml"/>`]),
  ]
  const defaults =
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
  yield part('[Content_Types].xml', `<Types xmlns="${packages}/content-types">${defaults}${overrides.join('')}</Types>`)
  yield part('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]))
  const names = sheets.map(
    (sheet, index) =>
      `<sheet name="${escape(sheet.name)}" sheetId="${index + 1}"${sheet.hidden === true ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
  )
  yield part('xl/workbook.xml', `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${names.join('')}</sheets></workbook>`)
  const targets: [string, string][] = [...files.map((file): [string, string] => ['worksheet', file]), ['styles', 'styles.xml']]
  if (shared !== undefined) targets.push(['sharedStrings', 'sharedStrings.xml'])
  yield part('xl/_rels/workbook.xml.rels', relations(targets))
  yield part('xl/styles.xml', styles)
  for (const [index, sheet] of sheets.entries()) yield { name: `xl/${files[index] ?? ''}`, text: sheetText(sheet, shared) }
  if (shared === undefined) return
  const strings = [...shared.keys()].map((text) => `<si><t xml:space="preserve">${escape(text)}</t></si>`)
  yield part('xl/sharedStrings.xml', `<sst xmlns="${main}" uniqueCount="${strings.length}">${strings.join('')}</sst>`)
}

const styles = `<styleSheet xmlns="${main}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`

function relations(targets: readonly [string, string][]): string {
  const all = targets.map(([kind, target], index) => `<Relationship Id="rId${index + 1}" Type="${office}/${kind}" Target="${target}"/>`)
  return `<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`
}

function part(name: string, xml: string): ZipPart {
  return { name, text: [head + xml] }
}

function* sheetText(sheet: Sheet, shared: Map<string, number> | undefined): Generator<string> {
  yield `${head}<worksheet xmlns="${main}"><sheetData>`
  let row = 0
  for (const cells of sheet.rows) {
    row += 1
    const written = cells.map((cell, index) => (cell === '' ? '' : cellText(cell, `${columnName(index)}${row}`, shared))).join('')
    if (written !== '') yield `<row r="${row}">${written}</row>`
  }
  const merges = (sheet.merges ?? []).map(([from, to]) => `<mergeCell ref="${from}:${to}"/>`)
  yield `</sheetData>${merges.length === 0 ? '' : `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>`}</worksheet>`
}

function cellText(cell: Cell, at: string, shared: Map<string, number> | undefined): string {
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`
  if (typeof cell === 'object') return `<c r="${at}"><v>${cell.digits}</v></c>`
  if (shared === undefined) return `<c r="${at}" s="1" t="inlineStr"><is><t xml:space="preserve">${escape(cell)}</t></is></c>`
  const known = shared.get(cell) ?? shared.size
  shared.set(cell, known)
  return `<c r="${at}" s="1" t="s"><v>${known}</v></c>`
}

const columnNames: string[] = []
/** `A` for 0, `AA` for 26. */
export function columnName(index: number): string {
  return (columnNames[index] ??= (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26)))
}

function escape(text: string): string {
  return /[&<>"]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    : text
}
