import { decisionErrors } from './errors.ts'
import type { XmlAttribute, XmlElement } from './xml.ts'

const longestText = 32_000_000
const deepest = 200
const nameStart = 'A-Za-z_\\u00c0-\\u02ff\\u0370-\\u1fff\\u2c00-\\ufdff'
const name = `[${nameStart}][\\w.\\u00b7\\u00c0-\\u203f\\u2c00-\\ufdff-]*`
const qualified = `${name}(?::${name})?`
const xmlSpace = 'http://www.w3.org/XML/1998/namespace'

interface Scan {
  readonly text: string
  at: number
}

/** An element that is not closed yet. */
interface Open {
  readonly element: XmlElement & { children: (XmlElement | string)[] }
  readonly spaces: ReadonlyMap<string, string>
}

/**
 * Reads one XML document, strictly and alone: five entities and character references, no document type, nothing resolved or loaded, at most
 * 200 elements deep. Throws `decisions.not-xml` with the line. Source: XML 1.0 (fifth edition), Namespaces in XML 1.0.
 */
export function readXml(text: string): XmlElement {
  if (text.length > longestText) throw decisionErrors.notXml({ line: 1, reason: 'too-long' })
  const scan: Scan = { text: text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'), at: 0 }
  const top: Open = { element: { name: '', namespace: '', attributes: [], children: [] }, spaces: new Map([['xml', xmlSpace]]) }
  const open: Open[] = [top]
  while (scan.at < scan.text.length) step(scan, open)
  if (open.length > 1) throw refused(scan, 'not-closed')
  const [root, ...others] = top.element.children
  if (root === undefined || typeof root === 'string' || others.length > 0) throw refused(scan, 'one-root')
  return root
}

/** The local name: `semantic:decision` → `decision`. */
export function localName(element: XmlElement): string {
  return element.name.slice(element.name.indexOf(':') + 1)
}

/** The text directly inside an element, without that of its children. */
export function textOf(element: XmlElement): string {
  return element.children.filter((child) => typeof child === 'string').join('')
}

/** The child elements, in order. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string')
}

/** An attribute by its local name and namespace; `undefined` when there is none. */
export function attributeOf(element: XmlElement, local: string, namespace = ''): string | undefined {
  return element.attributes.find((one) => one.namespace === namespace && one.name.slice(one.name.indexOf(':') + 1) === local)?.value
}

/** Reads what stands at the cursor: text, comment, instruction, CDATA, a start or an end tag. */
function step(scan: Scan, open: Open[]): void {
  const { text, at } = scan
  const here = open[open.length - 1]
  if (here === undefined) throw refused(scan, 'one-root')
  if (text.charCodeAt(at) !== 60 /* < */) {
    const end = text.indexOf('<', at)
    addText(scan, open, decoded(scan, text.slice(at, end < 0 ? text.length : end)))
    scan.at = end < 0 ? text.length : end
  } else if (text.startsWith('<!--', at)) jumpBehind(scan, '-->')
  else if (text.startsWith('<?', at)) jumpBehind(scan, '?>')
  else if (text.startsWith('<![CDATA[', at)) {
    jumpBehind(scan, ']]>')
    addText(scan, open, text.slice(at + 9, scan.at - 3))
  } else if (text.startsWith('<!', at)) throw refused(scan, 'declares')
  else if (text.startsWith('</', at)) endTag(scan, open)
  else startTag(scan, open, here)
}

function addText(scan: Scan, open: Open[], text: string): void {
  const here = open[open.length - 1]
  if (here === undefined || text === '') return
  if (open.length === 1) {
    if (text.trim() !== '') throw refused(scan, 'text-outside')
    return
  }
  const { children } = here.element
  const last = children[children.length - 1]
  if (typeof last === 'string') children[children.length - 1] = last + text
  else children.push(text)
}

function startTag(scan: Scan, open: Open[], parent: Open): void {
  if (open.length > deepest) throw refused(scan, 'too-deep')
  const tag = matchAt(scan, startName)?.[1]
  if (tag === undefined) throw refused(scan, 'bad-tag')
  const written: { name: string; value: string }[] = []
  for (let found = matchAt(scan, attribute); found !== undefined; found = matchAt(scan, attribute)) {
    const value = (found[2] ?? found[3] ?? '').replace(/[\t\n]/g, ' ')
    written.push({ name: found[1] ?? '', value: decoded(scan, value) })
  }
  const end = matchAt(scan, tagEnd)?.[1]
  if (end === undefined) throw refused(scan, 'bad-tag')
  const spaces = declared(written, parent.spaces)
  const attributes = written.map((one): XmlAttribute => ({ ...one, namespace: attributeSpace(scan, one.name, spaces) }))
  if (new Set(attributes.map((one) => `${one.namespace} ${one.name}`)).size < attributes.length) throw refused(scan, 'attribute-twice')
  const element = { name: tag, namespace: spaceOf(scan, tag, spaces), attributes, children: [] }
  parent.element.children.push(element)
  if (end === '>') open.push({ element, spaces })
}

function endTag(scan: Scan, open: Open[]): void {
  const tag = matchAt(scan, endName)?.[1]
  const last = open.length > 1 ? open.pop() : undefined
  if (tag === undefined || last === undefined || last.element.name !== tag) throw refused(scan, 'not-closed')
  const { element } = last
  const isIndented = element.children.some((child) => typeof child !== 'string') && textOf(element).trim() === ''
  if (isIndented) element.children = elementsOf(element)
}

const startName = new RegExp(`<(${qualified})`, 'y')
const endName = new RegExp(`</(${qualified})\\s*>`, 'y')
const attribute = new RegExp(`\\s+(${qualified})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'y')
const tagEnd = /\s*(\/?>)/y

function matchAt(scan: Scan, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = scan.at
  const found = pattern.exec(scan.text)
  if (found === null) return undefined
  scan.at = pattern.lastIndex
  return found
}

function jumpBehind(scan: Scan, mark: string): void {
  const end = scan.text.indexOf(mark, scan.at + 2)
  if (end < 0) throw refused(scan, 'not-closed')
  scan.at = end + mark.length
}

/** The namespaces in force inside a tag. */
function declared(written: readonly { name: string; value: string }[], outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const own = written.filter((one) => one.name === 'xmlns' || one.name.startsWith('xmlns:'))
  return own.length === 0 ? outer : new Map([...outer, ...own.map((one): [string, string] => [one.name.slice(6), one.value])])
}

function spaceOf(scan: Scan, tag: string, spaces: ReadonlyMap<string, string>): string {
  const prefix = tag.includes(':') ? tag.slice(0, tag.indexOf(':')) : ''
  const space = spaces.get(prefix)
  if (space === undefined && prefix !== '') throw refused(scan, 'unknown-prefix')
  return space ?? ''
}

function attributeSpace(scan: Scan, attributeName: string, spaces: ReadonlyMap<string, string>): string {
  if (attributeName === 'xmlns' || attributeName.startsWith('xmlns:')) return 'http://www.w3.org/2000/xmlns/'
  return attributeName.includes(':') ? spaceOf(scan, attributeName, spaces) : ''
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text with the five entities and character references decoded; any other `&` is refused. */
function decoded(scan: Scan, text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7});|#x([0-9a-fA-F]{1,6});|([a-z]{2,4});)?/g, (_, decimal?: string, hex?: string, entity?: string) => {
    const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : undefined
    const found = code === undefined ? entities[entity ?? ''] : isCharacter(code) ? String.fromCodePoint(code) : undefined
    if (found === undefined) throw refused(scan, 'unknown-entity')
    return found
  })
}

function isCharacter(code: number): boolean {
  return code === 9 || code === 10 || code === 13 || (code >= 32 && code < 0xd800) || (code >= 0xe000 && code <= 0x10ffff)
}

function refused(scan: Scan, reason: string): Error {
  let line = 1
  for (let at = scan.text.indexOf('\n'); at >= 0 && at < scan.at; at = scan.text.indexOf('\n', at + 1)) line += 1
  return decisionErrors.notXml({ line, reason })
}
