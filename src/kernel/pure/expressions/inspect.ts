import { builtins } from './builtins/index.ts'
import { builtinCallType, couldBe } from './infer-calls.ts'
import { arithmeticType, isComparable, isOpen, propertyType } from './infer-operators.ts'
import { nearestName } from './nearest-name.ts'
import { plainName } from './names.ts'
import type { Expression, UnaryTests } from './parse.ts'
import type { Iteration, Node, NodeOf, Span } from './syntax.ts'
import { commonType, printType, typeIn, typeOfValue } from './types.ts'
import type { FeelType, Notice } from './values.ts'

/** What can be said of an expression without evaluating it. */
export interface Inspection {
  /** `Any` where it is not known. */
  readonly type: FeelType
  /** The variables it may read, in the order of the text. */
  readonly reads: readonly string[]
  /** What will give null or is surely not meant: unknown names, kinds that do not go together. Said by `expressionWords`. */
  readonly problems: readonly Notice[]
}

/** The names around a part with their types. `open`: an item of unknown kind, so any name may be one of its entries. */
interface Names {
  readonly outer: Names | null
  readonly types: ReadonlyMap<string, FeelType>
  readonly open: boolean
}

interface Inspecting {
  readonly variables: Readonly<Record<string, FeelType>>
  readonly reads: Set<string>
  readonly problems: Notice[]
  readonly input: FeelType
}

/** Types, variables read and problems of an expression, by the types of the variables that it was read with. */
export function inspect(expression: Expression): Inspection {
  const inspecting: Inspecting = { variables: expression.variables, reads: new Set(), problems: [], input: 'Any' }
  const type = infer(expression.root, null, inspecting)
  return { type, reads: [...inspecting.reads], problems: inspecting.problems }
}

/** The same of unary tests against an input of a type: also that each test can be true for such a value. */
export function inspectTests(tests: UnaryTests, input: FeelType): Inspection {
  const inspecting: Inspecting = { variables: tests.variables, reads: new Set(), problems: [], input }
  for (const test of tests.tests) inferTest(test, input, null, inspecting)
  return { type: 'boolean', reads: [...inspecting.reads], problems: inspecting.problems }
}

/** The static type of an expression. */
export function typeOf(expression: Expression): FeelType {
  return inspect(expression).type
}

/** The variables that an expression or a cell may read. */
export function readsOf(parsed: Expression | UnaryTests): readonly string[] {
  return (parsed.kind === 'expression' ? inspect(parsed) : inspectTests(parsed, 'Any')).reads
}

function problem(inspecting: Inspecting, code: string, span: Span, details: Notice['details'] = {}): void {
  if (inspecting.problems.length < 100) inspecting.problems.push({ code, from: span.from, to: span.to, details })
}

function inferTest(test: Node, input: FeelType, names: Names | null, inspecting: Inspecting): void {
  const type = infer(test.kind === 'test' ? test.operand : test, names, inspecting)
  const compared = typeof type === 'object' && 'range' in type ? type.range : typeof type === 'object' && 'list' in type ? type.list : type
  const operator = test.kind === 'test' ? test.operator : '='
  // A condition (it uses `?`) says yes or no by itself.
  const isCondition = type === 'boolean' && input !== 'boolean'
  if (!isCondition && !isComparable(operator, input, compared) && !isComparable(operator, input, type))
    problem(inspecting, 'not-comparable', test, { operator, left: printType(input), right: printType(compared) })
}

