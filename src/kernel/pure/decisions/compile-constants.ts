import { isNamedError } from '#kernel/pure/errors/index.ts'
import { evaluate, partsOf, type FeelContext, type Node, type Value } from '#kernel/pure/expressions/index.ts'

/** Functions that make a value out of texts and numbers and nothing else: no clock, no other facts. */
const makers = new Set(['@', 'date', 'time', 'date and time', 'duration', 'years and months duration', 'number', 'string'])

/** The value of a part that needs neither the input of a cell nor facts of a record, only `fixed` ones; undefined for every other part. */
export function constantOf(node: Node, fixed: FeelContext): Value | undefined {
  if (!isConstant(node, fixed)) return undefined
  try {
    return evaluate({ kind: 'expression', text: '', root: node, variables: {} }, fixed)
  } catch (error) {
    // It uses up its steps: whoever asks it for a record meets the same end there.
    if (!isNamedError(error)) throw error
    return undefined
  }
}

function isConstant(node: Node, fixed: FeelContext): boolean {
  if (node.kind === 'literal') return true
  if (node.kind === 'variable') return fixed.has(node.name)
  if (node.kind === 'call') return isMaker(node.target, fixed) && node.values.every((one) => isConstant(one, fixed))
  return composed.has(node.kind) && partsOf(node).every((part) => isConstant(part, fixed))
}

/** Parts that are constant when what they are made of is. */
const composed: ReadonlySet<Node['kind']> = new Set(['negation', 'arithmetic', 'list', 'path', 'context'])

function isMaker(target: Node, fixed: FeelContext): boolean {
  return target.kind === 'variable' && makers.has(target.name) && !fixed.has(target.name)
}

/** Whether a cell looks at nothing but its own input (and fixed values): then it gives one answer for one value. */
export function seesOnlyInput(node: Node, fixed: FeelContext): boolean {
  if (node.kind === 'variable') return fixed.has(node.name)
  if (node.kind === 'call' && node.target.kind === 'variable')
    return node.target.name !== 'today' && node.target.name !== 'now' && node.values.every((one) => seesOnlyInput(one, fixed))
  if (node.kind === 'for' || node.kind === 'quantified' || node.kind === 'function' || node.kind === 'filter') return false
  return partsOf(node).every((part) => seesOnlyInput(part, fixed))
}
