import type { FeelContext, FeelType, Value } from '#kernel/pure/expressions/index.ts'
import type { ModelProblem } from './graph-check.ts'
import { follow, importName, type Linked, type Located, valueName } from './graph-find.ts'
import { prepareExpression, typed } from './interpret-boxed.ts'
import { type Place, type Prepared, unreadable } from './interpret-literal.ts'
import { type TypeBook, typeBook } from './interpret-types.ts'
import type { Decision, DrgElement } from './model.ts'

/** An element another one needs, and the name that one knows it by (`import` for one of another model). */
export interface Need {
  readonly located: Located
  readonly import: string
  readonly name: string
}

/** An element made ready: its logic and what it needs. Inputs have neither. */
export interface PreparedElement {
  readonly located: Located
  readonly logic: Prepared | undefined
  readonly needs: readonly Need[]
  readonly type: FeelType
}

/** All elements of linked models, prepared when first asked for. */
export interface Elements {
  readonly linked: Linked
  readonly types: TypeBook
  /** What could not be read so far. */
  readonly problems: readonly ModelProblem[]
  of(located: Located): PreparedElement
}

/** Prepares the elements of linked models: each expression is read once, with the names that its element's requirements give it. */
export function prepareElements(linked: Linked): Elements {
  const problems: ModelProblem[] = []
  const types = typeBook(linked, (of, error) => unreadable('', { of: of.name, id: of.id, problems }, error))
  const ready = new Map<DrgElement, PreparedElement>()
  const of = (located: Located): PreparedElement => {
    const known = ready.get(located.element)
    if (known !== undefined) return known
    const needs = needsOf(linked, located)
    const type = declaredType(located, types)
    // An element in a ring meets itself here: known by its declared type, it ends the search.
    ready.set(located.element, { located, logic: undefined, needs, type })
    const names = namesOf(needs, (one) => of(one).type)
    const { model, element } = located
    const place: Place = { model, of: element.name, id: element.id, names, types, problems, prepare: prepareExpression }
    const logic = logicOf(element, place)
    const made = { located, logic, needs, type: type === 'Any' ? (logic?.type ?? resultOf(located, linked, of)) : type }
    ready.set(element, made)
    return made
  }
  return { linked, types, problems, of }
}

/** The elements behind the arrows of an element that can be found. */
function needsOf(linked: Linked, { model, element }: Located): Need[] {
  const information = element.kind === 'decision' ? element.informationRequirements : []
  const knowledge = element.kind === 'decision' || element.kind === 'businessKnowledgeModel' ? element.knowledgeRequirements : []
  return [...information, ...knowledge].flatMap(({ href }) => {
    const located = follow(linked, model, href)
    if (located === undefined) return []
    return [{ located, import: importName(model, located.model.namespace) ?? '', name: valueName(located.element) }]
  })
}

/** The type by which others know an element: of a function the one that its variable declares as its result, or as a function. */
function declaredType({ model, element }: Located, types: TypeBook): FeelType {
  if (!('variable' in element)) return 'Any'
  const { feel } = types.typeOf(model, element.variable?.typeRef)
  const isFunction = element.kind === 'businessKnowledgeModel' || element.kind === 'decisionService'
  if (!isFunction || feel === 'Any' || (typeof feel === 'object' && 'result' in feel)) return feel
  return { parameters: [], result: feel }
}

/** What a service gives, where nothing is declared: its one output, else a context of its outputs, behind a function. */
function resultOf({ model, element }: Located, linked: Linked, of: (located: Located) => PreparedElement): FeelType {
  if (element.kind !== 'decisionService') return 'Any'
  const outputs = element.outputDecisions.flatMap((href) => follow(linked, model, href) ?? [])
  const [first] = outputs
  const parameters = [...element.inputDecisions, ...element.inputData].map((): FeelType => 'Any')
  if (first !== undefined && outputs.length === 1) return { parameters, result: of(first).type }
  return { parameters, result: { context: Object.fromEntries(outputs.map((one) => [valueName(one.element), of(one).type])) } }
}

/** The static types of what an element needs, those of another model as a context under the import's name. */
function namesOf(needs: readonly Need[], typeOf: (located: Located) => FeelType): Record<string, FeelType> {
  const names: Record<string, FeelType> = {}
  const imported = new Map<string, Record<string, FeelType>>()
  for (const need of needs) {
    const target = need.import === '' ? names : (imported.get(need.import) ?? {})
    target[need.name] = typeOf(need.located)
    if (need.import !== '') imported.set(need.import, target)
  }
  for (const [name, context] of imported) names[name] = { context }
  return names
}

/** The values of what an element needs as a scope: as `namesOf`, with values. */
export function scopeOf(needs: readonly Need[], valueOf: (located: Located) => Value): FeelContext {
  const scope = new Map<string, Value>()
  const imported = new Map<string, Map<string, Value>>()
  for (const need of needs) {
    const target = need.import === '' ? scope : (imported.get(need.import) ?? new Map<string, Value>())
    target.set(need.name, valueOf(need.located))
    if (need.import !== '') imported.set(need.import, target)
  }
  for (const [name, context] of imported) scope.set(name, context)
  return scope
}

function logicOf(element: DrgElement, place: Place): Prepared | undefined {
  switch (element.kind) {
    case 'decision':
      return decisionLogic(element, place)
    case 'businessKnowledgeModel':
      return element.encapsulatedLogic && prepareExpression(element.encapsulatedLogic, place)
    case 'inputData':
    case 'decisionService':
    case 'knowledgeSource':
      return undefined
  }
}

function decisionLogic(element: Decision, place: Place): Prepared | undefined {
  return element.expression && typed(prepareExpression(element.expression, place), element.variable?.typeRef, place)
}
