import type { Definitions, DrgElement, ItemDefinition } from './model.ts'

/** Models by namespace, and the one that is asked. */
export interface Linked {
  readonly main: Definitions
  readonly models: ReadonlyMap<string, Definitions>
}

/** An element with the model that it stands in: its names are read there. */
export interface Located<Element extends DrgElement = DrgElement> {
  readonly model: Definitions
  readonly element: Element
}

/** The element an arrow points to: `#id` in the same model, `namespace#id` in any; `undefined` when it is not there. */
export function follow(graph: Linked, from: Definitions, href: string): Located | undefined {
  const mark = href.lastIndexOf('#')
  const namespace = mark > 0 ? href.slice(0, mark) : from.namespace
  const model = graph.models.get(namespace)
  const element = model && byId(model).get(href.slice(mark + 1))
  return model === undefined || element === undefined ? undefined : { model, element }
}

const indexes = new WeakMap<Definitions, ReadonlyMap<string, DrgElement>>()

/** The elements of a model by id (the first where one stands twice); made once. */
function byId(model: Definitions): ReadonlyMap<string, DrgElement> {
  const known = indexes.get(model)
  if (known !== undefined) return known
  const made = new Map<string, DrgElement>()
  for (const element of model.elements) if (element.id !== undefined && !made.has(element.id)) made.set(element.id, element)
  indexes.set(model, made)
  return made
}

/** The names a model knows another model by: those of its imports; `undefined` for no import, `''` for one without a name. */
export function importName(model: Definitions, namespace: string): string | undefined {
  return namespace === model.namespace ? '' : model.imports.find((one) => one.namespace === namespace)?.name
}

/** The element with that name or id in the main model, or in the named namespace. */
export function findElement(graph: Linked, nameOrId: string, namespace?: string): Located | undefined {
  const model = namespace === undefined ? graph.main : graph.models.get(namespace)
  const element = model?.elements.find((one) => one.name === nameOrId) ?? model?.elements.find((one) => one.id === nameOrId)
  return model === undefined || element === undefined ? undefined : { model, element }
}

/** The name under which the value of an element is known: its variable's, else its own. */
export function valueName(element: DrgElement): string {
  return ('variable' in element ? element.variable?.name : undefined) ?? element.name
}

/** The item definition of a type reference (`tName`, `prefix:tName`, `import.tName`) and the model that it stands in. */
export function findType(graph: Linked, model: Definitions, typeRef: string): { model: Definitions; item: ItemDefinition } | undefined {
  const local =
    model.itemDefinitions.find((one) => one.name === typeRef) ??
    model.itemDefinitions.find((one) => one.name === typeRef.replace(/^\w+:/, ''))
  if (local !== undefined) return { model, item: local }
  for (const one of model.imports) {
    const other = graph.models.get(one.namespace)
    const name = one.name === '' ? typeRef : typeRef.startsWith(`${one.name}.`) ? typeRef.slice(one.name.length + 1) : undefined
    const item = other?.itemDefinitions.find((candidate) => candidate.name === name)
    if (other !== undefined && item !== undefined) return { model: other, item }
  }
  return undefined
}
