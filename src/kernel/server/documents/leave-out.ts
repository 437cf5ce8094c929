import { TemplateExtension, xml, type ScopeData, type TemplateContext, type XmlGeneralNode, type XmlNode } from 'easy-template-x'

/**
 * Takes columns out of the tables of a template before it is filled: those whose cells ask for nothing but fields of `names`. What is left gets
 * their width; the signs of a list (`{#list}`, `{/list}`) move to the next cell. A table with merged cells stays as it is, and one
 * of which a single column would stay: a list in one cell is a list of lines, not of rows.
 */
export class LeaveOutColumns extends TemplateExtension {
  readonly #names: ReadonlySet<string>

  constructor(names: readonly string[]) {
    super()
    this.#names = new Set(names)
  }

  async execute(_data: ScopeData, context: TemplateContext): Promise<void> {
    for (const table of below(await context.currentPart.xmlRoot(), 'w:tbl')) narrow(table, this.#names)
  }
}

function narrow(table: XmlGeneralNode, names: ReadonlySet<string>): void {
  const rows = children(table, 'w:tr').map((row) => children(row, 'w:tc'))
  const columns = rows[0]?.length ?? 0
  if (rows.some((row) => row.length !== columns || row.some((cell) => below(cell, 'w:vMerge').length > 0))) return
  const isLeftOut = (at: number) => {
    const fields = rows.flatMap((row) => [...textOf(row[at]).matchAll(/\{([^#/{}][^{}]*)\}/g)].map(([, field = '']) => field.trim()))
    return fields.length > 0 && fields.every((field) => names.has(field))
  }
  const gone = Array.from({ length: columns }, (_, at) => at).filter(isLeftOut)
  const kept = Array.from({ length: columns }, (_, at) => at).filter((at) => !gone.includes(at))
  if (gone.length === 0 || kept.length < 2) return
  for (const row of rows) {
    for (const at of gone) moveSigns(row, at, kept)
    for (const at of gone) remove(row[at])
    widen(
      row.flatMap((cell, at) => (kept.includes(at) ? below(cell, 'w:tcW') : [])),
      row.flatMap((cell) => below(cell, 'w:tcW')),
    )
  }
  const grid = children(children(table, 'w:tblGrid')[0], 'w:gridCol')
  for (const at of gone) remove(grid[at])
  widen(
    grid.filter((_, at) => kept.includes(at)),
    grid,
  )
}

/** The sign that opens a list goes to the next cell that stays, the one that closes it to the last before. */
function moveSigns(row: readonly XmlGeneralNode[], at: number, kept: readonly number[]): void {
  const signs = [...textOf(row[at]).matchAll(/\{[#/][^{}]*\}/g)].map(([sign]) => sign)
  for (const sign of signs) {
    const opens = sign.startsWith('{#')
    const place = opens ? (kept.find((one) => one > at) ?? kept.at(-1)) : (kept.findLast((one) => one < at) ?? kept[0])
    const texts = below(row[place ?? 0] ?? xml.create.generalNode('w:tc'), 'w:t')
    const text = opens ? texts[0] : texts.at(-1)
    if (text === undefined) continue
    const before = textOf(text)
    text.childNodes = []
    xml.modify.appendChild(text, xml.create.textNode(opens ? `${sign}${before}` : `${before}${sign}`))
  }
}

/** Gives the widths of all to those that stay, in their proportion. */
function widen(staying: readonly XmlGeneralNode[], all: readonly XmlGeneralNode[]): void {
  const sum = (nodes: readonly XmlGeneralNode[]) => nodes.reduce((width, node) => width + Number(node.attributes?.['w:w'] ?? 0), 0)
  const [whole, left] = [sum(all), sum(staying)]
  if (left === 0) return
  for (const { attributes } of staying)
    if (attributes !== undefined) attributes['w:w'] = String(Math.round((Number(attributes['w:w']) * whole) / left))
}

function remove(node: XmlNode | undefined): void {
  if (node !== undefined) xml.modify.remove(node)
}

function children(node: XmlNode | undefined, name: string): XmlGeneralNode[] {
  return (node?.childNodes ?? []).flatMap((child) => (child.nodeType === 'General' && child.nodeName === name ? [child] : []))
}

function below(node: XmlNode, name: string): XmlGeneralNode[] {
  return (node.childNodes ?? []).flatMap((child) =>
    child.nodeType === 'General' ? [...(child.nodeName === name ? [child] : []), ...below(child, name)] : [],
  )
}

function textOf(node: XmlNode | undefined): string {
  if (node === undefined) return ''
  return node.nodeType === 'Text' ? (node.textContent ?? '') : (node.childNodes ?? []).map(textOf).join('')
}
