import {
  deeper,
  type FeelContext,
  type FeelDate,
  type FeelDateTime,
  type FeelType,
  isFunction,
  startRun,
  type Value,
} from '#kernel/pure/expressions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { Graph } from './graph.ts'
import type { ModelProblem } from './graph-check.ts'
import { orderOf, reachableFrom } from './graph-arrows.ts'
import { findElement, follow, type Located, valueName } from './graph-find.ts'
import { type Elements, prepareElements, scopeOf } from './interpret-elements.ts'
import { makeFunction, type Parameter, parametersOf, receiveAll } from './interpret-function.ts'
import { type DecisionTrace, type Evaluation, find, type Finding } from './interpret-trace.ts'
import { receive } from './interpret-types.ts'
import type { BusinessKnowledgeModel, Decision, DecisionService, DrgElement } from './model.ts'

/** A model made ready to be asked: expressions are read, types known. */
export interface PreparedModel {
  readonly graph: Graph
  readonly elements: Elements
  /** Everything to be mended before the model may be published: arrows, names, types, expressions. */
  readonly problems: readonly ModelProblem[]
}

/** What is asked: a decision, a service, a function (BKM) or an input by its name or id; the values of inputs by name (or `namespace#name`). */
export interface Question {
  readonly name: string
  /** Of the model that holds it; the main model unless told. */
  readonly namespace?: string
  readonly inputs: FeelContext
  /** Steps that may be used up; 1,000,000 unless told. */
  readonly steps?: number
  readonly now?: FeelDateTime
  readonly today?: FeelDate
}

/** The answer: null is "not known", and the findings say why. */
export interface Answer {
  readonly value: Value
  readonly findings: readonly Finding[]
  readonly decisions: readonly DecisionTrace[]
  /** The names of inputs that were needed and not known. */
  readonly unknown: readonly string[]
}

/** Reads all expressions of linked models. Never throws: what is wrong is in `problems`, and evaluates to null. */
export function prepareModel(graph: Graph): PreparedModel {
  const elements = prepareElements(graph)
  for (const model of graph.models.values()) elements.types.named(model)
  for (const located of orderOf(graph).order) elements.of(located)
  return { graph, elements, problems: [...graph.problems, ...elements.problems] }
}

/** An input that a question needs. */
export interface NeededInput {
  readonly namespace: string
  readonly name: string
  readonly type: FeelType
  /** The name of its type as the model writes it. */
  readonly typeRef?: string | undefined
}

/** The inputs that a decision, service or function needs in the end, each once, in the order in which they are met. */
export function inputsOf(model: PreparedModel, name: string, namespace?: string): NeededInput[] {
  const start = findElement(model.graph, name, namespace)
  if (start === undefined) return []
  return reachableFrom(model.graph, start).flatMap(({ model: { namespace: space }, element }) => {
    if (element.kind !== 'inputData') return []
    const input = {
      namespace: space,
      name: valueName(element),
      type: model.elements.of({ model: model.graph.models.get(space) ?? model.graph.main, element }).type,
    }
    return [{ ...input, typeRef: element.variable?.typeRef }]
  })
}

/**
 * Evaluates a model the obvious way: what is needed first, each decision once, every rule of a table. It is the reference that the compiler
 * of tables is measured against. Throws nothing but faults of the program: a budget that is used up is the finding `stopped`.
 */
export function interpret(model: PreparedModel, question: Question): Answer {
  const { steps, now, today } = question
  const options = { notices: true, ...(steps === undefined ? {} : { steps }), ...(now === undefined ? {} : { now }) }
  const run = startRun(today === undefined ? options : { ...options, today })
  const at: Evaluation = { run, findings: [], decisions: [], tables: [], noticed: 0 }
  const asked: Asked = { elements: model.elements, inputs: question.inputs, at, unknown: new Set() }
  const located = findElement(model.graph, question.name, question.namespace)
  const answer = (value: Value): Answer => ({ value, findings: at.findings, decisions: at.decisions, unknown: [...asked.unknown] })
  if (located === undefined) return answer(find(at, 'no-logic', question.name))
  try {
    return answer(ask(located, asked))
  } catch (error) {
    if (!isNamedError(error)) throw error
    return answer(find(at, 'stopped', located.element.name, { reason: error.code }))
  }
}

interface Asked {
  readonly elements: Elements
  readonly inputs: FeelContext
  readonly at: Evaluation
  readonly unknown: Set<string>
}

/** One level of evaluation: the model itself, or a service, in which given values stand instead of what the model says. */
interface Frame extends Asked {
  readonly given: ReadonlyMap<DrgElement, Value>
  readonly made: Map<DrgElement, Value>
}

function ask(located: Located, asked: Asked): Value {
  const { element } = located
  const frame: Frame = { ...asked, given: new Map(), made: new Map() }
  const value = valueOf(located, frame)
  if (!isFunction(value)) return value
  if (element.kind !== 'businessKnowledgeModel' && element.kind !== 'decisionService') return value
  const values = value.parameters.map((name) => asked.inputs.get(name) ?? null)
  return element.kind === 'decisionService' ? callService({ ...located, element }, values, frame) : value.call(values, asked.at.run)
}

