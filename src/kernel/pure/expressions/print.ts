import { printNumber } from './numbers.ts'
import { checkDepth, checkedText, spend } from './run.ts'
import { printTemporal } from './temporal-text.ts'
import { isContext, isList } from './types.ts'
import type { Run, Value } from './values.ts'

/** A value as FEEL would write it; a text at the top stands without quotes (as `string()` gives it). */
export function printValue(value: Value, run: Run): string {
  return typeof value === 'string' ? value : printed(value, run, 0)
}

function printed(value: Value, run: Run, depth: number): string {
  checkDepth(depth)
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, (sign) => `\\${sign}`)}"`
  if (isList(value)) {
    spend(run, value.length)
    return checkedText(`[${value.map((item) => printed(item, run, depth + 1)).join(', ')}]`)
  }
  if (isContext(value)) {
    spend(run, value.size)
    const entries = Array.from(value, ([name, entry]) => `${printKey(name)}: ${printed(entry, run, depth + 1)}`)
    return checkedText(`{${entries.join(', ')}}`)
  }
  switch (value.kind) {
    case 'number':
      return printNumber(value)
    case 'range': {
      if (value.low === null && value.high !== null) return `${value.highClosed ? '<=' : '<'} ${printed(value.high, run, depth + 1)}`
      if (value.high === null && value.low !== null) return `${value.lowClosed ? '>=' : '>'} ${printed(value.low, run, depth + 1)}`
      const ends = `${printed(value.low, run, depth + 1)}..${printed(value.high, run, depth + 1)}`
      return `${value.lowClosed ? '[' : '('}${ends}${value.highClosed ? ']' : ')'}`
    }
    case 'function':
      return `function(${value.parameters.join(', ')})`
    case 'date':
    case 'time':
    case 'date and time':
    case 'years and months duration':
    case 'days and time duration':
      return printTemporal(value)
  }
}

function printKey(name: string): string {
  return /["{}:,\\]/.test(name) ? `"${name.replace(/["\\]/g, (sign) => `\\${sign}`)}"` : name
}
