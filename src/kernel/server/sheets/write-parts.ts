import { columnName } from '#kernel/pure/tables/index.ts'
import { cellXml, escapeXml } from './write-text.ts'

// The parts of a workbook (ECMA-376 part 1): what Excel and WPS need and no more.

/** A sheet as the list of sheets needs it. */
export interface WrittenSheet {
  name: string
  /** 0 when the sheet has no header of ours. */
  headRow: number
}

interface Shape {
  columns: readonly { label: string; width?: number }[]
  title?: string
  subtitle?: string
  pageFooter?: string
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const officeTypes = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Indexes of `cellXfs` in `stylesXml`. */
export const style = { text: 1, wrapped: 2, head: 3, title: 4, subtitle: 5, line: 6, column: 7, marked: 8 } as const

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1)

/** Writes rows as XML; cell names are made once per column. */
export function cellsOf(columns: number): {
  row(values: readonly string[], rowNo: number): string
  line(text: string, rowNo: number): string
} {
  const names = numbers(columns).map((column) => columnName(column - 1))
  return {
    row(values, rowNo) {
      let xml = `<row r="${rowNo}">`
      for (let at = 0; at < values.length; at += 1) {
        const value = values[at] ?? ''
        const name = names[at] ?? columnName(at)
        if (value === '') xml += `<c r="${name}${rowNo}" s="${style.text}"/>`
        else xml += cell(`${name}${rowNo}`, value.includes('\n') ? style.wrapped : style.text, value)
      }
      return `${xml}</row>`
    },
    line: (text, rowNo) => lineXml(text, rowNo, style.line),
  }
}

function cell(name: string, styleNo: number, value: string): string {
  return `<c r="${name}" s="${styleNo}" t="inlineStr"><is><t xml:space="preserve">${cellXml(value)}</t></is></c>`
}

function lineXml(text: string, rowNo: number, styleNo: number): string {
  const height = styleNo === style.title ? ' ht="30" customHeight="1"' : ''
  return `<row r="${rowNo}"${height}>${text === '' ? '' : cell(`A${rowNo}`, styleNo, text)}</row>`
}

