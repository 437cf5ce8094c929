import { type Node, parseExpression, parseUnaryTests, printNumber, type Value } from '#kernel/pure/expressions/index.ts'

/** Functions that mean the same in both languages, by their name in ZEN. */
const functions: Readonly<Record<string, string>> = {
  abs: 'abs',
  sum: 'sum',
  min: 'min',
  max: 'max',
  floor: 'floor',
  ceil: 'ceiling',
  upper: 'upper case',
  lower: 'lower case',
  startsWith: 'starts with',
  endsWith: 'ends with',
  contains: 'contains',
}
const words = new Set(['and', 'or', 'in', 'true', 'false', 'null'])
const token = /\s+|\d+(?:\.\d+)?|"[^"\\]*"|'[^'\\]*'|[A-Za-z_]\w*|==|!=|<=|>=|\.\.|[<>^+\-*/()[\],.$]/y
const signs: Readonly<Record<string, string>> = { '==': '=', '^': '**', $: '?' }

/** An expression of ZEN in FEEL; `undefined` where it uses what has no same meaning here (ternaries, templates, dates, other functions). */
export function fromZen(text: string): string | undefined {
  const found: string[] = []
  for (const one of tokensOf(text) ?? [undefined]) {
    if (one === undefined) return undefined
    const isName = /^[A-Za-z_]/.test(one.text)
    if (!isName) found.push(signs[one.text] ?? (one.text.startsWith("'") ? `"${one.text.slice(1, -1)}"` : one.text))
    else if (words.has(one.text) || !one.isCalled) found.push(one.text)
    else if (functions[one.text] !== undefined) found.push(functions[one.text] ?? '')
    else return undefined
    if (one.text === 'not') return undefined
  }
  return found.join('').trim()
}

interface Token {
  readonly text: string
  /** True for a name with a bracket behind it. */
  readonly isCalled: boolean
}

function tokensOf(text: string): Token[] | undefined {
  const found: Token[] = []
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at
    const one = token.exec(text)?.[0]
    if (one === undefined) return undefined
    found.push({ text: one, isCalled: /^\s*\(/.test(text.slice(token.lastIndex, token.lastIndex + 50)) })
  }
  return found
}

/** A cell of a ZEN table as unary tests: empty is `-`; with `and` or `or` the value stands as `?` before each comparison. */
export function cellFromZen(text: string): string | undefined {
  const cell = text.trim()
  if (cell === '' || cell === '-') return '-'
  const refused = /^not\s+in\s*\[(.*)\]$/s.exec(cell)?.[1]
  if (refused !== undefined) {
    const inside = fromZen(refused)
    return inside === undefined ? undefined : `not(${inside})`
  }
  const isCondition = /\b(and|or)\b|^(==|!=)/.test(cell.replace(/"[^"]*"|'[^']*'/g, '""'))
  if (!isCondition) return fromZen(cell)
  const parts = cell.split(/(\b(?:and|or)\b)(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((part) => part.trim())
  const whole = parts.map((part) => (/^(==|!=|<|>)/.test(part) ? `$ ${part}` : part)).join(' ')
  return fromZen(whole)
}

/** Names of FEEL as ZEN may write them: it knows only Latin letters. */
export type ZenNames = ReadonlyMap<string, string>

/** An expression of FEEL in ZEN; `undefined` where ZEN has nothing of the same meaning. */
export function toZen(text: string, names: ZenNames): string | undefined {
  try {
    return text.trim() === '' ? 'null' : written(parseExpression(text, { names: [...names.keys()] }).root, names)
  } catch {
    // What cannot be read here cannot be said there; the model's own check says why.
    return undefined
  }
}

/** A cell of FEEL as one of ZEN; `undefined` where ZEN has nothing of the same meaning. */
export function cellToZen(text: string, names: ZenNames): string | undefined {
  if (text.trim() === '' || text.trim() === '-') return ''
  try {
    const { tests, negated } = parseUnaryTests(text, { names: [...names.keys()] })
    const cells = tests.map((test) => (test.kind === 'test' ? testToZen(test, names) : written(test, names)))
    const all = cells.every((cell) => cell !== undefined) ? cells.join(', ') : undefined
    if (!negated || all === undefined) return all
    return tests.every((test) => test.kind === 'literal') ? `not in [${all}]` : undefined
  } catch {
    return undefined
  }
}

function testToZen(test: Extract<Node, { kind: 'test' }>, names: ZenNames): string | undefined {
  const operand = written(test.operand, names)
  const operator = test.operator === '=' ? '==' : test.operator
  return operand === undefined ? undefined : `${operator} ${operand}`
}

function written(node: Node, names: ZenNames): string | undefined {
  const go = (part: Node) => written(part, names)
  const joined = (left: Node, sign: string, right: Node): string | undefined => {
    const [first, second] = [go(left), go(right)]
    return first === undefined || second === undefined ? undefined : `(${first} ${sign} ${second})`
  }
  switch (node.kind) {
    case 'literal':
      return literalToZen(node.value)
    case 'variable':
      return names.get(node.name)
    case 'input':
      return '$'
    case 'negation': {
      const operand = go(node.operand)
      return operand === undefined ? undefined : `(-${operand})`
    }
    case 'arithmetic':
      return joined(node.left, node.operator === '**' ? '^' : node.operator, node.right)
    case 'comparison':
      return joined(node.left, node.operator === '=' ? '==' : node.operator, node.right)
    case 'and':
    case 'or':
      return joined(node.left, node.kind, node.right)
    case 'interval': {
      const [low, high] = [go(node.low), go(node.high)]
      if (low === undefined || high === undefined) return undefined
      return `${node.lowClosed ? '[' : '('}${low}..${high}${node.highClosed ? ']' : ')'}`
    }
    case 'list':
    case 'context':
    case 'path':
    case 'filter':
    case 'call':
    case 'between':
    case 'in':
    case 'instance':
    case 'if':
    case 'for':
    case 'quantified':
    case 'function':
    case 'test':
      return undefined
  }
}

function literalToZen(value: Value): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return /["\\\n]/.test(value) ? undefined : `"${value}"`
  return typeof value === 'object' && 'kind' in value && value.kind === 'number' ? printNumber(value) : undefined
}
