import type { PolicyInForce, ValueInForce } from '#kernel/server/policies/index.ts'
import type { ParameterValue } from '../contract.ts'

/** A parameter in force with the policy that says it. */
export interface ParameterInForce extends ValueInForce {
  readonly key: string
}

/** All parameters of the policies in force, by name. Names stand once (a test reads the shipped ones, the check refuses others). */
export function parametersOf(found: ReadonlyMap<string, PolicyInForce>): Map<string, ParameterInForce> {
  return new Map(
    [...found].flatMap(([key, { values }]) => [...values].map(([name, value]): [string, ParameterInForce] => [name, { ...value, key }])),
  )
}

/** As rules take them. */
export function asParameters(values: ReadonlyMap<string, ValueInForce>): { name: string; value: ParameterValue['value'] }[] {
  return [...values].map(([name, { value }]) => ({ name, value: valueAsWritten(value) }))
}

/** A copy that the contract's type takes. */
export function valueAsWritten(value: ValueInForce['value']): ParameterValue['value'] {
  return typeof value === 'object' && value !== null ? [...value] : value
}
