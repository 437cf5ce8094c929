import { Writable } from 'node:stream'
import { makeZipWriter } from '../../src/kernel/server/sheets/write-zip.ts'

/** How a paragraph of a paper looks; sizes in points. */
export interface LineLook {
  readonly size?: number
  readonly font?: string
  readonly bold?: boolean
  readonly align?: 'left' | 'center' | 'right' | 'both'
  /** Characters by which the first line is indented. */
  readonly indent?: number
  /** Height of a line; 0: as high as what stands in it. */
  readonly line?: number
  readonly before?: number
  readonly after?: number
  /** Characters from the right edge. */
  readonly fromRight?: number
}

export type ShapeCell = string | { readonly text: string; readonly across?: number; readonly down?: number; readonly look?: LineLook }

export type ShapeBlock =
  | { readonly kind: 'line'; readonly text: string; readonly look: LineLook }
  | {
      readonly kind: 'table'
      readonly widths: readonly number[]
      readonly header: number
      readonly rows: readonly (readonly ShapeCell[])[]
    }

// Letters follow GB/T 9704-2012: A4, text 156 × 225 mm, 22 lines of 28 characters.
const letter = { top: 2098, left: 1587, right: 1474, bottom: 1984, footer: 1400 }
/** A form needs its room: the same width of text, less above and below. */
const form = { top: 1304, left: 1531, right: 1531, bottom: 1247, footer: 680 }
const song = '方正小标宋简体'
const fang = '仿宋_GB2312'
const hei = '黑体'

/** The title: size 2 (22 pt) in small song. */
export const title = (text: string): ShapeBlock => ({
  kind: 'line',
  text,
  look: { size: 22, font: song, align: 'center', line: 32, after: 16 },
})
/** Text of the body: size 3 (16 pt) in imitation song, indented by two characters. */
export const body = (text: string, look: LineLook = {}): ShapeBlock => ({ kind: 'line', text, look: { indent: 2, align: 'both', ...look } })
/** A line without indentation: to whom a letter goes, where somebody signs. */
export const plain = (text: string, look: LineLook = {}): ShapeBlock => ({ kind: 'line', text, look: { align: 'left', ...look } })
/** A heading of the first level, in black. */
export const heading = (text: string, look: LineLook = {}): ShapeBlock => ({ kind: 'line', text, look: { indent: 2, font: hei, ...look } })
/** Who wrote it and when, at the right. */
export const signed = (text: string, fromRight = 4): ShapeBlock => ({ kind: 'line', text, look: { align: 'right', fromRight } })
/** A table of 12 pt; widths in millimetres, `header` rows repeat on every page. */
export const table = (widths: readonly number[], rows: readonly (readonly ShapeCell[])[], header = 0): ShapeBlock => ({
  kind: 'table',
  widths,
  header,
  rows,
})

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

function lineXml(text: string, look: LineLook): string {
  const size = look.size ?? 16
  const font = escape(look.font ?? fang)
  const fonts = `<w:rFonts w:ascii="${font}" w:hAnsi="${font}" w:eastAsia="${font}" w:cs="${font}"/>`
  const run = `<w:rPr>${fonts}${look.bold === true ? '<w:b/>' : ''}<w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/></w:rPr>`
  const rule = look.line === 0 ? 'w:line="240" w:lineRule="auto"' : `w:line="${Math.round((look.line ?? 28.8) * 20)}" w:lineRule="exact"`
  const spacing = `<w:spacing w:before="${(look.before ?? 0) * 20}" w:after="${(look.after ?? 0) * 20}" ${rule}/>`
  const indent = `<w:ind w:firstLineChars="${(look.indent ?? 0) * 100}" w:firstLine="${Math.round((look.indent ?? 0) * size * 20)}" w:right="${Math.round((look.fromRight ?? 0) * size * 20)}"/>`
  const properties = `<w:pPr>${spacing}${indent}<w:jc w:val="${look.align ?? 'both'}"/>${run}</w:pPr>`
  return `<w:p>${properties}<w:r>${run}<w:t xml:space="preserve">${escape(text)}</w:t></w:r></w:p>`
}

const cellLook: LineLook = { size: 12, line: 20, align: 'left' }

