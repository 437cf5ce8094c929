import { readNumber, type FeelContext, type Value } from '#kernel/pure/expressions/index.ts'
import type { ParameterValue } from '../contract.ts'

/** The value that cells see: a number, a word, a list of words, or null where the authority has not filled it. */
export function valueOfParameter({ value }: Pick<ParameterValue, 'value'>): Value {
  if (value === null || Array.isArray(value)) return value
  return readNumber(String(value)) ?? String(value)
}

/** Parameters by their names, those that are filled only: an unfilled one is an unknown fact, and no row that names it fires. */
export function parameterContext(values: readonly Pick<ParameterValue, 'name' | 'value'>[]): FeelContext {
  return new Map(values.filter(({ value }) => value !== null).map((one): [string, Value] => [one.name, valueOfParameter(one)]))
}
