import {
  evaluateUnaryTests,
  parseExpression,
  parseUnaryTests,
  typeNamed,
  type FeelContext,
  type Node,
  type UnaryTests as ParsedTests,
  type Value,
} from '#kernel/pure/expressions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { CellSet, OrderedKind, WordKind } from './columns-sets.ts'
import { kindOfCell, readCell } from './compile-cells.ts'
import { constantOf } from './compile-constants.ts'
import type { Place } from './interpret-literal.ts'
import { isAnything } from './interpret-types.ts'
import type { DecisionTable, ItemDefinition } from './model.ts'

export type Kind = OrderedKind | WordKind

/** Where a table stands, and names whose values are the same for all records it will judge (parameters of a policy). */
export interface Surroundings {
  readonly place: Place
  readonly fixed: FeelContext
  /** The type of the variable that takes the table's value. */
  readonly resultType?: string | undefined
}

/** One input column as the compiler sees it. */
export interface ReadInput {
  readonly label: string
  /** `人均收入` or `family.income` when the column is just that fact; undefined for a computed one. */
  readonly fact: string | undefined
  /** What the type and the allowed values let through; `asked` when only asking each value tells. */
  readonly allowed: CellSet
  /** What values of the type are compared as; undefined for any. */
  readonly typeKind: Kind | undefined
  /** False: the type is a list, a context or of another model, and the interpreter judges the records. */
  readonly isPlain: boolean
}

/** A table with what each of its cells accepts. */
export interface ReadTable {
  readonly inputs: readonly ReadInput[]
  /** Row by row, in the order of the rules. */
  readonly sets: readonly (readonly CellSet[])[]
}

/** Reads the inputs and cells of a table. Never throws: a cell that cannot be read accepts nothing and is asked. */
export function readTable(table: DecisionTable, around: Surroundings): ReadTable {
  const inputs = table.inputs.map((input) => {
    const texts = [input.values?.text ?? '-']
    const limits = limitsOf(input.expression.typeRef, around.place, texts)
    const allowed = limits === undefined ? { kind: 'asked' as const } : allowedSet(limits.texts, around, limits.kind)
    const label = input.label ?? input.expression.text.trim()
    return { label, fact: factOf(input.expression.text, around.place), allowed, typeKind: limits?.kind, isPlain: limits !== undefined }
  })
  const columns = inputs.map((input, at) => {
    const texts = table.rules.map((rule) => rule.inputEntries[at]?.text ?? '-')
    return readColumn(texts, around, input.typeKind ?? kindOfSet(input.allowed))
  })
  return { inputs, sets: table.rules.map((_, row) => columns.map((column) => column[row] ?? { kind: 'asked' })) }
}

function kindOfSet(set: CellSet): Kind | undefined {
  return 'of' in set ? set.of : undefined
}

/** What the cells of one column accept; equal texts are read once. */
function readColumn(texts: readonly string[], around: Surroundings, known: Kind | undefined): CellSet[] {
  const parsed = new Map<string, ParsedTests | undefined>()
  for (const text of texts) if (!parsed.has(text)) parsed.set(text, parseTests(text, around))
  const kinds = [...parsed.values()].map((tests) => tests && kindOfCell(tests.tests, readerOf([tests], around)))
  const kind = known ?? kinds.find((one) => one !== undefined)
  const sets = new Map([...parsed].map(([text, tests]) => [text, cellSet(text, tests, { around, kind })]))
  return texts.map((text) => sets.get(text) ?? { kind: 'asked' })
}

function cellSet(
  text: string,
  tests: ParsedTests | undefined,
  { around, kind }: { around: Surroundings; kind: Kind | undefined },
): CellSet {
  if (isAnything(text)) return { kind: 'any' }
  return tests === undefined ? { kind: 'asked' } : readTests([tests], around, kind)
}

/** What all of some tests accept; tests that use up their steps are asked, and end there as they do for the interpreter. */
function readTests(all: readonly ParsedTests[], around: Surroundings, kind: Kind | undefined): CellSet {
  try {
    return readCell(
      all.flatMap((one) => one.tests),
      readerOf(all, around),
      kind,
    )
  } catch (error) {
    if (!isNamedError(error)) throw error
    return { kind: 'asked' }
  }
}

/** Unary tests as the interpreter reads them; undefined for `-` and for what cannot be read. */
export function parseTests(text: string, { place }: Pick<Surroundings, 'place'>): ParsedTests | undefined {
  if (isAnything(text)) return undefined
  try {
    return parseUnaryTests(text, { names: place.names, types: place.types.named(place.model) })
  } catch (error) {
    if (!isNamedError(error)) throw error
    return undefined
  }
}

function readerOf(all: readonly ParsedTests[], { fixed }: Surroundings) {
  return {
    constant: (node: Node) => constantOf(node, fixed),
    accepts: (value: Value) => all.every((tests) => evaluateUnaryTests(tests, value, fixed) === true),
  }
}

function allowedSet(texts: readonly string[], around: Surroundings, kind: Kind | undefined): CellSet {
  const limiting = texts.filter((text) => !isAnything(text))
  if (limiting.length === 0) return { kind: 'any' }
  const parsed = limiting.map((text) => parseTests(text, around))
  const tests = parsed.filter((one) => one !== undefined)
  if (tests.length < parsed.length) return { kind: 'asked' }
  const set = readTests(tests, around, kind)
  // Nothing known is never refused.
  return 'of' in set ? { ...set, acceptsUnknown: true } : set
}

/** The simple type behind a reference and all texts that limit its values; undefined for what is not simple. */
function limitsOf(
  typeRef: string | undefined,
  place: Place,
  texts: readonly string[],
): { kind: Kind | undefined; texts: readonly string[] } | undefined {
  const item = typeRef === undefined ? undefined : itemOf(typeRef, place)
  if (item === 'not simple') return undefined
  if (item !== undefined) {
    if (item.isCollection || item.components.length > 0 || item.functionItem !== undefined) return undefined
    const own = [item.allowedValues?.text ?? '-', item.typeConstraint?.text ?? '-']
    // Types that name each other in a ring end here.
    return texts.length > 40 ? undefined : limitsOf(item.typeRef, place, [...texts, ...own])
  }
  const type = typeRef === undefined ? 'Any' : (typeNamed(typeRef.trim()) ?? 'Any')
  if (typeof type !== 'string') return undefined
  if (type === 'Any') return { kind: undefined, texts }
  const kind = kinds[type]
  return kind === undefined ? undefined : { kind, texts }
}

const kinds: Readonly<Record<string, Kind | undefined>> = {
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  date: 'date',
  'years and months duration': 'months',
  'days and time duration': 'nanos',
}

function itemOf(typeRef: string, { model }: Place): ItemDefinition | 'not simple' | undefined {
  const bare = typeRef.replace(/^\w+:/, '')
  const found = model.itemDefinitions.find((one) => one.name === typeRef) ?? model.itemDefinitions.find((one) => one.name === bare)
  if (found !== undefined) return found
  return typeNamed(typeRef.trim()) === undefined && model.imports.length > 0 ? 'not simple' : undefined
}

/** The fact that an input expression names; undefined when it computes something. */
function factOf(text: string, place: Place): string | undefined {
  try {
    const { root } = parseExpression(text, { names: place.names })
    return pathOf(root)
  } catch (error) {
    if (!isNamedError(error)) throw error
    return undefined
  }
}

function pathOf(node: Node): string | undefined {
  if (node.kind === 'variable') return node.name
  const source = node.kind === 'path' ? pathOf(node.source) : undefined
  return node.kind === 'path' && source !== undefined ? `${source}.${node.name}` : undefined
}
