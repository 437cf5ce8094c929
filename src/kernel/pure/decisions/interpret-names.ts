import { type Node, partsOf } from '#kernel/pure/expressions/index.ts'

/**
 * The names in a part of an expression that are neither known nor made inside it (by `for`, `some`, a function or a context). Inside a filter
 * any name may be an entry of the items, so nothing is said of names there.
 */
export function unknownNames(node: Node, isKnown: (name: string) => boolean): string[] {
  switch (node.kind) {
    case 'variable':
      return isKnown(node.name) ? [] : [node.name]
    case 'filter':
      return unknownNames(node.source, isKnown)
    case 'for':
    case 'quantified':
      return unknownInLoop(node, isKnown)
    case 'function':
      return node.external
        ? []
        : unknownNames(
            node.body,
            withNames(
              isKnown,
              node.parameters.map((one) => one.name),
            ),
          )
    case 'context': {
      let inner = isKnown
      return node.entries.flatMap((entry) => {
        const found = unknownNames(entry.value, inner)
        inner = withNames(inner, [entry.key])
        return found
      })
    }
    case 'literal':
    case 'input':
    case 'list':
    case 'path':
    case 'call':
    case 'arithmetic':
    case 'negation':
    case 'comparison':
    case 'and':
    case 'or':
    case 'between':
    case 'in':
    case 'instance':
    case 'if':
    case 'interval':
    case 'test':
      return partsOf(node).flatMap((part) => unknownNames(part, isKnown))
  }
}

/** Each iteration knows the names of those before it; the body knows all, and `partial`. */
function unknownInLoop(node: Extract<Node, { kind: 'for' | 'quantified' }>, isKnown: (name: string) => boolean): string[] {
  let inner = isKnown
  const found: string[] = []
  for (const { name, source, end } of node.iterations) {
    for (const part of end === null ? [source] : [source, end]) found.push(...unknownNames(part, inner))
    inner = withNames(inner, [name])
  }
  return [...found, ...unknownNames(node.body, withNames(inner, ['partial']))]
}

function withNames(isKnown: (name: string) => boolean, names: readonly string[]): (name: string) => boolean {
  return (name) => names.includes(name) || isKnown(name)
}
