import type { FeelContext, FeelType, RunOptions, Value } from '#kernel/pure/expressions/index.ts'
import { decideColumns, type DecidedColumns, type Facts } from './columns.ts'
import { asWords, type InputColumn } from './columns-input.ts'
import { compileTable, decideRecord, newEvaluation, type CompiledTable, type CompileOptions, type Decided } from './compile.ts'
import { findElement, valueName, type Located } from './graph-find.ts'
import { prepareExpression } from './interpret-boxed.ts'
import type { PreparedModel } from './interpret.ts'
import type { Place } from './interpret-literal.ts'
import { receive, type ValueType } from './interpret-types.ts'
import type { DecisionTable } from './model.ts'

/** A fact that a decision needs: an input of the model, with the type under which it is received. */
interface NeededFact {
  readonly kind: 'fact'
  readonly name: string
  readonly type: ValueType
  /** False: the type only says number, text and so on, and a column of such values needs no look. */
  readonly isLimited: boolean
}

/** A decision that another one needs. */
interface NeededDecision {
  readonly kind: 'decision'
  readonly name: string
  readonly decision: CompiledDecision
}

/** A decision of a model whose logic is a table, with all that it stands on, compiled. */
export interface CompiledDecision {
  readonly name: string
  readonly table: CompiledTable
  readonly needs: readonly (NeededFact | NeededDecision)[]
}

/** Why a decision is left to the interpreter: `reason` about the element `of`. */
export interface NotCompiled {
  readonly of: string
  readonly reason: 'not-found' | 'no-table' | 'needs-function' | 'other-model' | 'ring'
}

/**
 * Compiles a decision of a model and the decisions below it. All of them must be tables over facts of the same model; what is not (literal
 * expressions, functions, imports) is named, and `interpret` judges it record by record.
 */
export function compileDecision(
  model: PreparedModel,
  name: string,
  options: Pick<CompileOptions, 'fixed'> = {},
): CompiledDecision | NotCompiled {
  const located = findElement(model.graph, name)
  if (located === undefined) return { of: name, reason: 'not-found' }
  return compileLocated(model, located, { options, above: [] })
}

/** A table that is the logic of a decision or function, and where it stands: what `checkTable` and `compileTable` ask for. */
export function tableOf(model: PreparedModel, located: Located): { table: DecisionTable; place: Place } | undefined {
  const { element, model: definitions } = located
  const logic =
    element.kind === 'decision' ? element.expression : element.kind === 'businessKnowledgeModel' ? element.encapsulatedLogic : undefined
  const table = logic?.kind === 'function' ? logic.body : logic
  if (table?.kind !== 'table') return undefined
  const { types } = model.elements
  const needs = model.elements.of(located).needs.filter((need) => need.import === '')
  const parameters = logic?.kind === 'function' ? logic.parameters : []
  const names: Record<string, FeelType> = {
    ...Object.fromEntries(needs.map((need) => [need.name, model.elements.of(need.located).type])),
    ...Object.fromEntries(parameters.map((one) => [one.name, types.typeOf(definitions, one.typeRef).feel])),
  }
  return { table, place: { model: definitions, of: element.name, id: element.id, names, types, problems: [], prepare: prepareExpression } }
}

interface Compiling {
  readonly options: Pick<CompileOptions, 'fixed'>
  readonly above: readonly string[]
}

function compileLocated(model: PreparedModel, located: Located, { options, above }: Compiling): CompiledDecision | NotCompiled {
  const { element } = located
  const of = element.name
  if (above.includes(of)) return { of, reason: 'ring' }
  const found = element.kind === 'decision' ? tableOf(model, located) : undefined
  if (element.kind !== 'decision' || found === undefined) return { of, reason: 'no-table' }
  const needs: (NeededFact | NeededDecision)[] = []
  for (const need of model.elements.of(located).needs) {
    if (need.import !== '') return { of, reason: 'other-model' }
    const below = need.located.element
    if (options.fixed?.has(need.name) === true) continue
    if (below.kind === 'inputData') needs.push(neededFact(model, need.located))
    else if (below.kind === 'decision') {
      const decision = compileLocated(model, need.located, { options, above: [...above, of] })
      if ('reason' in decision) return decision
      needs.push({ kind: 'decision', name: need.name, decision })
    } else return { of, reason: 'needs-function' }
  }
  return { name: of, table: compileTable(found.table, found.place, { ...options, resultType: element.variable?.typeRef }), needs }
}

