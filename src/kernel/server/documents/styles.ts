import type { XmlNode } from 'easy-template-x'
import { childOf, elementsOf, numberOf, switchOf, valueOf } from './markup-tree.ts'

/** What a paragraph or run says of itself; absent: what it is based on says it. */
export interface Look {
  align?: string
  firstChars?: number
  first?: number
  left?: number
  right?: number
  before?: number
  after?: number
  line?: number
  lineRule?: string
  size?: number
  bold?: boolean
  underline?: boolean
  hidden?: boolean
  font?: string
}

export type Styles = (styleId: string | undefined) => Look

/** The looks of the named styles of a document, each with what it is based on; `undefined` is the paragraph's default. */
export function readStyles(root: XmlNode | undefined): Styles {
  const defaults = childOf(root, 'w:docDefaults')
  const base: Look = {
    ...paragraphLook(childOf(childOf(defaults, 'w:pPrDefault'), 'w:pPr')),
    ...runLook(childOf(childOf(defaults, 'w:rPrDefault'), 'w:rPr')),
  }
  const styles = new Map<string, XmlNode>()
  let plain: string | undefined
  for (const style of elementsOf(root)) {
    const id = style.attributes?.['w:styleId']
    if (style.nodeName !== 'w:style' || id === undefined) continue
    styles.set(id, style)
    if (style.attributes?.['w:type'] === 'paragraph' && style.attributes['w:default'] === '1') plain = id
  }
  const looks = new Map<string, Look>()
  const lookOf = (id: string | undefined, depth: number): Look => {
    const style = id === undefined ? undefined : styles.get(id)
    if (id === undefined || style === undefined || depth > 20) return base
    const known = looks.get(id)
    if (known !== undefined) return known
    const own = { ...paragraphLook(childOf(style, 'w:pPr')), ...runLook(childOf(style, 'w:rPr')) }
    const look = { ...lookOf(valueOf(style, 'w:basedOn'), depth + 1), ...own }
    looks.set(id, look)
    return look
  }
  return (id) => lookOf(id ?? plain, 0)
}

/** Only what is said: an absent property must not hide that of the style. */
function said(look: { [Key in keyof Look]: Look[Key] | undefined }): Look {
  // Safe: what is undefined was taken out.
  return Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined)) as Look
}

const points = (twips: number | undefined) => (twips === undefined ? undefined : twips / 20)

export function paragraphLook(node: XmlNode | undefined): Look {
  const hanging = numberOf(node, 'w:ind', 'w:hanging')
  return said({
    align: valueOf(node, 'w:jc'),
    firstChars: numberOf(node, 'w:ind', 'w:firstLineChars'),
    first: hanging === undefined ? points(numberOf(node, 'w:ind', 'w:firstLine')) : -hanging / 20,
    left: points(numberOf(node, 'w:ind', 'w:left') ?? numberOf(node, 'w:ind', 'w:start')),
    right: points(numberOf(node, 'w:ind', 'w:right') ?? numberOf(node, 'w:ind', 'w:end')),
    before: points(numberOf(node, 'w:spacing', 'w:before')),
    after: points(numberOf(node, 'w:spacing', 'w:after')),
    line: numberOf(node, 'w:spacing', 'w:line'),
    lineRule: valueOf(node, 'w:spacing', 'w:lineRule'),
  })
}

export function runLook(node: XmlNode | undefined): Look {
  const size = numberOf(node, 'w:sz')
  return said({
    size: size === undefined ? undefined : size / 2,
    bold: switchOf(node, 'w:b'),
    underline: switchOf(node, 'w:u'),
    hidden: switchOf(node, 'w:vanish'),
    font: valueOf(node, 'w:rFonts', 'w:eastAsia') ?? valueOf(node, 'w:rFonts', 'w:ascii'),
  })
}
