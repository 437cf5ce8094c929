import type { SyntaxNode } from '@lezer/common'
import type { FeelType } from './values.ts'

/** What is known while a tree becomes a `Node`. */
export interface Reading {
  readonly text: string
  readonly declared: ReadonlyMap<string, string>
  readonly types: Readonly<Record<string, FeelType>>
  depth: number
}

/** Expressions may be nested so deep; people write five levels. */
export const maxNesting = 500

export function spanOf(node: SyntaxNode): { from: number; to: number } {
  return { from: node.from, to: node.to }
}

export function textOf(node: SyntaxNode, reading: Reading): string {
  return reading.text.slice(node.from, node.to)
}

/** The children without comments. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) if (!child.type.isSkipped) found.push(child)
  return found
}

/** A key or parameter as written, blanks made one. */
export function nameOf(node: SyntaxNode, reading: Reading): string {
  return textOf(node, reading).replace(/\s+/g, ' ').trim()
}
