import type { FeelType, SimpleType, Value } from './values.ts'

const simpleTypes: readonly SimpleType[] = [
  'Any',
  'Null',
  'number',
  'string',
  'boolean',
  'date',
  'time',
  'date and time',
  'years and months duration',
  'days and time duration',
]
/** Names that DMN 1.1 files and people write for the same types. */
const otherNames: Readonly<Record<string, FeelType>> = {
  any: 'Any',
  dateTime: 'date and time',
  yearMonthDuration: 'years and months duration',
  dayTimeDuration: 'days and time duration',
  context: { context: {} },
  list: { list: 'Any' },
  range: { range: 'Any' },
  function: { parameters: [], result: 'Any' },
}

/** The type of a FEEL name (`number`, `date and time`, `context`, with or without `feel:`); undefined for a name that FEEL does not know. */
export function typeNamed(name: string): FeelType | undefined {
  const short = name
    .replace(/^feel:/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const simple = simpleTypes.find((type) => type === short)
  return simple ?? typeIn(otherNames, short)
}

/** `list<number>`, `context<age: number>`: as FEEL writes it. */
export function printType(type: FeelType): string {
  if (typeof type === 'string') return type
  if ('list' in type) return `list<${printType(type.list)}>`
  if ('range' in type) return `range<${printType(type.range)}>`
  if ('context' in type) {
    const entries = Object.entries(type.context).map(([name, entry]) => `${name}: ${printType(entry)}`)
    return entries.length === 0 ? 'context' : `context<${entries.join(', ')}>`
  }
  return `function<${type.parameters.map(printType).join(', ')}> -> ${printType(type.result)}`
}

/** True when every value of `type` can stand where `wanted` is asked for (DMN 1.5 §10.3.2.9.2). `Any` as `type` is "not known" and only conforms to Any. */
export function conforms(type: FeelType, wanted: FeelType): boolean {
  if (wanted === 'Any' || type === 'Null') return true
  if (typeof type === 'string' || typeof wanted === 'string') return type === wanted
  if ('list' in wanted) return 'list' in type && conforms(type.list, wanted.list)
  if ('range' in wanted) return 'range' in type && conforms(type.range, wanted.range)
  if ('context' in wanted) {
    if (!('context' in type)) return false
    const has = type.context
    return Object.entries(wanted.context).every(([name, entry]) => {
      const held = typeIn(has, name)
      return held !== undefined && conforms(held, entry)
    })
  }
  if (!('parameters' in type)) return false
  return (
    type.parameters.length === wanted.parameters.length &&
    wanted.parameters.every((parameter, place) => conforms(parameter, type.parameters[place] ?? 'Any')) &&
    conforms(type.result, wanted.result)
  )
}

/** The narrowest type that both conform to. */
export function commonType(a: FeelType, b: FeelType): FeelType {
  if (a === 'Null') return b
  if (b === 'Null' || conforms(b, a)) return a
  if (conforms(a, b)) return b
  if (typeof a === 'object' && typeof b === 'object' && 'list' in a && 'list' in b) return { list: commonType(a.list, b.list) }
  return 'Any'
}

/** The type that a value has; contexts and lists are looked into (a list of mixed values is `list<Any>`). */
export function typeOfValue(value: Value, depth = 0): FeelType {
  if (value === null) return 'Null'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'boolean'
  if (isList(value)) {
    if (depth > 30) return { list: 'Any' }
    const types = value.map((item) => typeOfValue(item, depth + 1))
    return { list: types.length === 0 ? 'Any' : types.reduce(commonType) }
  }
  if (isContext(value)) {
    const entries: Record<string, FeelType> = {}
    if (depth <= 30) for (const [name, entry] of value) entries[name] = typeOfValue(entry, depth + 1)
    return { context: entries }
  }
  if (value.kind === 'range') return { range: commonType(typeOfValue(value.low, depth + 1), typeOfValue(value.high, depth + 1)) }
  if (value.kind === 'function') {
    const parameters = value.parameters.map((_, place) => value.parameterTypes?.[place] ?? 'Any')
    return { parameters, result: value.resultType ?? 'Any' }
  }
  return value.kind
}

/** The type of a name; undefined also for `constructor` and other names that every object answers to. */
export function typeIn(types: Readonly<Record<string, FeelType>>, name: string): FeelType | undefined {
  return Object.prototype.hasOwnProperty.call(types, name) ? types[name] : undefined
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

export function isContext(value: Value): value is ReadonlyMap<string, Value> {
  return value instanceof Map
}

/** `value instanceof type` (DMN 1.5 table 58); null is an instance of Null only. An empty list is one of every list type. */
export function isInstance(value: Value, type: FeelType, depth = 0): boolean {
  if (type === 'Any') return value !== null
  if (typeof type === 'string') return value === null ? type === 'Null' : typeOfKind(value) === type
  if ('list' in type)
    return isList(value) && (type.list === 'Any' || (depth < 100 && value.every((item) => fits(item, type.list, depth + 1))))
  if ('context' in type) {
    if (!isContext(value) || depth > 100) return false
    return Object.entries(type.context).every(([name, entry]) => {
      const held = value.get(name)
      return held !== undefined && fits(held, entry, depth + 1)
    })
  }
  return value !== null && conforms(typeOfValue(value), type)
}

/** As `isInstance`, but null fits every type: so parameters, entries and items are judged. */
export function fits(value: Value, type: FeelType, depth = 0): boolean {
  return value === null || isInstance(value, type, depth)
}

function typeOfKind(value: Exclude<Value, null>): string {
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value
  if (isList(value)) return 'list'
  return isContext(value) ? 'context' : value.kind
}

/**
 * The implicit conversions of DMN 1.5 §10.3.2.9.4: a list of one to its item, an item to a list of one, a date to a date and time at midnight UTC.
 * What then does not fit becomes null.
 */
export function coerce(value: Value, type: FeelType): Value {
  if (fits(value, type)) return value
  if (typeof type === 'object' && 'list' in type && !isList(value) && fits(value, type.list)) return [value]
  if (isList(value) && value.length === 1 && fits(value[0] ?? null, type)) return value[0] ?? null
  if (type === 'date and time' && value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'date')
    return { kind: 'date and time', date: value, time: { kind: 'time', nanos: 0, offset: 0, zone: null } }
  return null
}
