import { columnName } from '#kernel/pure/tables/index.ts'
import { attributesOf } from './xml.ts'

/** A remark in one cell; row from 1, column from 0. */
export interface CellRemark {
  row: number
  column: number
  text: string
}

const author = 'bangfu'
const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** Text that may stand in XML, in an element or an attribute. */
function escaped(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these may not stand in XML at all
  const clean = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
  return clean.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const refOf = ({ row, column }: CellRemark): string => `${columnName(column)}${row}`
const runOf = (remark: CellRemark, before = ''): string => `<r><t xml:space="preserve">${before}${escaped(remark.text)}</t></r>`
const commentOf = (remark: CellRemark, authorId: number): string =>
  `<comment ref="${refOf(remark)}" authorId="${authorId}"><text>${runOf(remark)}</text></comment>`

/** The part with the comments of a sheet that had none. */
export function* newComments(remarks: readonly CellRemark[]): Generator<string> {
  yield `${head}<comments xmlns="${spreadsheet}"><authors><author>${author}</author></authors><commentList>`
  for (const remark of remarks) yield commentOf(remark, 0)
  yield '</commentList></comments>'
}

/** The part that draws the boxes of the comments of a sheet that had none; Excel shows no comment without its box. */
export function* newDrawing(remarks: readonly CellRemark[]): Generator<string> {
  yield '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
  yield* shapesOf(remarks, 1025)
  yield '</xml>'
}

function* shapesOf(remarks: readonly CellRemark[], from: number): Generator<string> {
  for (const [at, { row, column }] of remarks.entries())
    yield `<v:shape id="_x0000_s${from + at}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:200pt;height:60pt;z-index:${at + 1};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${column + 1}, 15, ${Math.max(0, row - 2)}, 10, ${column + 4}, 31, ${row + 3}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`
}

/**
 * Adds remarks to the comments that a sheet has: a cell with a comment keeps it and gets a paragraph more. `undefined` when the part is
 * none that we understand. `added` are the remarks that need a box of their own.
 */
export function addComments(xml: string, remarks: readonly CellRemark[]): { xml: string; added: CellRemark[] } | undefined {
  const authorsEnd = /<\/authors>/.exec(xml)
  if (authorsEnd === null || !xml.includes('</commentList>')) return undefined
  const authorId = [...xml.slice(0, authorsEnd.index).matchAll(/<author[\s/>]/g)].length
  let changed = xml.replace('</authors>', `<author>${author}</author></authors>`)
  const known = new Set([...xml.matchAll(/<comment\s[^>]*>/g)].map(([tag]) => attributesOf(tag).get('ref') ?? ''))
  const added: CellRemark[] = []
  for (const remark of remarks) {
    if (known.has(refOf(remark))) changed = withParagraph(changed, remark)
    else added.push(remark)
  }
  const comments = added.map((remark) => commentOf(remark, authorId)).join('')
  return { xml: changed.replace('</commentList>', () => `${comments}</commentList>`), added }
}

function withParagraph(xml: string, remark: CellRemark): string {
  const start = xml.search(new RegExp(`<comment\\s[^>]*ref="${refOf(remark)}"`))
  const end = start < 0 ? -1 : xml.indexOf('</text>', start)
  return end < 0 ? xml : `${xml.slice(0, end)}${runOf(remark, '&#10;')}${xml.slice(end)}`
}

/** Adds boxes to the drawing of a sheet that has comments; `undefined` when the part is none that we understand. */
export function addShapes(xml: string, remarks: readonly CellRemark[]): string | undefined {
  const end = xml.lastIndexOf('</xml>')
  if (end < 0 || !xml.includes('urn:schemas-microsoft-com:office:excel')) return undefined
  const taken = [...xml.matchAll(/_x0000_s(\d+)/g)].map(([, number]) => Number(number))
  const from = Math.max(1024, ...taken) + 1
  return `${xml.slice(0, end)}${[...shapesOf(remarks, from)].join('')}${xml.slice(end)}`
}

/** Elements of a sheet that follow the reference to its drawing of comments, in the order that Excel asks for. */
const afterDrawing = new Set([
  'legacyDrawingHF',
  'drawingHF',
  'picture',
  'oleObjects',
  'controls',
  'webPublishItems',
  'tableParts',
  'extLst',
])

/** Puts the reference to the drawing of comments into what follows the cells of a sheet, at the one place where it may stand. */
export function withDrawing(tail: string, relationId: string): string {
  let depth = 0
  for (const tag of tail.matchAll(/<(\/?)([\w-]+:)?([\w-]+)(?:[^>"'/]|"[^"]*"|'[^']*'|\/(?!>))*(\/?)>/g)) {
    const [, closing = '', prefix = '', name = '', alone = ''] = tag
    if (depth === 0 && (closing === '/' || afterDrawing.has(name))) {
      const reference = `<${prefix}legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="${relationId}"/>`
      return `${tail.slice(0, tag.index)}${reference}${tail.slice(tag.index)}`
    }
    if (closing === '/') depth -= 1
    else if (alone === '') depth += 1
  }
  return tail
}
