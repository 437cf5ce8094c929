import { Docx, type OpenXmlPart, type XmlNode } from 'easy-template-x'
import type { Block, Cell, Layout, Paragraph, Run, Table } from './layout.ts'
import { childOf, elementsOf, findBelow, numberOf, switchOf, valueOf } from './markup-tree.ts'
import { paragraphLook, readStyles, runLook, type Look, type Styles } from './styles.ts'

interface Reading {
  readonly styles: Styles
  readonly main: OpenXmlPart
  readonly images: Map<string, { name: string; base64: string }>
}

const stylesPart = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles'

/** Reads how a Word document looks: text, tables, images, page. Text boxes, headers and drawings are left out. */
export async function readLayout(bytes: Buffer): Promise<Layout> {
  const docx = await Docx.load(bytes)
  const main = docx.mainDocument
  const styles = readStyles(await (await main.getFirstPartByType(stylesPart).catch(() => undefined))?.xmlRoot())
  const body = childOf(await main.xmlRoot(), 'w:body')
  const reading: Reading = { styles, main, images: new Map() }
  const footers = await Promise.all(
    (await docx.getContentParts()).filter((part) => part.path.includes('footer')).map((part) => part.xmlRoot()),
  )
  const blocks = await blocksOf(body, reading)
  const section = childOf(body, 'w:sectPr')
  const twips = (name: string, attribute: string, otherwise: number) => (numberOf(section, name, attribute) ?? otherwise) / 20
  return {
    page: {
      width: twips('w:pgSz', 'w:w', 11_906),
      height: twips('w:pgSz', 'w:h', 16_838),
      top: twips('w:pgMar', 'w:top', 1440),
      right: twips('w:pgMar', 'w:right', 1800),
      bottom: twips('w:pgMar', 'w:bottom', 1440),
      left: twips('w:pgMar', 'w:left', 1800),
    },
    numbered: footers.some((root) => findBelow(root, 'w:instrText') !== undefined || findBelow(root, 'w:fldSimple') !== undefined),
    blocks,
    images: [...reading.images.values()],
  }
}

async function blocksOf(node: XmlNode | undefined, reading: Reading): Promise<Block[]> {
  const blocks: Block[] = []
  for (const element of elementsOf(node)) {
    if (element.nodeName === 'w:p') blocks.push(await paragraphOf(element, reading))
    if (element.nodeName === 'w:tbl') blocks.push(await tableOf(element, reading))
  }
  return blocks
}

const aligns: Readonly<Record<string, Paragraph['align']>> = { center: 'center', right: 'right', end: 'right', left: 'left', start: 'left' }

async function paragraphOf(node: XmlNode, reading: Reading): Promise<Paragraph> {
  const properties = childOf(node, 'w:pPr')
  const look: Look = { ...reading.styles(valueOf(properties, 'w:pStyle')), ...paragraphLook(properties) }
  const runs: Run[] = []
  for (const element of elementsOf(node)) if (element.nodeName === 'w:r') runs.push(...(await runsOf(element, look, reading)))
  const marked = runLook(childOf(properties, 'w:rPr')).size ?? look.size ?? 10.5
  const size = runs.reduce((most, run) => ('text' in run ? Math.max(most, run.size) : most), runs.length === 0 ? marked : 0) || marked
  return {
    kind: 'paragraph',
    align: aligns[look.align ?? ''] ?? 'justify',
    first: look.firstChars === undefined ? (look.first ?? 0) : (look.firstChars / 100) * size,
    left: look.left ?? 0,
    right: look.right ?? 0,
    before: look.before ?? 0,
    after: look.after ?? 0,
    line: lineOf(look, size),
    size,
    newPage: switchOf(properties, 'w:pageBreakBefore') === true,
    runs,
  }
}

/** Word's single line of Chinese text is about 1.3 times its letters. */
function lineOf({ line, lineRule }: Look, size: number): number {
  if (line === undefined) return size * 1.3
  return lineRule === 'exact' || lineRule === 'atLeast' ? line / 20 : (line / 240) * size * 1.3
}

