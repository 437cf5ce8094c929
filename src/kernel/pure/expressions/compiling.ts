import type { Node } from './syntax.ts'
import type { FeelContext, Run, Value } from './values.ts'

/** What an expression is evaluated with. */
export interface Environment {
  readonly variables: FeelContext
  readonly run: Run
  /** The value that `?` stands for; undefined outside unary tests. */
  readonly input: Value | undefined
}

/** The values of the names around a part, inner ones first: one for each `for`, parameter, context or filter that encloses it. */
export interface Scope {
  readonly value: Value
  readonly outer: Scope | null
}

/** A part turned into a function: nothing is looked up by kind while it runs. */
export type Evaluator = (scope: Scope | null, environment: Environment) => Value

/** What is known of a scope before it runs: one name, the entries of a context, or the item of a filter (whose entries are known only then). */
export type Known = { readonly outer: Known | null } & (
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'entries' }
  | { readonly kind: 'item' }
)

/** Handed to every compiler of a kind of part, so that none must import the others. */
export interface Compiling {
  readonly compile: (node: Node, known: Known | null) => Evaluator
  /** Parts in a body: what one round of it costs in steps. */
  readonly sizeOf: (node: Node) => number
  /** How deep the parts of a body stand inside each other. */
  readonly depthOf: (node: Node) => number
}

export type Compile<Part> = (part: Part, known: Known | null, compiling: Compiling) => Evaluator
