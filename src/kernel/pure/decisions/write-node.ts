import type { Noted } from './model.ts'
import type { XmlAttribute, XmlElement } from './xml.ts'

type Attributes = Readonly<Record<string, string | undefined>>
type Children = readonly (XmlElement | undefined)[]

/** Makes the elements of one model: `node` for what carries id, label, description and kept parts; `plain` and `text` for the rest. */
export interface NodeMaker {
  /** Attributes and children in the order of the standard; kept elements stand before the children named in `last`, else at the end. */
  node(name: string, noted: Noted, parts: { attributes?: Attributes; children?: Children; last?: Children }): XmlElement
  plain(name: string, attributes: Attributes, children?: Children): XmlElement
  /** An element with text; `undefined` makes none. */
  text(name: string, text: string | undefined): XmlElement | undefined
}

/** A maker for the namespace and the prefix (`''` for none) of a model. */
export function nodeMaker(namespace: string, prefix: string): NodeMaker {
  const named = (name: string) => (prefix === '' ? name : `${prefix}:${name}`)
  const plain = (name: string, attributes: Attributes, children: Children = []): XmlElement => ({
    name: named(name),
    namespace,
    attributes: attributesOf(attributes),
    children: children.filter((child) => child !== undefined),
  })
  const text = (name: string, written: string | undefined): XmlElement | undefined =>
    written === undefined ? undefined : { ...plain(name, {}), children: written === '' ? [] : [written] }
  const node: NodeMaker['node'] = (name, noted, { attributes = {}, children = [], last = [] }) => {
    const kept = noted.kept?.elements ?? []
    const extensions = kept.filter((one) => one.name.endsWith('extensionElements'))
    const others = kept.filter((one) => !extensions.includes(one))
    const made = plain(name, { id: noted.id, label: noted.label, ...attributes }, [
      text('description', noted.description),
      ...extensions,
      ...children,
      ...others,
      ...last,
    ])
    return { ...made, attributes: [...made.attributes, ...(noted.kept?.attributes ?? [])] }
  }
  return { node, plain, text }
}

function attributesOf(attributes: Attributes): XmlAttribute[] {
  return Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [{ name, namespace: '', value }]))
}
