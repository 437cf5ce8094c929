import { decisionErrors } from './errors.ts'
import type { Kept, Noted } from './model.ts'
import { elementsOf, localName, textOf } from './read-xml.ts'
import type { XmlElement } from './xml.ts'

/** An element being read: what nobody takes is kept. */
export interface ReadNode {
  readonly element: XmlElement
  /** The local name. */
  readonly name: string
  /** An attribute without prefix. */
  attribute(name: string): string | undefined
  /** An attribute that must be there; throws `decisions.bad-element`. */
  needed(name: string): string
  /** The first child of the model's namespace with that name. */
  child(name: string): ReadNode | undefined
  /** The text of a child, or of the attribute of that name; `undefined` when there is neither. */
  text(name: string): string | undefined
  /** All children of the model's namespace with one of these names, in order. */
  children(...names: readonly string[]): ReadNode[]
  /** Id, label, description and whatever nobody took: called last. */
  rest(): Noted
}

/** Opens an element for reading; `space` is the namespace of the model. */
export function readNode(element: XmlElement, space: string): ReadNode {
  const takenAttributes = new Set<string>()
  const takenElements = new Set<XmlElement>()
  const attribute = (name: string): string | undefined => {
    const found = element.attributes.find((one) => one.name === name)
    if (found !== undefined) takenAttributes.add(name)
    return found?.value
  }
  const children = (...names: readonly string[]): ReadNode[] => {
    const found = elementsOf(element).filter((one) => one.namespace === space && names.includes(localName(one)))
    for (const one of found) takenElements.add(one)
    return found.map((one) => readNode(one, space))
  }
  const child = (name: string): ReadNode | undefined => {
    const [first, second] = children(name)
    if (second !== undefined) throw badElement(element, `${name} stands twice`)
    return first
  }
  const text = (name: string): string | undefined => {
    const inside = child(name)
    return inside === undefined ? undefined : textOf(inside.element)
  }
  const needed = (name: string): string => {
    const found = attribute(name)
    if (found === undefined) throw badElement(element, `${name} is missing`)
    return found
  }
  const kept = (): Kept | undefined => {
    const attributes = element.attributes.filter((one) => !takenAttributes.has(one.name))
    const elements = elementsOf(element).filter((one) => !takenElements.has(one))
    return attributes.length + elements.length === 0 ? undefined : { attributes, elements }
  }
  const rest = (): Noted => present({ id: attribute('id'), label: attribute('label'), description: text('description'), kept: kept() })
  return { element, name: localName(element), attribute, needed, child, text, children, rest }
}

/** An object without the keys whose value is `undefined`: two models that say the same are equal. */
export function present<T extends object>(fields: T): T {
  // Safe: only keys whose type allows `undefined` can hold it, and those are optional in the model.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T
}

/** The refusal of an element that is not as the standard says. */
export function badElement(element: XmlElement, reason: string): Error {
  const named = element.attributes.find((one) => one.name === 'name' || one.name === 'id')?.value
  return decisionErrors.badElement({ element: localName(element), named, reason })
}
