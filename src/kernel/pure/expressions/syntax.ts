import type { FeelType, Value } from './values.ts'

/** Where a part stands in the text. */
export interface Span {
  readonly from: number
  readonly to: number
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**'
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>='

export interface Entry {
  readonly key: string
  readonly value: Node
}

/** `x in LIST`, `x in LOW..HIGH`. */
export interface Iteration {
  readonly name: string
  readonly source: Node
  readonly end: Node | null
}

export interface Parameter {
  readonly name: string
  readonly type: FeelType | undefined
}

/** One part of an expression: what the grammar says, without brackets, blanks and comments. */
export type Node =
  | (Span & { readonly kind: 'literal'; readonly value: Value })
  | (Span & { readonly kind: 'variable'; readonly name: string })
  | (Span & { readonly kind: 'input' })
  | (Span & { readonly kind: 'list'; readonly items: readonly Node[] })
  | (Span & { readonly kind: 'context'; readonly entries: readonly Entry[] })
  | (Span & { readonly kind: 'path'; readonly source: Node; readonly name: string })
  | (Span & { readonly kind: 'filter'; readonly source: Node; readonly condition: Node })
  | (Span & { readonly kind: 'call'; readonly target: Node; readonly values: readonly Node[]; readonly names: readonly string[] | null })
  | (Span & { readonly kind: 'arithmetic'; readonly operator: ArithmeticOperator; readonly left: Node; readonly right: Node })
  | (Span & { readonly kind: 'negation'; readonly operand: Node })
  | (Span & { readonly kind: 'comparison'; readonly operator: ComparisonOperator; readonly left: Node; readonly right: Node })
  | (Span & { readonly kind: 'and' | 'or'; readonly left: Node; readonly right: Node })
  | (Span & { readonly kind: 'between'; readonly value: Node; readonly low: Node; readonly high: Node })
  | (Span & { readonly kind: 'in'; readonly value: Node; readonly tests: readonly Node[] })
  | (Span & { readonly kind: 'instance'; readonly value: Node; readonly type: FeelType | null })
  | (Span & { readonly kind: 'if'; readonly condition: Node; readonly yes: Node; readonly no: Node })
  | (Span & { readonly kind: 'for'; readonly iterations: readonly Iteration[]; readonly body: Node })
  | (Span & {
      readonly kind: 'quantified'
      readonly every: boolean
      readonly iterations: readonly Iteration[]
      readonly body: Node
    })
  | (Span & { readonly kind: 'function'; readonly parameters: readonly Parameter[]; readonly body: Node; readonly external: boolean })
  | (Span & {
      readonly kind: 'interval'
      readonly low: Node
      readonly high: Node
      readonly lowClosed: boolean
      readonly highClosed: boolean
    })
  | (Span & { readonly kind: 'test'; readonly operator: ComparisonOperator; readonly operand: Node })

export type NodeOf<Kind extends Node['kind']> = Extract<Node, { kind: Kind }>

/** The parts directly below a part, in the order of the text. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'literal':
    case 'variable':
    case 'input':
      return []
    case 'list':
      return node.items
    case 'context':
      return node.entries.map((entry) => entry.value)
    case 'path':
      return [node.source]
    case 'filter':
      return [node.source, node.condition]
    case 'call':
      return [node.target, ...node.values]
    case 'arithmetic':
    case 'comparison':
    case 'and':
    case 'or':
      return [node.left, node.right]
    case 'negation':
    case 'test':
      return [node.operand]
    case 'between':
      return [node.value, node.low, node.high]
    case 'in':
      return [node.value, ...node.tests]
    case 'instance':
      return [node.value]
    case 'if':
      return [node.condition, node.yes, node.no]
    case 'for':
    case 'quantified':
      return [...node.iterations.flatMap((one) => (one.end === null ? [one.source] : [one.source, one.end])), node.body]
    case 'function':
      return [node.body]
    case 'interval':
      return [node.low, node.high]
  }
}
