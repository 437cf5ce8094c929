import type { XPath } from '../../src/modules/ledgers/rules/xlsform-xpath.ts'

/** The day of the tests. */
export const phoneToday = '2024-06-03'

export type Answer = number | string | boolean
const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)
/** NaN for nothing. */
export const toNumber = (one: Answer): number =>
  typeof one === 'string' ? (one === '' ? Number.NaN : isDay(one) ? dayNumber(one) : Number(one)) : Number(one)
export const toTruth = (one: Answer): boolean =>
  typeof one === 'number' ? one !== 0 && !Number.isNaN(one) : typeof one === 'string' ? one !== '' : one
const close = (a: number, b: number) => Math.abs(a - b) < 1e-9

/** What a telephone makes of an expression (JavaRosa): nothing is '' beside texts and NaN beside numbers, and compared with NaN everything is false. */
export function phone(node: XPath, answers: Readonly<Record<string, string>>): Answer {
  const of = (one: XPath) => phone(one, answers)
  switch (node.kind) {
    case 'number':
      return Number(node.text)
    case 'text':
      return node.text
    case 'field':
      return answers[node.name] ?? ''
    case 'self':
      return answers['n1'] ?? ''
    case 'negative':
      return -toNumber(of(node.operand))
    case 'binary':
      return binary(node.operator, of(node.left), of(node.right))
    case 'call':
      return call(node.name, node.given.map(of), node.given)
  }
}

function binary(operator: string, a: Answer, b: Answer): Answer {
  const isNumeric = typeof a === 'number' || typeof b === 'number'
  const [x, y] = [toNumber(a), toNumber(b)]
  const same = isNumeric ? close(x, y) : isDay(String(a)) || isNumberText(a, b) ? close(x, y) : a === b
  switch (operator) {
    case 'or':
      return toTruth(a) || toTruth(b)
    case 'and':
      return toTruth(a) && toTruth(b)
    case '=':
      return same
    case '!=':
      return !same
    case '<':
      return x < y && !close(x, y)
    case '<=':
      return x < y || close(x, y)
    case '>':
      return x > y && !close(x, y)
    case '>=':
      return x > y || close(x, y)
    case '+':
      return x + y
    case '-':
      return x - y
    case '*':
      return x * y
    case 'div':
      return x / y
    default:
      return x % y
  }
}
const isNumberText = (a: Answer, b: Answer) => a !== '' && b !== '' && !Number.isNaN(Number(a)) && !Number.isNaN(Number(b))

function call(name: string, given: readonly Answer[], nodes: readonly XPath[]): Answer {
  const [a = '', b = '', c = ''] = given
  switch (name) {
    case 'true':
      return true
    case 'false':
      return false
    case 'today':
      return phoneToday
    case 'date':
      return a
    case 'not':
      return !toTruth(a)
    case 'if':
      return toTruth(a) ? b : c
    case 'selected':
      return String(a).split(' ').includes(String(b))
    case 'count-selected':
      return a === '' ? 0 : String(a).split(' ').length
    case 'string-length':
      return Array.from(String(a)).length
    case 'regex':
      return new RegExp(`^(${String(b)})$`, 'u').test(String(a))
    case 'contains':
      return String(a).includes(String(b))
    case 'starts-with':
      return String(a).startsWith(String(b))
    case 'coalesce':
      return a === '' ? b : a
    case 'int':
      return Math.trunc(Math.round(toNumber(a) * 1e9) / 1e9)
    case 'abs':
      return Math.abs(toNumber(a))
    default:
      throw new Error(`${name} ${nodes.length}`)
  }
}