function valueOf(located: Located, frame: Frame): Value {
  const { element } = located
  const known = frame.given.has(element) ? frame.given : frame.made
  if (known.has(element)) return known.get(element) ?? null
  // Needed while it is being made: a ring. It is a problem of the model; here its value is not known.
  if (element.kind === 'decision') frame.made.set(element, null)
  const value = makeValue(located, frame)
  frame.made.set(element, value)
  return value
}

function makeValue({ model, element }: Located, frame: Frame): Value {
  switch (element.kind) {
    case 'inputData':
      return inputValue({ model, element }, frame)
    case 'decision':
      return decisionValue({ model, element }, frame)
    case 'businessKnowledgeModel':
      return knowledgeFunction({ model, element }, frame)
    case 'decisionService':
      return serviceFunction({ model, element }, frame)
    case 'knowledgeSource':
      return null
  }
}

/** The value given for an input, under its type; null where none was given. */
function inputValue({ model, element }: Located, { elements, inputs, at, unknown }: Frame): Value {
  const name = valueName(element)
  const given = inputs.get(`${model.namespace}#${name}`) ?? inputs.get(name) ?? inputs.get(element.name) ?? null
  const typeRef = 'variable' in element ? element.variable?.typeRef : undefined
  const { value, refused } = receive(given, elements.types.typeOf(model, typeRef), at.run)
  if (refused !== undefined) find(at, refused, name)
  if (value === null) unknown.add(name)
  return value
}

/** Levels of the evaluator that one decision below another takes: a chain of some hundred decisions ends with a finding, not with the stack. */
const levels = 5

function decisionValue(located: Located<Decision>, frame: Frame): Value {
  const { element, model } = located
  const { at } = frame
  const { logic, needs } = frame.elements.of(located)
  if (logic === undefined) return inputValue(located, frame)
  const scope = deeper(at.run, levels, () => scopeOf(needs, (one) => valueOf(one, frame)))
  const outer = at.tables
  at.tables = []
  const value = logic.evaluate(scope, at)
  const from = needs
    .filter((need) => need.located.element.kind === 'inputData' || need.located.element.kind === 'decision')
    .map((need) => ({ name: need.import === '' ? need.name : `${need.import}.${need.name}`, value: valueOf(need.located, frame) }))
  at.decisions.push({ namespace: model.namespace, id: element.id, name: element.name, value, from, tables: at.tables })
  at.tables = outer
  return value
}

/** A BKM as a function: its logic is called with what it requires itself. */
function knowledgeFunction(located: Located<BusinessKnowledgeModel>, frame: Frame): Value {
  const { element, model } = located
  const { at, elements } = frame
  const { logic, needs } = elements.of(located)
  const parameters = parametersOf(element.encapsulatedLogic?.parameters ?? [], { types: elements.types, model })
  const call = (values: readonly Value[]): Value => {
    const made =
      logic?.evaluate(
        scopeOf(needs, (one) => valueOf(one, frame)),
        at,
      ) ?? null
    if (!isFunction(made)) return find(at, 'no-logic', element.name)
    return resultOf(located, made.call(values, at.run), frame)
  }
  return makeFunction({ name: element.name, parameters, call })
}

/** A service as a function of its input data and input decisions, in this order (DMN 1.5 §10.4). */
function serviceFunction(located: Located<DecisionService>, frame: Frame): Value {
  const parameters = serviceParameters(located, frame).map((one) => one.parameter)
  return makeFunction({ name: located.element.name, parameters, call: (values) => callService(located, values, frame) })
}

function serviceParameters(
  { model, element }: Located<DecisionService>,
  { elements }: Frame,
): { located: Located; parameter: Parameter }[] {
  const given = [...element.inputData, ...element.inputDecisions].flatMap((href) => follow(elements.linked, model, href) ?? [])
  return given.map((located) => {
    const typeRef = 'variable' in located.element ? located.element.variable?.typeRef : undefined
    return { located, parameter: { name: valueName(located.element), type: elements.types.typeOf(located.model, typeRef) } }
  })
}

function callService(located: Located<DecisionService>, values: readonly Value[], frame: Frame): Value {
  const { element, model } = located
  const parameters = serviceParameters(located, frame)
  const given = receiveAll({ values, parameters: parameters.map((one) => one.parameter), of: element.name, at: frame.at })
  if (given === null) return null
  const overrides = parameters.map(({ located: one }, place): [DrgElement, Value] => [one.element, given[place]?.[1] ?? null])
  const inside: Frame = { ...frame, given: new Map(overrides), made: new Map() }
  const outputs = element.outputDecisions.flatMap((href) => follow(frame.elements.linked, model, href) ?? [])
  const [first] = outputs
  const isOne = first !== undefined && outputs.length === 1
  const value = isOne ? valueOf(first, inside) : new Map(outputs.map((one) => [valueName(one.element), valueOf(one, inside)]))
  return resultOf(located, value, frame)
}

/** The result of a function under the type of its variable: a function's type there speaks of its result. */
function resultOf({ model, element }: Located<BusinessKnowledgeModel | DecisionService>, result: Value, { elements, at }: Frame): Value {
  const type = elements.types.typeOf(model, element.variable?.typeRef)
  const { feel } = type
  const isFunctionType = typeof feel === 'object' && 'result' in feel
  const { value, refused } = receive(result, isFunctionType ? { feel: feel.result, allows: () => true } : type, at.run)
  return refused === undefined ? value : find(at, refused, element.name)
}