async function runsOf(node: XmlNode, paragraph: Look, reading: Reading): Promise<Run[]> {
  const properties = childOf(node, 'w:rPr')
  const style = valueOf(properties, 'w:rStyle')
  const look: Look = { ...paragraph, ...(style === undefined ? {} : reading.styles(style)), ...runLook(properties) }
  if (look.hidden === true) return []
  const text = (words: string): Run => ({
    text: words,
    size: look.size ?? 10.5,
    bold: look.bold ?? false,
    underline: look.underline ?? false,
    font: look.font ?? '',
  })
  const runs: Run[] = []
  for (const element of elementsOf(node)) {
    const { nodeName } = element
    if (nodeName === 'w:t') runs.push(text(element.childNodes?.map((one) => ('textContent' in one ? one.textContent : '')).join('') ?? ''))
    if (nodeName === 'w:tab') runs.push(text('    '))
    if (nodeName === 'w:br' || nodeName === 'w:cr') runs.push({ end: element.attributes?.['w:type'] === 'page' ? 'page' : 'line' })
    if (nodeName === 'w:drawing') runs.push(...(await imageOf(element, reading)))
  }
  return runs
}

async function imageOf(drawing: XmlNode, reading: Reading): Promise<Run[]> {
  const id = findBelow(drawing, 'a:blip')?.attributes?.['r:embed']
  const extent = findBelow(drawing, 'wp:extent')?.attributes
  const part = id === undefined ? undefined : await reading.main.getPartById(id).catch(() => undefined)
  const kind = /\.(png|jpe?g|gif)$/i.exec(part?.path ?? '')?.[0]
  if (id === undefined || part === undefined || kind === undefined) return []
  const name = `image${id.replace(/\W/g, '')}${kind.toLowerCase()}`
  reading.images.set(id, { name, base64: (await part.getContentBinary(Buffer)).toString('base64') })
  return [{ image: name, width: Number(extent?.['cx'] ?? 0) / 12_700, height: Number(extent?.['cy'] ?? 0) / 12_700 }]
}

async function tableOf(node: XmlNode, reading: Reading): Promise<Table> {
  const columns = elementsOf(childOf(node, 'w:tblGrid')).map((column) => Number(column.attributes?.['w:w'] ?? 0) / 20)
  const borders = childOf(childOf(node, 'w:tblPr'), 'w:tblBorders')
  const rows = elementsOf(node).filter((element) => element.nodeName === 'w:tr')
  const cells: Cell[] = []
  for (const [y, row] of rows.entries()) {
    const properties = childOf(row, 'w:trPr')
    let x = numberOf(properties, 'w:gridBefore') ?? 0
    for (const element of elementsOf(row).filter((one) => one.nodeName === 'w:tc')) {
      const own = childOf(element, 'w:tcPr')
      const across = numberOf(own, 'w:gridSpan') ?? 1
      const merge = childOf(own, 'w:vMerge')
      const above =
        merge !== undefined && merge.attributes?.['w:val'] !== 'restart' ? cells.findLast((cell) => cell.x === x && cell.y < y) : undefined
      const height = (numberOf(properties, 'w:trHeight') ?? 0) / 20
      if (above !== undefined) cells.splice(cells.indexOf(above), 1, { ...above, down: y - above.y + 1 })
      else
        cells.push({
          x,
          y,
          across,
          down: 1,
          middle: valueOf(own, 'w:vAlign') === 'center',
          height,
          blocks: await blocksOf(element, reading),
        })
      x += across
    }
  }
  const isBare = borders !== undefined && elementsOf(borders).every((line) => ['none', 'nil'].includes(line.attributes?.['w:val'] ?? ''))
  const headers = rows.findIndex((row) => switchOf(childOf(row, 'w:trPr'), 'w:tblHeader') !== true)
  const width = columns.reduce((sum, one) => sum + one, 0)
  return { kind: 'table', columns, width, lines: !isBare, headerRows: headers === -1 ? 0 : headers, cells }
}
