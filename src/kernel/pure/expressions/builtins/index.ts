import type { FeelFunction, FeelType } from '../values.ts'
import { contextFunctions } from './contexts.ts'
import { conversionFunctions } from './conversions.ts'
import { dateFunctions } from './dates.ts'
import { listNumberFunctions } from './list-numbers.ts'
import { listFunctions } from './lists.ts'
import { numberFunctions } from './numbers.ts'
import { rangeFunctions } from './ranges.ts'
import { applySignature, type Signature } from './signature.ts'
import { textFunctions } from './texts.ts'

const signatures: readonly Signature[] = [
  ...conversionFunctions,
  ...textFunctions,
  ...listFunctions,
  ...listNumberFunctions,
  ...numberFunctions,
  ...dateFunctions,
  ...rangeFunctions,
  ...contextFunctions,
]

/** The ways to call each built-in function, by name: for completion, checks and help. */
export const signaturesByName: ReadonlyMap<string, readonly Signature[]> = grouped()

function grouped(): Map<string, Signature[]> {
  const found = new Map<string, Signature[]>()
  for (const signature of signatures) found.set(signature.name, [...(found.get(signature.name) ?? []), signature])
  return found
}

/** The built-in functions as values. */
export const builtins: ReadonlyMap<string, FeelFunction> = new Map(
  Array.from(signaturesByName, ([name, ways]) => [name, asFunction(name, ways)] as const),
)

function asFunction(name: string, ways: readonly Signature[]): FeelFunction {
  const apply: FeelFunction['apply'] = (given, run) => {
    for (const way of ways) {
      const result = applySignature(way, given, run)
      if (result !== undefined) return result
    }
    return undefined
  }
  const [first] = ways
  const parameters = first?.parameters.map((parameter) => parameter.name) ?? []
  const parameterTypes: (FeelType | undefined)[] = first?.parameters.map((parameter) => parameter.type) ?? []
  return { kind: 'function', name, parameters, parameterTypes, apply, call: (values, run) => apply(values, run) ?? null }
}