/** A sheet from its beginning to its header row. */
export function headXml(sheet: Shape, headRow: number): string {
  const { columns, title, subtitle } = sheet
  const widths = columns.map(
    ({ width = 14 }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${style.column}" customWidth="1"/>`,
  )
  const lines = [
    ...(title === undefined ? [] : [lineXml(title, 1, style.title)]),
    ...(subtitle === undefined ? [] : [lineXml(subtitle, headRow - 1, style.subtitle)]),
  ]
  const labels = columns.map(({ label }, at) => cell(`${columnName(at)}${headRow}`, style.head, label))
  return [
    `${declaration}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`,
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headRow}" topLeftCell="A${headRow + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
    '<sheetFormatPr defaultRowHeight="15"/>',
    widths.length === 0 ? '' : `<cols>${widths.join('')}</cols>`,
    `<sheetData>${lines.join('')}<row r="${headRow}">${labels.join('')}</row>`,
  ].join('')
}

/** A sheet from its last row to its end. `merged` are rows that are one cell across. */
export function tailXml(given: { sheet: Shape; headRow: number; lastData: number; merged: readonly number[] }): string {
  const { sheet, headRow, lastData, merged } = given
  const last = columnName(Math.max(sheet.columns.length - 1, 0))
  const across = sheet.columns.length > 1 ? merged.map((row) => `<mergeCell ref="A${row}:${last}${row}"/>`) : []
  const footer = (sheet.pageFooter ?? '').replaceAll('&', '&&').slice(0, 200)
  return [
    '</sheetData>',
    sheet.columns.length === 0 ? '' : `<autoFilter ref="A${headRow}:${last}${Math.max(lastData, headRow)}"/>`,
    across.length === 0 ? '' : `<mergeCells count="${across.length}">${across.join('')}</mergeCells>`,
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    `<headerFooter><oddFooter>${escapeXml(`&L${footer}&R第 &P 页，共 &N 页`)}</oddFooter></headerFooter>`,
    '</worksheet>',
  ].join('')
}

/** The list of sheets; header rows are printed on every page. */
export function workbookXml(sheets: readonly WrittenSheet[]): string {
  const list = sheets.map(({ name }, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
  const titles = sheets.flatMap(({ name, headRow }, at) => {
    const quoted = `'${name.replaceAll("'", "''")}'`
    const title = `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${escapeXml(`${quoted}!$${headRow}:$${headRow}`)}</definedName>`
    return headRow > 0 ? [title] : []
  })
  const names = titles.length === 0 ? '' : `<definedNames>${titles.join('')}</definedNames>`
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${list.join('')}</sheets>${names}</workbook>`
}

/** What the list of sheets points at. */
export function workbookRelsXml(count: number): string {
  const sheets = numbers(count).map(
    (no) => `<Relationship Id="rId${no}" Type="${relations}/worksheet" Target="worksheets/sheet${no}.xml"/>`,
  )
  const styles = `<Relationship Id="rId${count + 1}" Type="${relations}/styles" Target="styles.xml"/>`
  return `${declaration}<Relationships xmlns="${packages}/relationships">${sheets.join('')}${styles}</Relationships>`
}

export const packageRelsXml = `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

/** What each part is. */
export function contentTypesXml(count: number): string {
  const part = (name: string, type: string) => `<Override PartName="${name}" ContentType="${officeTypes}.${type}+xml"/>`
  const sheets = numbers(count).map((no) => part(`/xl/worksheets/sheet${no}.xml`, 'worksheet'))
  const fixed = [part('/xl/workbook.xml', 'sheet.main'), part('/xl/styles.xml', 'styles')]
  return [
    `${declaration}<Types xmlns="${packages}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    ...fixed,
    ...sheets,
    '</Types>',
  ].join('')
}

const thin = ['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="thin"><color rgb="FFBFBFBF"/></${side}>`).join('')
const xf = (font: number, more: string, alignment = '', fill = 0) =>
  `<xf numFmtId="49" fontId="${font}" fillId="${fill}" ${more} xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${alignment}</xf>`
const bordered = 'borderId="1"'
const bare = 'borderId="0"'

/** Text everywhere (`@`), so that what is typed into the sheet later stays as it was typed; a long list is as light as it can be. */
export const stylesXml = [
  `${declaration}<styleSheet xmlns="${main}">`,
  '<fonts count="4"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font>',
  '<font><b/><sz val="16"/><name val="宋体"/></font><font><sz val="10"/><color rgb="FF595959"/><name val="宋体"/></font></fonts>',
  '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFEAF1FB"/><bgColor indexed="64"/></patternFill></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF1B8"/><bgColor indexed="64"/></patternFill></fill></fills>',
  `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${thin}<diagonal/></border></borders>`,
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  '<cellXfs count="9"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  xf(0, bordered),
  xf(0, bordered, '<alignment vertical="top" wrapText="1"/>'),
  xf(1, bordered, '<alignment horizontal="center" vertical="center" wrapText="1"/>', 2),
  xf(2, bare, '<alignment horizontal="center" vertical="center"/>'),
  xf(3, bare, '<alignment horizontal="right" vertical="center"/>'),
  xf(3, bare, '<alignment horizontal="left" vertical="center"/>'),
  xf(0, bare), // what stands below the last row and beside the title has no lines
  xf(0, bare, '', 3), // a cell with a remark
  '</cellXfs></styleSheet>',
].join('')

/** A name Excel accepts, not used before: without `[]:*?/\`, at most 31 characters; as it is where Excel accepts it. */
export function freeName(wanted: string, names: Set<string>): string {
  const base = wanted
    .toWellFormed()
    .replace(/[[\]:*?/\\\p{Cc}]/gu, ' ')
    .replace(/^'+|'+$/g, '')
  const usable = base.trim() === '' ? 'Sheet' : base.slice(0, 31).toWellFormed()
  let name = usable
  for (let next = 2; names.has(name.toLowerCase()); next += 1) name = `${usable.slice(0, 27).toWellFormed()} ${next}`
  names.add(name.toLowerCase())
  return name
}
