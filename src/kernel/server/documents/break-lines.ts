import { TemplateExtension, xml, type TemplateContext, type XmlGeneralNode, type XmlNode } from 'easy-template-x'
import type { ScopeData } from 'easy-template-x'

/** Stands for a line break while a template is filled; no text holds it, for it is taken out of all texts. */
export const lineMark = '\u001e'

/** Makes line breaks of the marks. easy-template-x would set the lines after what follows the field in its run (7.2.8). */
export class BreakLines extends TemplateExtension {
  async execute(_data: ScopeData, context: TemplateContext): Promise<void> {
    breakBelow(await context.currentPart.xmlRoot())
  }
}

function breakBelow(node: XmlNode): void {
  for (const child of node.childNodes ?? []) {
    if (child.nodeType !== 'General') continue
    if (child.nodeName === 'w:t') breakText(child)
    else breakBelow(child)
  }
}

function breakText(node: XmlGeneralNode): void {
  const text = (node.childNodes ?? []).map((one) => (one.nodeType === 'Text' ? one.textContent : '')).join('')
  if (!text.includes(lineMark)) return
  text.split(lineMark).forEach((line, at) => {
    if (at > 0) xml.modify.insertBefore(xml.create.generalNode('w:br'), node)
    const piece = xml.create.generalNode('w:t', { attributes: { 'xml:space': 'preserve' }, childNodes: [] })
    xml.modify.appendChild(piece, xml.create.textNode(line))
    xml.modify.insertBefore(piece, node)
  })
  xml.modify.remove(node)
}
