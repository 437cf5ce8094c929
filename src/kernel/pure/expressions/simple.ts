import type { Expression, UnaryTests } from './parse.ts'
import type { Node } from './syntax.ts'

/**
 * Whether it is S-FEEL (DMN 1.5 chapter 9): names, literals, arithmetic and comparisons; in cells comparisons, intervals, lists and `not` of those.
 * That is what every DMN tool reads and what the columnar compiler takes whole.
 */
export function isSimple(parsed: Expression | UnaryTests): boolean {
  if (parsed.kind === 'unary tests') return parsed.tests.every(isSimpleTest)
  return parsed.root.kind === 'comparison' ? isValue(parsed.root.left) && isValue(parsed.root.right) : isValue(parsed.root)
}

function isSimpleTest(node: Node): boolean {
  if (node.kind === 'test') return isEnd(node.operand)
  if (node.kind === 'interval') return isEnd(node.low) && isEnd(node.high)
  return isEnd(node)
}

/** A name or a literal, as the end of an interval may be. */
function isEnd(node: Node): boolean {
  if (node.kind === 'negation') return isEnd(node.operand)
  return isLiteral(node) || isName(node)
}

function isName(node: Node): boolean {
  return node.kind === 'variable' || (node.kind === 'path' && isName(node.source))
}

const dateFunctions = new Set(['@', 'date', 'time', 'date and time', 'duration'])

function isLiteral(node: Node): boolean {
  if (node.kind === 'literal') return true
  if (node.kind !== 'call' || node.target.kind !== 'variable' || !dateFunctions.has(node.target.name)) return false
  return node.values.length === 1 && node.values.every((value) => value.kind === 'literal' && typeof value.value === 'string')
}

function isValue(node: Node): boolean {
  if (node.kind === 'arithmetic') return isValue(node.left) && isValue(node.right)
  if (node.kind === 'negation') return isValue(node.operand)
  return isEnd(node)
}
