import { expressionErrors } from './errors.ts'
import { numberOf, printNumber, readNumber } from './numbers.ts'
import { printTemporal, readDate, readDateTime, readDuration, readTime } from './temporal-text.ts'
import { isContext, isList, typeIn } from './types.ts'
import type { FeelType, Value } from './values.ts'

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

const maxDepth = 100

/**
 * A value from JSON, as the type says: a text is a day where `date` is asked for and a number where `number` is. Without a type texts stay texts.
 * Throws `expressions.not-a-value` with the path of what does not fit; an unknown fact is `null`, never 0.
 */
export function fromJson(json: unknown, type: FeelType = 'Any', path = ''): Value {
  if (json === null || json === undefined) return null
  if (path.split('.').length > maxDepth) throw expressionErrors.notAValue({ path: path.slice(0, 100) })
  if (typeof json === 'boolean') return json
  if (typeof json === 'number') return Number.isFinite(json) ? numberOf(json) : refuse(path, type)
  if (typeof json === 'string') return fromText(json, type) ?? refuse(path, type)
  if (typeof json !== 'object') return refuse(path, type)
  if (Array.isArray(json)) {
    const item = typeof type === 'object' && 'list' in type ? type.list : 'Any'
    return json.map((one, place) => fromJson(one, item, `${path}[${place}]`))
  }
  const types = typeof type === 'object' && 'context' in type ? type.context : {}
  return new Map(
    Object.entries(json).map(([name, entry]) => [
      name,
      fromJson(entry, typeIn(types, name) ?? 'Any', path === '' ? name : `${path}.${name}`),
    ]),
  )
}

function refuse(path: string, type: FeelType): never {
  throw expressionErrors.notAValue({ path, wanted: typeof type === 'string' ? type : 'composed' })
}

/** A text as the type says; null when it is none. An item stands for a list of one. */
function fromText(text: string, type: FeelType): Value {
  if (typeof type === 'object') return 'list' in type ? listOf(fromText(text, type.list)) : null
  switch (type) {
    case 'Any':
    case 'string':
      return text
    case 'number':
      return readNumber(text.trim())
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : null
    case 'date':
      return readDate(text)
    case 'time':
      return readTime(text)
    case 'date and time':
      return readDateTime(text)
    case 'years and months duration':
    case 'days and time duration': {
      const duration = readDuration(text)
      return duration?.kind === type ? duration : null
    }
    case 'Null':
      return null
  }
}

const listOf = (value: Value): Value => (value === null ? null : [value])

/** A value as JSON: numbers that a double holds exactly as numbers (else as text), days and times as FEEL writes them; functions are null. */
export function toJson(value: Value, depth = 0): Json {
  if (depth > maxDepth) throw expressionErrors.tooDeep({ limit: maxDepth })
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (isList(value)) return value.map((item) => toJson(item, depth + 1))
  if (isContext(value)) return Object.fromEntries(Array.from(value, ([name, entry]) => [name, toJson(entry, depth + 1)]))
  switch (value.kind) {
    case 'number': {
      const text = printNumber(value)
      return text.replace(/[^\d]/g, '').replace(/^0+/, '').length <= 15 ? Number(text) : text
    }
    case 'range':
      return {
        start: toJson(value.low, depth + 1),
        end: toJson(value.high, depth + 1),
        startIncluded: value.lowClosed,
        endIncluded: value.highClosed,
      }
    case 'function':
      return null
    case 'date':
    case 'time':
    case 'date and time':
    case 'years and months duration':
    case 'days and time duration':
      return printTemporal(value)
  }
}
