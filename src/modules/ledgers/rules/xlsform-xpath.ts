/** The part of XPath that forms of XLSForm are written in: fields, `.`, texts, numbers, operators, functions. Never a path. */
export type XPath =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'self' }
  | { readonly kind: 'negative'; readonly operand: XPath }
  | { readonly kind: 'binary'; readonly operator: XPathOperator; readonly left: XPath; readonly right: XPath }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly XPath[] }
export type XPathOperator = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | 'div' | 'mod'
export const comparisons: readonly XPathOperator[] = ['=', '!=', '<', '<=', '>', '>=']

/** Why an expression cannot be read or translated; a catalogue makes the sentence. */
export class XPathFault extends Error {
  readonly code: XPathCode
  readonly what: string
  constructor(code: XPathCode, what: string) {
    super(`${code} ${what}`)
    this.code = code
    this.what = what.slice(0, 60)
  }
}
export type XPathCode =
  | 'xpath-sign'
  | 'xpath-end'
  | 'xpath-long'
  | 'xpath-deep'
  | 'xpath-function'
  | 'xpath-arguments'
  | 'xpath-field'
  | 'xpath-self'
  | 'xpath-kind'
  | 'xpath-mixed'
  | 'xpath-choice'
  | 'xpath-name'
  | 'xpath-outside'
  | 'xpath-quotes'
  | 'feel-part'

interface Token {
  readonly sort: 'number' | 'text' | 'field' | 'self' | 'sign' | 'word' | 'end'
  readonly text: string
}

const mostCharacters = 2000
const mostDepth = 40
const token =
  /\s*(?:(\$\{\s*([^}\s]+)\s*\})|("[^"]*"|'[^']*')|(\d+(?:\.\d+)?|\.\d+)|([A-Za-z_][A-Za-z0-9_.:-]*)|(!=|<=|>=|[=<>+*(),-])|(\.(?![.\d/])))/uy

function tokensOf(text: string): Token[] {
  if (text.length > mostCharacters) throw new XPathFault('xpath-long', String(mostCharacters))
  const found: Token[] = []
  // Word processors turn quotes and signs into their own.
  const plain = text
    .replace(/[“”„]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/\u00a0/g, ' ')
    .trimEnd()
  token.lastIndex = 0
  while (token.lastIndex < plain.length) {
    const at = token.lastIndex
    const match = token.exec(plain)
    if (match === null) throw new XPathFault('xpath-sign', plain.slice(at).trim().slice(0, 12))
    const [, field, name = '', quoted, number, word, sign, self] = match
    if (field !== undefined) found.push({ sort: 'field', text: name })
    else if (quoted !== undefined) found.push({ sort: 'text', text: quoted.slice(1, -1) })
    else if (number !== undefined) found.push({ sort: 'number', text: number.startsWith('.') ? `0${number}` : number })
    else if (word !== undefined) found.push({ sort: 'word', text: word })
    else if (sign !== undefined) found.push({ sort: 'sign', text: sign })
    else if (self !== undefined) found.push({ sort: 'self', text: '.' })
  }
  return [...found, { sort: 'end', text: '' }]
}

