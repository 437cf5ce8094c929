import { compareValues } from '../compare.ts'
import { parseExpression } from '../parse.ts'
import type { Node } from '../syntax.ts'
import { readDate, readDateTime, readDuration, readTemporal, readTime } from '../temporal-text.ts'
import { isNamedError } from '../../errors/index.ts'
import type { Value } from '../values.ts'

/** `range("[1..3)")`: a range whose ends are literals; null for anything else (nothing in the text is evaluated). */
export function rangeFromText(text: string): Value {
  if (text.length > 500 || !/^\s*[[\](]/.test(text)) return null
  try {
    return asRange(parseExpression(text).root)
  } catch (error) {
    if (isNamedError(error)) return null
    throw error
  }
}

function asRange(node: Node): Value {
  if (node.kind === 'test') {
    const end = literalOf(node.operand)
    if (end === null || node.operator === '=' || node.operator === '!=') return null
    const upwards = node.operator === '>' || node.operator === '>='
    const closed = node.operator === '>=' || node.operator === '<='
    return {
      kind: 'range',
      low: upwards ? end : null,
      high: upwards ? null : end,
      lowClosed: upwards && closed,
      highClosed: !upwards && closed,
    }
  }
  if (node.kind !== 'interval') return null
  const low = literalOf(node.low)
  const high = literalOf(node.high)
  const order = compareValues(low, high)
  if (order === null || order > 0) return null
  return { kind: 'range', low, high, lowClosed: node.lowClosed, highClosed: node.highClosed }
}

const readers: Readonly<Record<string, (text: string) => Value>> = {
  '@': readTemporal,
  date: readDate,
  time: readTime,
  'date and time': readDateTime,
  duration: readDuration,
}

function literalOf(node: Node): Value {
  if (node.kind === 'literal') return node.value
  const [only] = node.kind === 'call' ? node.values : []
  if (node.kind !== 'call' || node.target.kind !== 'variable' || only?.kind !== 'literal' || typeof only.value !== 'string') return null
  return readers[node.target.name]?.(only.value) ?? null
}
