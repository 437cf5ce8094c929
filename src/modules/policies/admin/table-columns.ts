import type { DecisionTable, Decision, Definitions, DrgElement, ItemDefinition } from '#kernel/pure/decisions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { parseUnaryTests, type FeelType } from '#kernel/pure/expressions/index.ts'
import type { Language } from '#kernel/pure/words/index.ts'
import type { FactCard } from '../contract.ts'
import type { CellForm, CellKind } from './cell-show.ts'

export type ColumnPart = 'input' | 'output' | 'note'

/** A column of a decision table as the editor shows it. `at` counts within its part. */
export interface TableColumn {
  readonly key: string
  readonly part: ColumnPart
  readonly at: number
  readonly title: string
  /** The fact of the catalogue that an input looks at. */
  readonly fact: FactCard | undefined
  readonly form: CellForm
}

/** What surrounds a table: the model, the catalogue, the language. */
export interface Around {
  readonly definitions: Definitions
  readonly facts: readonly FactCard[]
  readonly language: Language
}

/** The columns of a table: conditions, results, annotations. */
export function columnsOf(table: DecisionTable, decision: DrgElement, around: Around): TableColumn[] {
  const { facts, language } = around
  const names = namesOf(decision, around)
  const inputs = table.inputs.map((input, at): TableColumn => {
    const text = input.expression.text.trim()
    const fact = facts.find((one) => one.name === text)
    const typed = typeOf(text, input.expression.typeRef, around)
    const words = wordsOf(input.values?.text) ?? typed.words ?? fact?.words ?? undefined
    const kind = typed.kind === 'any' ? kindOfFact(fact) : typed.kind
    const title = `${input.label ?? text}${unitOf(fact)}`
    return { key: `input-${at}`, part: 'input', at, title, fact, form: formOf({ kind, language, names, words }) }
  })
  const outputs = table.outputs.map((output, at): TableColumn => {
    const typed = namedType(output.typeRef ?? (table.outputs.length === 1 ? variableType(decision) : undefined), around.definitions)
    const words = wordsOf(output.values?.text) ?? typed.words
    const title = output.label ?? output.name ?? table.outputLabel ?? decision.name
    return { key: `output-${at}`, part: 'output', at, title, fact: undefined, form: formOf({ kind: typed.kind, language, names, words }) }
  })
  const notes = table.annotations.map(
    (note, at): TableColumn => ({
      key: `note-${at}`,
      part: 'note',
      at,
      title: note.name,
      fact: undefined,
      form: { kind: 'text', language, names },
    }),
  )
  return [...inputs, ...outputs, ...notes]
}

function formOf(form: Omit<CellForm, 'words'> & { words: readonly string[] | undefined }): CellForm {
  const { words, ...rest } = form
  return words === undefined ? rest : { ...rest, words }
}

function unitOf(fact: FactCard | undefined): string {
  return fact === undefined || fact.unit === '' ? '' : `（${fact.unit}）`
}

function kindOfFact(fact: FactCard | undefined): CellKind {
  return fact === undefined ? 'any' : fact.type
}

const namesMade = new WeakMap<DrgElement, Readonly<Record<string, FeelType>>>()