const levels: readonly (readonly XPathOperator[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
]

/** Reads an expression. Throws `XPathFault`: what is no part of the common subset is never guessed. */
export function parseXPath(text: string): XPath {
  return new Reader(tokensOf(text)).read()
}

class Reader {
  private at = 0
  private depth = 0
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  read(): XPath {
    const read = this.binary(0)
    if (this.now().sort !== 'end') throw fault(this.now(), '')
    return read
  }

  private now(): Token {
    return this.tokens[this.at] ?? { sort: 'end', text: '' }
  }

  private isSign(sign: string): boolean {
    return this.now().sort === 'sign' && this.now().text === sign
  }

  private expect(sign: string): void {
    if (!this.isSign(sign)) throw fault(this.now(), sign)
    this.at += 1
  }

  private binary(level: number): XPath {
    const operators = levels[level]
    if (operators === undefined) return this.unary()
    this.depth += 1
    if (this.depth > mostDepth * levels.length) throw new XPathFault('xpath-deep', String(mostDepth))
    let left = this.binary(level + 1)
    for (let chain = 0; ; chain += 1) {
      const { sort, text } = this.now()
      const operator = operators.find((one) => (sort === 'sign' || sort === 'word') && text === one)
      if (operator === undefined) break
      // `a + b + c …` leans to the left: a long chain is a deep tree.
      if (chain >= mostDepth * 2) throw new XPathFault('xpath-deep', String(mostDepth))
      this.at += 1
      left = { kind: 'binary', operator, left, right: this.binary(level + 1) }
    }
    this.depth -= 1
    return left
  }

  private unary(): XPath {
    let signs = 0
    for (; this.isSign('-'); this.at += 1) signs += 1
    if (signs > 4) throw new XPathFault('xpath-deep', String(mostDepth))
    let operand = this.primary()
    for (; signs > 0; signs -= 1) operand = { kind: 'negative', operand }
    return operand
  }

  private primary(): XPath {
    const one = this.now()
    this.at += 1
    if (one.sort === 'number') return { kind: 'number', text: plainNumber(one.text) }
    if (one.sort === 'text') return { kind: 'text', text: one.text }
    if (one.sort === 'field') return { kind: 'field', name: one.text }
    if (one.sort === 'self') return { kind: 'self' }
    if (one.sort === 'sign' && one.text === '(') {
      const inner = this.binary(0)
      this.expect(')')
      return inner
    }
    if (one.sort !== 'word' || !this.isSign('(')) throw fault(one, '')
    this.at += 1
    return { kind: 'call', name: one.text, given: this.given(one.text) }
  }

  private given(name: string): XPath[] {
    const given: XPath[] = []
    while (!this.isSign(')')) {
      if (given.length > 0) this.expect(',')
      if (given.length >= 20) throw new XPathFault('xpath-arguments', name)
      given.push(this.binary(0))
    }
    this.at += 1
    return given
  }
}

function fault(found: Token, wanted: string): XPathFault {
  return found.sort === 'end' ? new XPathFault('xpath-end', wanted) : new XPathFault('xpath-sign', found.text)
}

/** Without zeros at the front. */
function plainNumber(text: string): string {
  return text.replace(/^0+(?=\d)/, '')
}

/** Writes an expression with as few brackets as it needs; two that say the same are written the same. Throws where a text has both quotes. */
export function printXPath(node: XPath): string {
  return written(node, 0)
}

const unaryLevel = levels.length

function written(node: XPath, least: number): string {
  switch (node.kind) {
    case 'number':
      return node.text
    case 'text':
      if (node.text.includes("'") && node.text.includes('"')) throw new XPathFault('xpath-quotes', node.text)
      return node.text.includes("'") ? `"${node.text}"` : `'${node.text}'`
    case 'field':
      return `\${${node.name}}`
    case 'self':
      return '.'
    case 'negative':
      return bracketed(`-${written(node.operand, unaryLevel)}`, unaryLevel < least)
    case 'call':
      return `${node.name}(${node.given.map((one) => written(one, 0)).join(', ')})`
    case 'binary': {
      const level = levels.findIndex((operators) => operators.includes(node.operator))
      return bracketed(`${written(node.left, level)} ${node.operator} ${written(node.right, level + 1)}`, level < least)
    }
  }
}

const bracketed = (text: string, is: boolean) => (is ? `(${text})` : text)

/** `a op b`. */
export const join = (operator: XPathOperator, left: XPath, right: XPath): XPath => ({ kind: 'binary', operator, left, right })
/** `name(…)`. */
export const callOf = (name: string, ...given: XPath[]): XPath => ({ kind: 'call', name, given })
export const textOf = (text: string): XPath => ({ kind: 'text', text })

/** Several conditions in one, in their order; nothing for none. */
export function joined(operator: 'and' | 'or', parts: readonly XPath[]): XPath | undefined {
  const [first, ...rest] = parts
  return first === undefined ? undefined : rest.reduce((all, one) => join(operator, all, one), first)
}
