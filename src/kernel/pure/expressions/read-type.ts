import type { SyntaxNode } from '@lezer/common'
import { expressionErrors } from './errors.ts'
import { children, maxNesting, nameOf, textOf, type Reading } from './tree.ts'
import { typeNamed } from './types.ts'
import type { FeelType } from './values.ts'

/** A written type; null for a name that neither FEEL nor the model knows (then nothing is an instance of it). */
export function readType(node: SyntaxNode, reading: Reading): FeelType | null {
  reading.depth += 1
  if (reading.depth > maxNesting) throw expressionErrors.tooDeep({ limit: maxNesting })
  const type = readKind(node, reading)
  reading.depth -= 1
  return type
}

function readKind(node: SyntaxNode, reading: Reading): FeelType | null {
  const [inside] = children(node)
  if (inside === undefined) return null
  switch (inside.name) {
    case 'ListType': {
      const item = typeBelow(inside, reading)
      // `range<T>` comes in as a list (see parse.ts); the text says what it is.
      return item === null ? null : textOf(inside, reading).startsWith('range') ? { range: item } : { list: item }
    }
    case 'ContextType':
      return readContextType(inside, reading)
    case 'FunctionType':
      return readFunctionType(inside, reading)
    default: {
      const name = nameOf(inside, reading)
      const own = Object.entries(reading.types).find(([key]) => key === name)
      return own?.[1] ?? typeNamed(name) ?? null
    }
  }
}

function typeBelow(node: SyntaxNode, reading: Reading): FeelType | null {
  const type = children(node).find((child) => child.name === 'Type')
  return type === undefined ? null : readType(type, reading)
}

function readContextType(node: SyntaxNode, reading: Reading): FeelType | null {
  const list = children(node).find((child) => child.name === 'ContextEntryTypes')
  const entries: Record<string, FeelType> = {}
  for (const entry of list === undefined ? [] : children(list)) {
    const [name] = children(entry)
    const type = typeBelow(entry, reading)
    if (name === undefined || type === null) return null
    entries[nameOf(name, reading)] = type
  }
  return { context: entries }
}

function readFunctionType(node: SyntaxNode, reading: Reading): FeelType | null {
  const result = typeBelow(node, reading)
  const list = children(node).find((child) => child.name === 'ArgumentTypes')
  const parameters: FeelType[] = []
  for (const argument of list === undefined ? [] : children(list)) {
    const type = typeBelow(argument, reading)
    if (type === null) return null
    parameters.push(type)
  }
  return result === null ? null : { parameters, result }
}
