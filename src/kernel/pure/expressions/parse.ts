import type { SyntaxNode, Tree } from '@lezer/common'
import { isNamedError } from '../errors/index.ts'
import { expressionErrors } from './errors.ts'
import { explainUnreadable } from './explain-unreadable.ts'
import { readersFor, type Names, type Readers } from './names.ts'
import { readNode } from './read-node.ts'
import type { Node } from './syntax.ts'
import type { Reading } from './tree.ts'
import type { FeelType } from './values.ts'

export interface ParseOptions {
  /** Known variables. Others can be used too (they are null unless the context has them), but only names without signs like `-` or `/`. */
  readonly names?: Names | undefined
  /** Named types for `instance of` and parameters, as a decision model declares them. */
  readonly types?: Readonly<Record<string, FeelType>> | undefined
}

/** An expression that was read. `variables` are the declared types; it holds no value of any person. */
export interface Expression {
  readonly kind: 'expression'
  readonly text: string
  readonly root: Node
  readonly variables: Readonly<Record<string, FeelType>>
}

/** The cell of a decision table: `-`, `< 5`, `[1..3], "a"`, `not(…)`. */
export interface UnaryTests {
  readonly kind: 'unary tests'
  readonly text: string
  /** Empty means `-`: anything. */
  readonly tests: readonly Node[]
  readonly negated: boolean
  readonly variables: Readonly<Record<string, FeelType>>
}

const maxLength = 10_000
const maxBrackets = 100

/** Reads a FEEL expression. Throws `expressions.not-readable` with line, column, what was found and what was expected. */
export function parseExpression(text: string, options: ParseOptions = {}): Expression {
  const readers = readersFor(options.names)
  const { tree, source } = parsed(text, readers, 'expression')
  const reading = { text: source, declared: readers.declared, types: options.types ?? {}, depth: 0 }
  const top = firstPart(tree.topNode)
  if (top === null) throw expressionErrors.notReadable(explainUnreadable(text, tree, again(readers, 'expression')))
  return { kind: 'expression', text, root: readNode(top, reading), variables: readers.types }
}

/** Reads unary tests. An empty text is refused: "anything" is `-`. */
export function parseUnaryTests(text: string, options: ParseOptions = {}): UnaryTests {
  const readers = readersFor(options.names)
  const { tree, source } = parsed(text, readers, 'unaryTests')
  const reading = { text: source, declared: readers.declared, types: options.types ?? {}, depth: 0 }
  const tests: Node[] = []
  let negated = false
  for (let child = tree.topNode.firstChild; child !== null; child = child.nextSibling) {
    if (child.name === 'not') negated = true
    if (child.name === 'PositiveUnaryTests') tests.push(...readTests(child, reading))
  }
  const [only] = tests
  // Of a name in it the grammar may make a call of the function `not`.
  if (tests.length === 1 && only?.kind === 'call' && only.names === null && only.target.kind === 'variable' && only.target.name === 'not')
    return { kind: 'unary tests', text, tests: only.values, negated: true, variables: readers.types }
  return { kind: 'unary tests', text, tests, negated, variables: readers.types }
}

function readTests(tests: SyntaxNode, reading: Reading): Node[] {
  return tests.getChildren('PositiveUnaryTest').flatMap((test) => {
    const part = firstPart(test)
    return part === null ? [] : [readNode(part, reading)]
  })
}

function firstPart(node: SyntaxNode): SyntaxNode | null {
  let child = node.firstChild
  while (child !== null && child.type.isSkipped) child = child.nextSibling
  return child
}

function parsed(text: string, readers: Readers, top: 'expression' | 'unaryTests'): { tree: Tree; source: string } {
  if (text.length > maxLength) throw expressionErrors.tooLong({ limit: maxLength })
  if (bracketDepth(text) > maxBrackets) throw expressionErrors.tooDeep({ limit: maxBrackets })
  const parse = again(readers, top)
  let tree = parse(text)
  let source = text
  if (hasError(tree) && /\brange\s*</.test(text)) {
    // The grammar does not know `range<T>`; written as `list <T>` of the same length it does, and `readType` looks at the text.
    tree = parse(text.replace(/\brange(?=\s*<)/g, 'list '))
    source = text
  }
  if (hasError(tree)) {
    const unreadable = explainUnreadable(text, tree, parse)
    // The reader gives up on chains of many hundred operators: nothing is wrong at that place, the whole is too long.
    if (unreadable.expected.length === 0 && text.length > 1000) throw expressionErrors.tooDeep({ limit: maxLength })
    throw expressionErrors.notReadable(unreadable)
  }
  return { tree, source }
}

/** Parsing never runs code and ends always; what the tokenizer cannot follow (its stack, an unfinished name) is "too deep" or unreadable. */
function again(readers: Readers, top: 'expression' | 'unaryTests'): (text: string) => Tree {
  return (text) => {
    try {
      return readers[top].parse(text)
    } catch (error) {
      if (isNamedError(error)) throw error
      if (error instanceof RangeError) throw expressionErrors.tooDeep({ limit: maxLength })
      // The tokenizer lost track of a name: it says no place.
      throw expressionErrors.notReadable({ line: 1, column: 1, offset: 0, found: text.slice(0, 40), expected: [] })
    }
  }
}

/** Brackets inside each other (not counting those in texts): looked at first, because the reader's own bookkeeping grows with their square. */
function bracketDepth(text: string): number {
  let depth = 0
  let deepest = 0
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"|[([{]|[)\]}]/gs)) {
    if (sign === '(' || sign === '[' || sign === '{') depth += 1
    else if (sign.length === 1) depth -= 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

function hasError(tree: Tree): boolean {
  let found = false
  tree.iterate({
    enter(node) {
      if (node.type.isError) found = true
      return !found
    },
  })
  return found
}
