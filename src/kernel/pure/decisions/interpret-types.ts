import {
  coerce,
  evaluateUnaryTests,
  type FeelType,
  isContext,
  isFunction,
  isList,
  parseUnaryTests,
  type Run,
  typeNamed,
  type UnaryTests as ParsedTests,
  type Value,
} from '#kernel/pure/expressions/index.ts'
import { findType, type Linked } from './graph-find.ts'
import type { Definitions, ItemDefinition, UnaryTests, Variable } from './model.ts'

/** A type as values meet it: its shape for FEEL, and whether a value of that shape is one of the allowed ones. */
export interface ValueType {
  readonly feel: FeelType
  readonly allows: (value: Value, run: Run) => boolean
}

/** A value that was received under a type: null with a reason when it does not fit. */
export interface Received {
  readonly value: Value
  readonly refused?: 'value-not-of-type' | 'value-not-allowed'
}

/** The types of linked models. */
export interface TypeBook {
  /** The type of a reference in a model; `Any` without one or for one that is not known. */
  typeOf(model: Definitions, typeRef: string | undefined): ValueType
  /** All types by the names that expressions of a model use. */
  named(model: Definitions): Readonly<Record<string, FeelType>>
}

const anything: ValueType = { feel: 'Any', allows: () => true }

/** Makes the book of types. Allowed values that cannot be read are reported once to `unreadable` and refuse nothing. */
export function typeBook(graph: Linked, unreadable: (of: Variable, error: unknown) => void): TypeBook {
  const known = new Map<ItemDefinition, ValueType>()
  const names = new Map<Definitions, Readonly<Record<string, FeelType>>>()
  const typeOf = (model: Definitions, typeRef: string | undefined): ValueType => {
    if (typeRef === undefined) return anything
    const found = findType(graph, model, typeRef)
    if (found === undefined) return simple(typeNamed(typeRef.trim()) ?? 'Any')
    return itemType(found.model, found.item)
  }
  const itemType = (model: Definitions, item: ItemDefinition): ValueType => {
    const ready = known.get(item)
    if (ready !== undefined) return ready
    // A type that holds itself (a tree) is known as Any inside itself; its checks still go down. One that only names itself is Any.
    const isTree = item.components.length > 0
    known.set(item, isTree ? { feel: 'Any', allows: (value, run) => known.get(item)?.allows(value, run) ?? true } : anything)
    const made = makeType(item, { typeOf: (typeRef) => typeOf(model, typeRef), part: (one) => itemType(model, one), unreadable })
    known.set(item, made)
    return made
  }
  const named = (model: Definitions): Readonly<Record<string, FeelType>> => {
    const ready = names.get(model)
    if (ready !== undefined) return ready
    const own = model.itemDefinitions.map((item): [string, FeelType] => [item.name, itemType(model, item).feel])
    const imported = model.imports.flatMap((one) => {
      const other = graph.models.get(one.namespace)
      const prefix = one.name === '' ? '' : `${one.name}.`
      return (other?.itemDefinitions ?? []).map((item): [string, FeelType] => [
        `${prefix}${item.name}`,
        typeOf(model, `${prefix}${item.name}`).feel,
      ])
    })
    const made = Object.fromEntries([...imported, ...own])
    names.set(model, made)
    return made
  }
  return { typeOf, named }
}

/** Receives a value under a type: the conversions of DMN 1.5 §10.3.2.9.4, then the allowed values. Null always fits: it is not known. */
export function receive(value: Value, type: ValueType, run: Run): Received {
  if (isFunctionFor(value, type.feel)) return { value }
  const converted = coerce(value, type.feel)
  if (converted === null) return value === null ? { value } : { value: null, refused: 'value-not-of-type' }
  return type.allows(converted, run) ? { value: converted } : { value: null, refused: 'value-not-allowed' }
}

/** A function fits a function type by the number of its parameters: what it gives is known only when it is called. */
function isFunctionFor(value: Value, type: FeelType): boolean {
  return isFunction(value) && typeof type === 'object' && 'parameters' in type && value.parameters.length === type.parameters.length
}

interface Making {
  readonly typeOf: (typeRef: string | undefined) => ValueType
  readonly part: (item: ItemDefinition) => ValueType
  readonly unreadable: (of: Variable, error: unknown) => void
}

function makeType(item: ItemDefinition, making: Making): ValueType {
  const one = singleType(item, making)
  const whole = constraint(item, item.typeConstraint, making)
  if (!item.isCollection) return { feel: one.feel, allows: (value, run) => one.allows(value, run) && whole(value, run) }
  return {
    feel: { list: one.feel },
    allows: (value, run) => whole(value, run) && (!isList(value) || value.every((member) => one.allows(member, run))),
  }
}

function singleType(item: ItemDefinition, making: Making): ValueType {
  const allowed = constraint(item, item.allowedValues, making)
  const base = baseType(item, making)
  return { feel: base.feel, allows: (value, run) => base.allows(value, run) && allowed(value, run) }
}

function baseType(item: ItemDefinition, making: Making): ValueType {
  const { functionItem, components } = item
  if (functionItem !== undefined) {
    const parameters = functionItem.parameters.map((parameter) => making.typeOf(parameter.typeRef).feel)
    return simple({ parameters, result: making.typeOf(functionItem.outputTypeRef).feel })
  }
  if (components.length === 0) return making.typeOf(item.typeRef)
  const parts = components.map((component) => ({ name: component.name, type: making.part(component) }))
  return {
    feel: { context: Object.fromEntries(parts.map((part) => [part.name, part.type.feel])) },
    allows: (value, run) => !isContext(value) || parts.every((part) => part.type.allows(value.get(part.name) ?? null, run)),
  }
}

function simple(feel: FeelType): ValueType {
  return { feel, allows: () => true }
}

/** Whether a value passes allowed values; what is not known is not refused. */
function constraint(of: Variable, tests: UnaryTests | undefined, making: Making): (value: Value, run: Run) => boolean {
  if (tests === undefined || isAnything(tests.text)) return () => true
  let parsed: ParsedTests
  try {
    parsed = parseUnaryTests(tests.text)
  } catch (error) {
    making.unreadable(of, error)
    return () => true
  }
  return (value, run) => value === null || evaluateUnaryTests(parsed, value, new Map(), run) === true
}

/** True for an empty entry and for `-`: every value passes. */
export function isAnything(text: string): boolean {
  const trimmed = text.trim()
  return trimmed === '' || trimmed === '-'
}
