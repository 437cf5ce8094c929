import {
  addNumbers,
  compareNumbers,
  divideNumbers,
  multiplyNumbers,
  numberOf,
  one,
  subtractNumbers,
  zero,
  type FeelNumber,
} from '../numbers.ts'
import { squareRoot } from '../number-functions.ts'
import { spend } from '../run.ts'
import type { Run, Value } from '../values.ts'
import { define, num, rest, type Parameter, type Signature } from './signature.ts'

/** A list of numbers, or one number. */
const numbers: Parameter<readonly FeelNumber[]> = {
  name: 'list',
  type: { list: 'number' },
  mode: 'needed',
  read(value) {
    if (value === null) return undefined
    const items = Array.isArray(value) ? (value as readonly Value[]) : [value] // Safe: a list is an array of values.
    const found: FeelNumber[] = []
    for (const item of items) {
      const read = num('n').read(item)
      if (read === undefined) return undefined
      found.push(read)
    }
    return found
  },
}

/** Both ways to call: with a list, with the numbers themselves. */
function overNumbers(name: string, result: 'number' | { list: 'number' }, body: (items: readonly FeelNumber[]) => Value): Signature[] {
  const paid = (items: readonly FeelNumber[], run: Run): Value => {
    spend(run, items.length)
    return body(items)
  }
  return [
    define(name, [numbers], result, ([items], run) => paid(items, run)),
    define(name, [rest(num('n'))], result, ([items], run) => paid(items, run)),
  ]
}

function total(
  items: readonly FeelNumber[],
  join: (a: FeelNumber, b: FeelNumber) => FeelNumber | null,
  from: FeelNumber,
): FeelNumber | null {
  let sum: FeelNumber | null = from
  for (const item of items) sum = sum === null ? null : join(sum, item)
  return sum
}

function meanOf(items: readonly FeelNumber[]): FeelNumber | null {
  const sum = total(items, addNumbers, zero)
  return sum === null ? null : divideNumbers(sum, numberOf(items.length))
}

const sorted = (items: readonly FeelNumber[]): FeelNumber[] => [...items].sort(compareNumbers)

function median(items: readonly FeelNumber[]): Value {
  const ordered = sorted(items)
  const middle = ordered.length >> 1
  const upper = ordered[middle]
  const lower = ordered[middle - 1]
  if (upper === undefined) return null
  return ordered.length % 2 === 1 || lower === undefined ? upper : meanOf([lower, upper])
}

/** Of a sample: the squares are divided by the count less one. */
function deviation(items: readonly FeelNumber[]): Value {
  const mean = items.length < 2 ? null : meanOf(items)
  if (mean === null) return null
  const squares: FeelNumber[] = []
  for (const item of items) {
    const away = subtractNumbers(item, mean)
    const square = away === null ? null : multiplyNumbers(away, away)
    if (square === null) return null
    squares.push(square)
  }
  const sum = total(squares, addNumbers, zero)
  const variance = sum === null ? null : divideNumbers(sum, numberOf(items.length - 1))
  return variance === null ? null : squareRoot(variance)
}

/** The values that come most often, ascending. */
function mode(items: readonly FeelNumber[]): Value {
  const groups: { value: FeelNumber; count: number }[] = []
  for (const value of sorted(items)) {
    const last = groups[groups.length - 1]
    if (last !== undefined && compareNumbers(last.value, value) === 0) last.count += 1
    else groups.push({ value, count: 1 })
  }
  const most = groups.reduce((highest, group) => Math.max(highest, group.count), 0)
  return groups.filter((group) => group.count === most).map((group) => group.value)
}

/** `sum`, `mean` and the other functions over lists of numbers; null when an item is no number. */
export const listNumberFunctions: readonly Signature[] = [
  ...overNumbers('sum', 'number', (items) => (items.length === 0 ? null : total(items, addNumbers, zero))),
  ...overNumbers('product', 'number', (items) => (items.length === 0 ? null : total(items, multiplyNumbers, one))),
  ...overNumbers('mean', 'number', (items) => (items.length === 0 ? null : meanOf(items))),
  ...overNumbers('median', 'number', median),
  ...overNumbers('stddev', 'number', deviation),
  ...overNumbers('mode', { list: 'number' }, mode),
]
