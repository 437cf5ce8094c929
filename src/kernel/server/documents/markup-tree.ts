import type { XmlGeneralNode, XmlNode } from 'easy-template-x'

/** The elements below a node, with what stands in wrappers that only group: content controls, links, insertions. */
export function elementsOf(node: XmlNode | undefined): XmlGeneralNode[] {
  return (node?.childNodes ?? []).flatMap((child) => {
    if (child.nodeType !== 'General') return []
    if (child.nodeName === 'mc:AlternateContent') return elementsOf(childOf(child, 'mc:Choice') ?? child)
    return wrappers.has(child.nodeName) ? elementsOf(child) : [child]
  })
}

const wrappers = new Set(['w:sdt', 'w:sdtContent', 'w:hyperlink', 'w:ins', 'w:smartTag', 'w:fldSimple', 'w:customXml'])

/** The first child of a name. */
export function childOf(node: XmlNode | undefined, name: string): XmlGeneralNode | undefined {
  // Safe: only general nodes have names of elements.
  return node?.childNodes?.find((child) => child.nodeName === name) as XmlGeneralNode | undefined
}

/** The value of an attribute of a child: `valueOf(properties, 'w:sz')` reads `<w:sz w:val="32"/>`. */
export function valueOf(node: XmlNode | undefined, name: string, attribute = 'w:val'): string | undefined {
  return childOf(node, name)?.attributes?.[attribute]
}

/** A number of an attribute of a child; undefined where it is absent or none. */
export function numberOf(node: XmlNode | undefined, name: string, attribute = 'w:val'): number | undefined {
  const value = Number(valueOf(node, name, attribute) ?? Number.NaN)
  return Number.isFinite(value) ? value : undefined
}

/** A switch such as `<w:b/>`; undefined where nothing is said. */
export function switchOf(node: XmlNode | undefined, name: string): boolean | undefined {
  const found = childOf(node, name)
  if (found === undefined) return undefined
  return !['0', 'false', 'off', 'none'].includes(found.attributes?.['w:val'] ?? 'true')
}

/** The first element of a name anywhere below. */
export function findBelow(node: XmlNode, name: string): XmlGeneralNode | undefined {
  for (const child of node.childNodes ?? []) {
    if (child.nodeName === name && child.nodeType === 'General') return child
    const found = findBelow(child, name)
    if (found !== undefined) return found
  }
  return undefined
}
