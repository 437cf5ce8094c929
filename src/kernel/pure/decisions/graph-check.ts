import type { ErrorDetails } from '#kernel/pure/errors/index.ts'
import { type Arrow, arrowsOf, orderOf } from './graph-arrows.ts'
import { findType, follow, type Linked } from './graph-find.ts'
import type { Definitions, DrgElement, ItemDefinition, Named } from './model.ts'
import { type Notice, typeNamed } from '#kernel/pure/expressions/index.ts'

/** The kinds of what can be wrong; the sentences are in `graph-words.ts`. */
export type ProblemCode =
  | 'model-twice'
  | 'import-missing'
  | 'reference-missing'
  | 'reference-wrong-kind'
  | 'name-twice'
  | 'id-twice'
  | 'cycle'
  | 'type-missing'
  | 'expression-unreadable'
  | 'expression-doubtful'

/** Something wrong in a model: `of` is the name of the element as its author wrote it. */
export interface ModelProblem {
  readonly code: ProblemCode
  readonly of: string
  /** The id of the element, or of the nearest one that has an id. */
  readonly id?: string | undefined
  /** An error stands against publishing; a warning is to be looked at. */
  readonly severity: 'error' | 'warning'
  readonly details: Readonly<Record<string, string | number>>
  /** Of an unreadable expression: what the reader of expressions said. */
  readonly error?: { readonly code: string; readonly details: ErrorDetails } | undefined
  /** Of a doubtful one: what will give null, and where in the text. */
  readonly notice?: Notice | undefined
}

/** Everything that is wrong with names, arrows and types of the models; expressions are checked by `checkExpressions`. */
export function checkGraph(graph: Linked): ModelProblem[] {
  const models = [...graph.models.values()]
  const rings = orderOf(graph).rings.map((ring) =>
    problem('cycle', ring[0] ?? graph.main, { ring: ring.map((one) => one.name).join(' → ') }),
  )
  return [...models.flatMap((model) => wrongIn(graph, model)), ...rings]
}

function wrongIn(graph: Linked, model: Definitions): ModelProblem[] {
  return [
    ...importsMissing(graph, model),
    ...standingTwice(model),
    ...model.elements.flatMap((element) => arrowsOf(element).flatMap((arrow) => wrongArrow(graph, model, element, arrow))),
    ...typesMissing(graph, model),
  ]
}

function wrongArrow(graph: Linked, model: Definitions, element: DrgElement, arrow: Arrow): ModelProblem[] {
  const found = follow(graph, model, arrow.href)
  if (found === undefined) return [problem('reference-missing', element, { href: arrow.href })]
  return arrow.to.includes(found.element.kind) ? [] : [problem('reference-wrong-kind', element, { target: found.element.name })]
}

function importsMissing(graph: Linked, model: Definitions): ModelProblem[] {
  const needed = model.imports.filter((one) => /\/DMN\/|^$/.test(one.importType) && !graph.models.has(one.namespace))
  return needed.map((one) => ({
    code: 'import-missing',
    severity: 'error',
    of: model.name,
    id: one.id,
    details: { import: one.name, namespace: one.namespace },
  }))
}

function standingTwice(model: Definitions): ModelProblem[] {
  const [names, ids] = [new Set<string>(), new Set<string>()]
  return model.elements.flatMap((element) => {
    const found: ModelProblem[] = []
    if (element.kind !== 'knowledgeSource' && names.has(element.name)) found.push(problem('name-twice', element))
    if (element.id !== undefined && ids.has(element.id)) found.push(problem('id-twice', element, { id: element.id }))
    if (element.kind !== 'knowledgeSource') names.add(element.name)
    ids.add(element.id ?? '')
    return found
  })
}

function typesMissing(graph: Linked, model: Definitions): ModelProblem[] {
  const ofItem = (item: ItemDefinition): ModelProblem[] => [
    ...(isTypeKnown(graph, model, item.typeRef) ? [] : [missingType(item.name, item.id, item.typeRef)]),
    ...item.components.flatMap(ofItem),
  ]
  const ofElements = model.elements.flatMap((element) => {
    const typeRef = 'variable' in element ? element.variable?.typeRef : undefined
    return isTypeKnown(graph, model, typeRef) ? [] : [missingType(element.name, element.id, typeRef)]
  })
  return [...model.itemDefinitions.flatMap(ofItem), ...ofElements]
}

/** True when a type reference names a type of FEEL, of the model or of an import; a type in brackets (`list<…>`) is read by FEEL. */
function isTypeKnown(graph: Linked, model: Definitions, typeRef: string | undefined): boolean {
  if (typeRef === undefined || typeRef.includes('<') || typeRef.trim() === '') return true
  return findType(graph, model, typeRef) !== undefined || typeNamed(typeRef) !== undefined
}

function missingType(of: string, id: string | undefined, typeRef: string | undefined): ModelProblem {
  return { code: 'type-missing', severity: 'error', of, id, details: { type: typeRef ?? '' } }
}

function problem(code: ProblemCode, element: Named, details: ModelProblem['details'] = {}): ModelProblem {
  return { code, severity: 'error', of: element.name, id: element.id, details }
}