function infer(node: Node, names: Names | null, inspecting: Inspecting): FeelType {
  const go = (part: Node): FeelType => infer(part, names, inspecting)
  switch (node.kind) {
    case 'literal':
      return typeOfValue(node.value)
    case 'input':
      return inspecting.input
    case 'variable':
      return inferVariable(node, names, inspecting)
    case 'negation':
      return go(node.operand)
    case 'list':
      return { list: node.items.length === 0 ? 'Any' : node.items.map(go).reduce(commonType) }
    case 'context':
      return inferContext(node, names, inspecting)
    case 'path':
      return inferPath(node, go(node.source), inspecting)
    case 'filter':
      return inferFilter(node, names, inspecting)
    case 'call':
      return inferCall(node, names, inspecting)
    case 'arithmetic':
    case 'comparison':
    case 'and':
    case 'or':
    case 'between':
      return inferOperator(node, go, inspecting)
    case 'in': {
      const value = go(node.value)
      for (const test of node.tests) inferTest(test, value, names, { ...inspecting, input: value })
      return 'boolean'
    }
    case 'instance':
      go(node.value)
      if (node.type === null) problem(inspecting, 'unknown-type', node)
      return 'boolean'
    case 'if':
      expectCondition(node.condition, go(node.condition), inspecting)
      return commonType(go(node.yes), go(node.no))
    case 'for':
    case 'quantified':
      return inferLoop(node, names, inspecting)
    case 'function':
      return inferFunction(node, names, inspecting)
    case 'interval':
      return { range: commonType(go(node.low), go(node.high)) }
    case 'test':
      return { range: go(node.operand) }
  }
}

type Operator = NodeOf<'arithmetic' | 'comparison' | 'and' | 'or' | 'between'>

function inferOperator(node: Operator, go: (part: Node) => FeelType, inspecting: Inspecting): FeelType {
  switch (node.kind) {
    case 'arithmetic': {
      const [left, right] = [go(node.left), go(node.right)]
      const type = arithmeticType(node.operator, left, right)
      if (type === null) problem(inspecting, 'no-result', node, { operator: node.operator, left: printType(left), right: printType(right) })
      return type ?? 'Any'
    }
    case 'comparison': {
      const [left, right] = [go(node.left), go(node.right)]
      const { operator } = node
      if (!isComparable(operator, left, right))
        problem(inspecting, 'not-comparable', node, { operator, left: printType(left), right: printType(right) })
      return 'boolean'
    }
    case 'and':
    case 'or':
      for (const part of [node.left, node.right]) expectCondition(part, go(part), inspecting)
      return 'boolean'
    case 'between': {
      const [value, low, high] = [go(node.value), go(node.low), go(node.high)]
      const odd = [low, high].find((end) => !isComparable('<', value, end))
      if (odd !== undefined)
        problem(inspecting, 'not-comparable', node, { operator: 'between', left: printType(value), right: printType(odd) })
      return 'boolean'
    }
  }
}

function expectCondition(part: Node, type: FeelType, inspecting: Inspecting): void {
  if (!isOpen(type) && type !== 'boolean') problem(inspecting, 'no-condition', part, { type: printType(type) })
}

function inferVariable(node: NodeOf<'variable'>, names: Names | null, inspecting: Inspecting): FeelType {
  const { name } = node
  let open = false
  for (let at = names; at !== null; at = at.outer) {
    const type = at.types.get(name)
    if (type !== undefined) return type
    open ||= at.open
  }
  const declared = typeIn(inspecting.variables, name)
  if (declared !== undefined) {
    inspecting.reads.add(name)
    return declared
  }
  const builtin = builtins.get(name)
  if (builtin !== undefined) return { parameters: builtin.parameters.map(() => 'Any'), result: 'Any' }
  inspecting.reads.add(name)
  if (open) return 'Any'
  const near = nearestName(name, [...Object.keys(inspecting.variables), ...builtins.keys()])
  problem(inspecting, 'unknown-name', node, near === null ? { name } : { name, near })
  return 'Any'
}

function inferContext(node: NodeOf<'context'>, names: Names | null, inspecting: Inspecting): FeelType {
  const types = new Map<string, FeelType>()
  // Functions may call later entries and themselves: all names are known from the start, of any type.
  for (const entry of node.entries) if (entry.value.kind === 'function') types.set(plainName(entry.key), 'Any')
  const inner: Names = { outer: names, types, open: false }
  const entries: Record<string, FeelType> = {}
  for (const entry of node.entries) {
    if (Object.keys(entries).includes(entry.key)) problem(inspecting, 'name-twice', entry.value, { name: entry.key })
    const type = infer(entry.value, inner, inspecting)
    entries[entry.key] = type
    types.set(plainName(entry.key), type)
  }
  return { context: entries }
}

