import { signaturesByName } from './builtins/index.ts'
import type { Signature } from './builtins/signature.ts'
import { isOpen } from './infer-operators.ts'
import type { NodeOf } from './syntax.ts'
import { readTemporal } from './temporal-text.ts'
import { commonType, conforms, typeOfValue } from './types.ts'
import type { FeelType } from './values.ts'

/** The type that a call of a built-in function gives; null when no way to call it takes these arguments. */
export function builtinCallType(name: string, call: NodeOf<'call'>, given: readonly FeelType[]): FeelType | null {
  const fitting = (signaturesByName.get(name) ?? []).filter((way) => fitsCall(way, call.names, given))
  const [first] = fitting
  if (first === undefined) return null
  if (name === '@' || name === 'duration') return literalType(call)
  const list = given[0]
  if (keepsList.has(name) && list !== undefined && typeof list === 'object' && 'list' in list) return list
  if (name === 'min' || name === 'max') return extremeType(given)
  return fitting.map((way) => way.result).reduce(commonType)
}

/** The functions that give a list of the items that they were given. */
const keepsList = new Set(['sublist', 'remove', 'reverse', 'distinct values', 'sort'])

function extremeType(given: readonly FeelType[]): FeelType {
  const [only] = given
  if (given.length === 1 && only !== undefined && typeof only === 'object' && 'list' in only) return only.list
  return given.length === 0 ? 'Any' : given.reduce(commonType)
}

function literalType(call: NodeOf<'call'>): FeelType {
  const [only] = call.values
  return only?.kind === 'literal' && typeof only.value === 'string' ? openNull(typeOfValue(readTemporal(only.value))) : 'Any'
}

const openNull = (type: FeelType): FeelType => (type === 'Null' ? 'Any' : type)

function fitsCall(way: Signature, names: readonly string[] | null, given: readonly FeelType[]): boolean {
  const { parameters } = way
  if (names !== null) {
    const known = names.every((name, place) => {
      const parameter = parameters.find((one) => one.name === name)
      return parameter !== undefined && (parameter.mode === 'rest' || couldBe(given[place] ?? 'Any', parameter.type))
    })
    return known && parameters.every((one) => one.mode !== 'needed' || names.includes(one.name))
  }
  const last = parameters[parameters.length - 1]
  if (given.length > parameters.length && last?.mode !== 'rest') return false
  if (parameters.some((one, place) => one.mode === 'needed' && place >= given.length)) return false
  return given.every((type, place) => {
    const parameter = parameters[Math.min(place, parameters.length - 1)]
    return parameter !== undefined && couldBe(type, parameter.type)
  })
}

/** Whether a value of the type may fit, conversions of DMN included: a list of one stands for its item, an item for a list of one. */
export function couldBe(type: FeelType, wanted: FeelType): boolean {
  if (isOpen(type) || conforms(type, wanted)) return true
  if (typeof type === 'object' && 'list' in type && (couldBe(type.list, wanted) || (typeof wanted === 'object' && 'list' in wanted)))
    return typeof wanted === 'object' && 'list' in wanted ? couldBe(type.list, wanted.list) : true
  if (typeof wanted === 'object' && 'list' in wanted) return couldBe(type, wanted.list)
  if (typeof wanted === 'object' && 'range' in wanted) return typeof type === 'object' && 'range' in type
  if (typeof wanted === 'object' && 'context' in wanted)
    return typeof type === 'object' && 'context' in type && Object.keys(wanted.context).length === 0
  return (type === 'date' && wanted === 'date and time') || (type === 'date and time' && wanted === 'date')
}