/** A cell that reaches down is written again in the rows below, as a continuation. */
function tableXml({ widths, header, rows }: Extract<ShapeBlock, { kind: 'table' }>): string {
  const twips = widths.map((millimetres) => Math.round((millimetres * 1440) / 25.4))
  const side = (name: string) => `<w:${name} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`
  const borders = `<w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(side).join('')}</w:tblBorders>`
  const whole = twips.reduce((sum, one) => sum + one, 0)
  const open: { left: number; across: number }[] = widths.map(() => ({ left: 0, across: 1 }))
  const rowsXml = rows.map((row, at) => {
    const cells: string[] = []
    let column = 0
    const queue = [...row]
    while (column < widths.length) {
      const above = open[column]
      const isContinued = above !== undefined && above.left > 0
      const next = isContinued ? { text: '', across: above.across } : queue.shift()
      if (next === undefined) break
      const cell = typeof next === 'string' ? { text: next } : next
      const across = cell.across ?? 1
      const down = 'down' in cell ? (cell.down ?? 1) : 1
      const width = twips.slice(column, column + across).reduce((sum, one) => sum + one, 0)
      const merge = isContinued ? '<w:vMerge/>' : down > 1 ? '<w:vMerge w:val="restart"/>' : ''
      const span = across > 1 ? `<w:gridSpan w:val="${across}"/>` : ''
      const look = { ...cellLook, ...(at < header ? { align: 'center' as const, font: hei } : {}), ...('look' in cell ? cell.look : {}) }
      const lines = cell.text.split('\n').map((line) => lineXml(line, look))
      cells.push(
        `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${span}${merge}<w:vAlign w:val="center"/></w:tcPr>${lines.join('')}</w:tc>`,
      )
      if (isContinued) above.left -= 1
      else if (down > 1) open[column] = { left: down - 1, across }
      column += across
    }
    const properties = `<w:trPr><w:cantSplit/>${at < header ? '<w:tblHeader/>' : ''}<w:jc w:val="center"/></w:trPr>`
    return `<w:tr>${properties}${cells.join('')}</w:tr>`
  })
  const grid = `<w:tblGrid>${twips.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>`
  const properties = `<w:tblPr><w:tblW w:w="${whole}" w:type="dxa"/><w:jc w:val="center"/>${borders}<w:tblLayout w:type="fixed"/></w:tblPr>`
  return `<w:tbl>${properties}${grid}${rowsXml.join('')}</w:tbl>`
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const r = `xmlns:r="${relationships}"`
const types = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

const contentTypes = `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="${types}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${types}.styles+xml"/><Override PartName="/word/footer1.xml" ContentType="${types}.footer+xml"/></Types>`
const packageRels = `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="word/document.xml"/></Relationships>`
const documentRels = `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relationships}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${relationships}/footer" Target="footer1.xml"/></Relationships>`
const styles = `${head}<w:styles ${w}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="${fang}" w:hAnsi="${fang}" w:eastAsia="${fang}" w:cs="${fang}"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>`
const field = (kind: string) => `<w:r><w:fldChar w:fldCharType="${kind}"/></w:r>`
const footerText = (text: string) => `<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
const footer = `${head}<w:ftr ${w}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>${footerText('— ')}${field('begin')}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>${field('separate')}${footerText('1')}${field('end')}${footerText(' —')}</w:p></w:ftr>`

/** A Word document of these blocks, as bytes; the same blocks give the same bytes. */
export async function writeDocx(
  blocks: readonly ShapeBlock[],
  extra: Readonly<Record<string, string>> = {},
  kind: 'letter' | 'form' | 'wide' = 'letter',
): Promise<Buffer> {
  const page = kind === 'letter' ? letter : form
  // A wide page lies on its side, for lists of many columns.
  const size = kind === 'wide' ? 'w:w="16838" w:h="11906" w:orient="landscape"' : 'w:w="11906" w:h="16838"'
  const content = blocks.map((block) => (block.kind === 'line' ? lineXml(block.text, block.look) : tableXml(block)))
  const section = `<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz ${size}/><w:pgMar w:top="${page.top}" w:right="${page.right}" w:bottom="${page.bottom}" w:left="${page.left}" w:header="851" w:footer="${page.footer}" w:gutter="0"/></w:sectPr>`
  const parts: Record<string, string> = {
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': packageRels,
    'word/document.xml': `${head}<w:document ${w} ${r}><w:body>${content.join('')}${section}</w:body></w:document>`,
    'word/_rels/document.xml.rels': documentRels,
    'word/styles.xml': styles,
    'word/footer1.xml': footer,
    ...extra,
  }
  const chunks: Buffer[] = []
  const target = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  const zip = makeZipWriter(target)
  for (const [name, text] of Object.entries(parts)) await zip.add(name, [text])
  await zip.finish()
  return Buffer.concat(chunks)
}