/** The names that cells of a decision may use, with their types; one object for each decision, so that it is prepared once. */
export function namesOf(decision: DrgElement, { definitions }: Pick<Around, 'definitions'>): Readonly<Record<string, FeelType>> {
  const known = namesMade.get(decision)
  if (known !== undefined) return known
  const names: Record<string, FeelType> = {}
  const wanted =
    decision.kind === 'decision' ? new Set(decision.informationRequirements.map((one) => one.href.replace(/^.*#/, ''))) : undefined
  for (const element of definitions.elements)
    if (
      (element.kind === 'inputData' || element.kind === 'decision') &&
      (wanted === undefined || (element.id !== undefined && wanted.has(element.id)))
    )
      names[nameOf(element)] = feelType(namedType(element.variable?.typeRef, definitions).kind)
  if (decision.kind === 'businessKnowledgeModel')
    for (const one of decision.encapsulatedLogic?.parameters ?? []) names[one.name] = feelType(namedType(one.typeRef, definitions).kind)
  namesMade.set(decision, names)
  return names
}

function nameOf(element: DrgElement): string {
  return ('variable' in element ? element.variable?.name : undefined) ?? element.name
}

function feelType(kind: CellKind): FeelType {
  return kind === 'any' ? 'Any' : kind === 'text' ? 'string' : kind
}

interface Typed {
  readonly kind: CellKind
  readonly words?: readonly string[] | undefined
}

/** The type of an input: of the fact or decision that it names, else the one written beside it. */
function typeOf(text: string, typeRef: string | undefined, { definitions }: Around): Typed {
  const source = definitions.elements.find((one) => (one.kind === 'inputData' || one.kind === 'decision') && nameOf(one) === text)
  const own = namedType(typeRef, definitions)
  const given = source === undefined ? own : namedType(variableType(source), definitions)
  return { kind: own.kind === 'any' ? given.kind : own.kind, words: own.words ?? given.words }
}

function variableType(element: DrgElement): string | undefined {
  return 'variable' in element ? element.variable?.typeRef : undefined
}

const simple: Readonly<Record<string, CellKind>> = { number: 'number', string: 'text', boolean: 'boolean', date: 'date' }

/** A named type as far as a cell must know it: its simple type and its allowed words. */
function namedType(typeRef: string | undefined, definitions: Definitions, depth = 0): Typed {
  if (typeRef === undefined || depth > 10) return { kind: 'any' }
  const plain = typeRef.replace(/^(feel|\w+):/, '')
  const item: ItemDefinition | undefined = definitions.itemDefinitions.find((one) => one.name === typeRef || one.name === plain)
  if (item === undefined) return { kind: simple[plain] ?? 'any' }
  if (item.isCollection || item.components.length > 0) return { kind: 'any', words: wordsOf(item.allowedValues?.text) }
  return { kind: namedType(item.typeRef, definitions, depth + 1).kind, words: wordsOf(item.allowedValues?.text) }
}

/** The words of allowed values that are a list of texts; undefined for anything else. */
export function wordsOf(tests: string | undefined): readonly string[] | undefined {
  if (tests === undefined || tests.trim() === '' || tests.trim() === '-') return undefined
  try {
    const parsed = parseUnaryTests(tests)
    const words = parsed.tests.map((test) => (test.kind === 'literal' && typeof test.value === 'string' ? test.value : undefined))
    return parsed.negated || words.includes(undefined) ? undefined : words.filter((word): word is string => word !== undefined)
  } catch (error) {
    if (!isNamedError(error)) throw error
    return undefined
  }
}

/** The logic of a decision or function as the editor knows it. */
export type Logic =
  | { readonly kind: 'table'; readonly table: DecisionTable }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'other' }

/** What a decision decides by: a table, one expression, or a form that this editor only shows. */
export function logicOf(element: DrgElement): Logic | undefined {
  const expression =
    element.kind === 'decision'
      ? element.expression
      : element.kind === 'businessKnowledgeModel'
        ? element.encapsulatedLogic?.body
        : undefined
  if (expression === undefined) return element.kind === 'decision' ? { kind: 'literal', text: '' } : undefined
  if (expression.kind === 'table') return { kind: 'table', table: expression }
  return expression.kind === 'literal' ? { kind: 'literal', text: expression.text } : { kind: 'other' }
}

/** The facts a decision looks at (inputs of the model), by name. */
export function inputNames(definitions: Definitions): string[] {
  return definitions.elements.flatMap((one) => (one.kind === 'inputData' ? [nameOf(one)] : []))
}

export function isDecision(element: DrgElement): element is Decision {
  return element.kind === 'decision'
}