const simpleTypes = new Set(['number', 'string', 'boolean', 'date'])

function neededFact(model: PreparedModel, { model: definitions, element }: Located): NeededFact {
  const typeRef = 'variable' in element ? element.variable?.typeRef : undefined
  const bare = (typeRef ?? '').replace(/^feel:/, '')
  const isNamed = definitions.itemDefinitions.some((item) => item.name === typeRef || item.name === bare)
  const isLimited = typeRef !== undefined && bare !== 'Any' && (isNamed || !simpleTypes.has(bare))
  return { kind: 'fact', name: valueName(element), type: model.elements.types.typeOf(definitions, typeRef), isLimited }
}

/** Judges `count` records by a decision and all below it; facts by the names of the model's inputs. */
export function decideModelColumns(compiled: CompiledDecision, facts: Facts, count: number, options: RunOptions = {}): DecidedColumns {
  const own: Record<string, InputColumn> = {}
  for (const need of compiled.needs) {
    if (need.kind === 'fact') Object.assign(own, receivedColumns(need, facts, options))
    else own[need.name] = resultColumn(decideModelColumns(need.decision, facts, count, options))
  }
  return decideColumns(compiled.table, own, count, options)
}

/** What a decision gave as a column for the next one. */
function resultColumn({ outputs, count, valueOf }: DecidedColumns): InputColumn {
  const [first] = outputs
  const isPlain = outputs.length === 1 && first !== undefined && first.words.every((word) => word === null || !(word instanceof Map))
  if (isPlain) return { kind: 'words', codes: first.codes, words: first.words }
  return { kind: 'values', values: Array.from({ length: count }, (_, record) => valueOf(record)) }
}

/** The columns of a fact as its type receives them; `家庭.人口` is a part of the fact `家庭`. */
function receivedColumns({ name, type, isLimited }: NeededFact, facts: Facts, options: RunOptions): Record<string, InputColumn> {
  const { run } = newEvaluation(options)
  const found: Record<string, InputColumn> = {}
  for (const [key, column] of Object.entries(facts)) {
    if (key !== name && !key.startsWith(`${name}.`)) continue
    const isFast = !isLimited && (key !== name || fitsKind(column, type))
    if (isFast || key !== name) found[key] = column
    else {
      const words = asWords(column)
      found[key] = { ...words, words: words.words.map((word) => receive(word, type, run).value) }
    }
  }
  return found
}

/** A column of numbers under the type number, of days under date; words are looked at one by one, which is soon done. */
function fitsKind(column: InputColumn, { feel }: ValueType): boolean {
  return feel === 'Any' || (column.kind === 'numbers' && feel === 'number') || (column.kind === 'days' && feel === 'date')
}

/** Judges one record by a decision and all below it; facts by the names of the model's inputs. */
export function decideModelRecord(compiled: CompiledDecision, facts: FeelContext, options: RunOptions = {}): Decided {
  return decideRecord(compiled.table, scopeOfRecord(compiled, facts, options), options)
}

/** What the table of a decision sees of one record: facts under their types, results of the decisions below. */
export function scopeOfRecord(compiled: CompiledDecision, facts: FeelContext, options: RunOptions = {}): FeelContext {
  const { run } = newEvaluation(options)
  return new Map(
    compiled.needs.map((need): [string, Value] => [
      need.name,
      need.kind === 'fact'
        ? receive(facts.get(need.name) ?? null, need.type, run).value
        : decideModelRecord(need.decision, facts, options).value,
    ]),
  )
}
