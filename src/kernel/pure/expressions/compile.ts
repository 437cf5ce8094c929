import { compileCall, compileFunction } from './compile-calls.ts'
import { compileFilter, compileFor, compileQuantified } from './compile-loops.ts'
import { compilePath, compileVariable } from './compile-names.ts'
import {
  compileAnd,
  compileArithmetic,
  compileBetween,
  compileComparison,
  compileIn,
  compileInstance,
  compileInterval,
  compileNegation,
  compileTest,
} from './compile-operators.ts'
import type { Compile, Compiling, Evaluator, Known } from './compiling.ts'
import { checkItems } from './run.ts'
import { partsOf, type Node, type NodeOf } from './syntax.ts'
import type { Value } from './values.ts'

/** Turns a read expression into a function, once; evaluating it then costs only what it does. */
export function compileNode(node: Node, known: Known | null = null): Evaluator {
  return compile(node, known)
}

/** How many parts an expression has: its cost in steps for one evaluation without loops. */
export function sizeOf(node: Node): number {
  const known = sizes.get(node)
  if (known !== undefined) return known
  const size = partsOf(node).reduce((sum, part) => sum + sizeOf(part), 1)
  sizes.set(node, size)
  return size
}

const sizes = new WeakMap<Node, number>()

/** How deep the parts stand inside each other: a name is 1. */
function depthOf(node: Node): number {
  const rounds = node.kind === 'for' || node.kind === 'quantified' ? node.iterations.length : 0
  return partsOf(node).reduce((deepest, part) => Math.max(deepest, depthOf(part)), 0) + rounds + 1
}

function compile(node: Node, known: Known | null): Evaluator {
  switch (node.kind) {
    case 'literal': {
      const { value } = node
      return () => value
    }
    case 'input':
      return (_scope, environment) => environment.input ?? environment.variables.get('?') ?? null
    case 'variable':
      return compileVariable(node, known, compiling)
    case 'list':
      return compileList(node, known, compiling)
    case 'context':
      return compileContext(node, known, compiling)
    case 'path':
      return compilePath(node, known, compiling)
    case 'filter':
      return compileFilter(node, known, compiling)
    case 'call':
      return compileCall(node, known, compiling)
    case 'arithmetic':
      return compileArithmetic(node, known, compiling)
    case 'negation':
      return compileNegation(node, known, compiling)
    case 'comparison':
      return compileComparison(node, known, compiling)
    case 'and':
    case 'or':
      return compileAnd(node, known, compiling)
    case 'between':
      return compileBetween(node, known, compiling)
    case 'in':
      return compileIn(node, known, compiling)
    case 'instance':
      return compileInstance(node, known, compiling)
    case 'if':
      return compileIf(node, known, compiling)
    case 'for':
      return compileFor(node, known, compiling)
    case 'quantified':
      return compileQuantified(node, known, compiling)
    case 'function':
      return compileFunction(node, known, compiling)
    case 'interval':
      return compileInterval(node, known, compiling)
    case 'test':
      return compileTest(node, known, compiling)
  }
}

const compiling: Compiling = { compile, sizeOf, depthOf }

const compileList: Compile<NodeOf<'list'>> = (part, known) => {
  const items = part.items.map((item) => compile(item, known))
  return (scope, environment) => {
    checkItems(environment.run, items.length)
    return items.map((item) => item(scope, environment))
  }
}

/** Later entries (and functions in any entry, so that one may call itself) see the entries by name. A name written twice makes no context. */
const compileContext: Compile<NodeOf<'context'>> = (part, known) => {
  const inner: Known = { kind: 'entries', outer: known }
  const entries = part.entries.map((entry) => ({ key: entry.key, value: compile(entry.value, inner) }))
  const twice = new Set(part.entries.map((entry) => entry.key)).size !== part.entries.length
  return (scope, environment) => {
    if (twice) return null
    const made = new Map<string, Value>()
    for (const { key, value } of entries) made.set(key, value({ value: made, outer: scope }, environment))
    return made
  }
}

/** Anything but true is the other way: also null. */
const compileIf: Compile<NodeOf<'if'>> = (part, known) => {
  const condition = compile(part.condition, known)
  const yes = compile(part.yes, known)
  const no = compile(part.no, known)
  return (scope, environment) => (condition(scope, environment) === true ? yes : no)(scope, environment)
}
