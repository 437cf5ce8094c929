import type { ArithmeticOperator, ComparisonOperator } from './syntax.ts'
import { printType } from './types.ts'
import type { FeelType } from './values.ts'

const ymd = 'years and months duration'
const dtd = 'days and time duration'
const moments: readonly FeelType[] = ['date', 'time', 'date and time']
const durations: readonly FeelType[] = [ymd, dtd]

/** Nothing is known of the type, so nothing can be wrong with it yet. */
export function isOpen(type: FeelType): boolean {
  return type === 'Any' || type === 'Null'
}

/** The type of `a + b` and so on; null where no values of these types have a result. */
export function arithmeticType(operator: ArithmeticOperator, a: FeelType, b: FeelType): FeelType | null {
  if (isOpen(a) || isOpen(b)) return operator === '**' ? 'number' : 'Any'
  if (a === 'number' && b === 'number') return 'number'
  if (a === 'string' && b === 'string') return operator === '+' ? 'string' : null
  switch (operator) {
    case '+':
      return sumType(a, b) ?? sumType(b, a)
    case '-':
      return differenceType(a, b)
    case '*':
      return durations.includes(a) && b === 'number' ? a : a === 'number' && durations.includes(b) ? b : null
    case '/':
      return durations.includes(a) ? (b === 'number' ? a : a === b ? 'number' : null) : null
    case '**':
      return null
  }
}

function sumType(a: FeelType, b: FeelType): FeelType | null {
  if (!durations.includes(b)) return null
  if (a === b) return a
  return moments.includes(a) && !(a === 'time' && b === ymd) ? a : null
}

function differenceType(a: FeelType, b: FeelType): FeelType | null {
  if (durations.includes(b)) return sumType(a, b)
  if (!moments.includes(a) || !moments.includes(b)) return null
  return (a === 'time') === (b === 'time') ? dtd : null
}

const ordered: readonly FeelType[] = ['number', 'string', ...moments, ...durations]

/** True when values of the two types can be compared so. */
export function isComparable(operator: ComparisonOperator, a: FeelType, b: FeelType): boolean {
  if (isOpen(a) || isOpen(b)) return true
  if (operator === '=' || operator === '!=') return kindOf(a) === kindOf(b)
  return kindOf(a) === kindOf(b) && ordered.includes(a)
}

/** Lists, contexts, ranges and functions by their kind: what is inside decides equality, not whether there is one. */
function kindOf(type: FeelType): string {
  if (typeof type === 'string') return type
  return 'list' in type ? 'list' : 'context' in type ? 'context' : 'range' in type ? 'range' : printType({ parameters: [], result: 'Any' })
}

const dateParts = ['year', 'month', 'day', 'weekday']
const timeParts = ['hour', 'minute', 'second']

/** The type of `.year`, `.start` and so on; null where the type has no such property. */
export function propertyType(type: FeelType, name: string): FeelType | null {
  if (isOpen(type)) return 'Any'
  if (typeof type === 'object') {
    if ('range' in type) return name === 'start' || name === 'end' ? type.range : /^(start|end) included$/.test(name) ? 'boolean' : null
    return null
  }
  if ((type === 'date' || type === 'date and time') && dateParts.includes(name)) return 'number'
  if (type === 'time' || type === 'date and time') {
    if (timeParts.includes(name)) return 'number'
    return name === 'time offset' ? dtd : name === 'timezone' ? 'string' : null
  }
  if (type === ymd) return name === 'years' || name === 'months' ? 'number' : null
  if (type === dtd) return ['days', 'hours', 'minutes', 'seconds'].includes(name) ? 'number' : null
  return null
}