function inferPath(node: NodeOf<'path'>, source: FeelType, inspecting: Inspecting): FeelType {
  if (typeof source === 'object' && 'list' in source) return { list: inferPath(node, source.list, inspecting) }
  if (typeof source === 'object' && 'context' in source) {
    const entry = Object.entries(source.context).find(([name]) => plainName(name) === plainName(node.name))
    // A context without declared entries may have any.
    if (entry !== undefined || Object.keys(source.context).length === 0) return entry?.[1] ?? 'Any'
    const near = nearestName(node.name, Object.keys(source.context))
    problem(inspecting, 'no-entry', node, near === null ? { name: node.name } : { name: node.name, near })
    return 'Any'
  }
  const type = propertyType(source, node.name)
  if (type === null) problem(inspecting, 'no-entry', node, { name: node.name })
  return type ?? 'Any'
}

function inferFilter(node: NodeOf<'filter'>, names: Names | null, inspecting: Inspecting): FeelType {
  const source = infer(node.source, names, inspecting)
  const item = typeof source === 'object' && 'list' in source ? source.list : source
  const types = new Map<string, FeelType>([['item', item]])
  const hasEntries = typeof item === 'object' && 'context' in item
  if (hasEntries) for (const [name, type] of Object.entries(item.context)) types.set(plainName(name), type)
  const open = isOpen(item) || (hasEntries && Object.keys(item.context).length === 0)
  const condition = infer(node.condition, { outer: names, types, open }, inspecting)
  if (condition === 'number') return item
  return condition === 'boolean' ? { list: item } : 'Any'
}

function inferLoop(node: NodeOf<'for' | 'quantified'>, names: Names | null, inspecting: Inspecting): FeelType {
  let inner = names
  for (const iteration of node.iterations) {
    const types = new Map([[iteration.name, itemType(iteration, inner, inspecting)]])
    inner = { outer: inner, types, open: false }
  }
  if (node.kind === 'quantified') {
    expectCondition(node.body, infer(node.body, inner, inspecting), inspecting)
    return 'boolean'
  }
  const partial = new Map<string, FeelType>([['partial', { list: 'Any' }]])
  return { list: infer(node.body, { outer: inner, types: partial, open: false }, inspecting) }
}

function itemType(iteration: Iteration, names: Names | null, inspecting: Inspecting): FeelType {
  const source = infer(iteration.source, names, inspecting)
  if (iteration.end !== null) {
    infer(iteration.end, names, inspecting)
    return source
  }
  if (typeof source !== 'object') return source
  return 'list' in source ? source.list : 'range' in source ? source.range : source
}

function inferFunction(node: NodeOf<'function'>, names: Names | null, inspecting: Inspecting): FeelType {
  if (node.external) problem(inspecting, 'external-function', node)
  const parameters = node.parameters.map((parameter) => parameter.type ?? 'Any')
  const types = new Map(node.parameters.map((parameter, place) => [parameter.name, parameters[place] ?? 'Any'] as const))
  const result = node.external ? 'Any' : infer(node.body, { outer: names, types, open: false }, inspecting)
  return { parameters, result }
}

function inferCall(node: NodeOf<'call'>, names: Names | null, inspecting: Inspecting): FeelType {
  const given = node.values.map((value) => infer(value, names, inspecting))
  const name = node.target.kind === 'variable' ? node.target.name : ''
  const before = inspecting.problems.length
  const target = infer(node.target, names, inspecting)
  if (builtins.has(name) && !inspecting.reads.has(name)) {
    const type = builtinCallType(name, node, given)
    if (type === null) problem(inspecting, 'wrong-arguments', node, { name })
    return type ?? 'Any'
  }
  if (isOpen(target)) {
    // A name that nobody knows, called: say that there is no such function.
    if (inspecting.problems.length > before) {
      const last = inspecting.problems.pop()
      problem(inspecting, 'no-function', node.target, last?.details ?? { name })
    }
    return 'Any'
  }
  if (typeof target !== 'object' || !('result' in target)) {
    problem(inspecting, 'no-function', node.target, { name })
    return 'Any'
  }
  const fits =
    target.parameters.length === given.length &&
    (node.names !== null || given.every((type, place) => couldBe(type, target.parameters[place] ?? 'Any')))
  if (!fits) problem(inspecting, 'wrong-arguments', node, { name })
  return target.result
}
