import { inputsOf, interpret, type PreparedModel } from '#kernel/pure/decisions/index.ts'
import {
  equals,
  fromJson,
  isContext,
  isList,
  readDate,
  readNumber,
  startRun,
  toJson,
  type FeelContext,
  type FeelDate,
  type Value,
} from '#kernel/pure/expressions/index.ts'
import type { ExampleResult, PolicyExample } from '../contract.ts'

/** What an example is run against: a model, the decision that is asked, the parameters in force. */
export interface ExampleModel {
  readonly model: PreparedModel
  readonly decision: string
  readonly parameters: FeelContext
  /** Steps that one example may use up; 1,000,000 unless told. */
  readonly steps?: number | undefined
}

/** The facts of an example under the types of the model. A parameter named among them stands instead of the one in force. */
export function scopeOfExample({ model, decision, parameters }: ExampleModel, example: PolicyExample): FeelContext {
  const types = new Map(inputsOf(model, decision).map((input) => [input.name, input.type]))
  const given = Object.entries(example.facts).map(([name, json]): [string, Value] => [name, valueOfFact(json, types.get(name))])
  return new Map([...parameters, ...given])
}

function valueOfFact(json: PolicyExample['facts'][string], type: Parameters<typeof fromJson>[1]): Value {
  return fromJson(json, json === '' ? 'Any' : (type ?? 'Any'))
}

/** Runs one example by the interpreter. Throws `expressions.not-a-value` for a fact that is not of its type. */
export function runExample(of: ExampleModel, example: PolicyExample): ExampleResult {
  const today: FeelDate | null = example.asOf === undefined ? null : readDate(example.asOf)
  const inputs = scopeOfExample(of, example)
  const { steps } = of
  const { value } = interpret(of.model, {
    name: of.decision,
    inputs,
    ...(today === null ? {} : { today }),
    ...(steps === undefined ? {} : { steps }),
  })
  return compareExample(of.decision, example, value)
}

/** Compares what was decided with what an example expects; only the outputs that it names count. */
export function compareExample(decision: string, example: PolicyExample, value: Value): ExampleResult {
  const outputs = outputsOf(decision, value)
  const names = Object.keys(example.expected)
  const isEqual = names.every((name) => isExpected(outputs.get(name) ?? null, example.expected[name] ?? null))
  const found = Object.fromEntries(names.map((name) => [name, jsonOf(outputs.get(name) ?? null)]))
  return { name: example.name, isEqual, expected: example.expected, found }
}

/** The outputs of a decision by name; a table with one output gives it under the decision's own name. */
export function outputsOf(decision: string, value: Value): FeelContext {
  return isContext(value) ? value : new Map([[decision, value]])
}

type Expected = PolicyExample['expected'][string]

function isExpected(found: Value, expected: Expected): boolean {
  if (Array.isArray(expected))
    return isList(found) && found.length === expected.length && found.every((one, at) => isExpected(one, expected[at] ?? null))
  if (expected === null || found === null) return expected === found
  return equals(found, likeFound(found, expected), startRun()) === true
}

/** An expected text is a number or a day where what was found is one. */
function likeFound(found: Value, expected: string | number | boolean): Value {
  const kind = typeof found === 'object' && found !== null && 'kind' in found ? found.kind : undefined
  if (kind === 'number') return readNumber(String(expected))
  if (kind === 'date') return readDate(String(expected))
  return fromJson(expected)
}

function jsonOf(value: Value): Expected {
  if (isList(value)) return value.map((one) => plainOf(one))
  return plainOf(value)
}

/** Numbers keep their decimals as text. */
function plainOf(value: Value): string | number | boolean | null {
  const json = toJson(value)
  return json === null || typeof json !== 'object' ? json : JSON.stringify(json)
}
