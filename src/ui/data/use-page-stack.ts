import { hashKey, type QueryKey } from '@tanstack/react-query'
import { useState } from 'react'

// Kept while the app is open, so that coming back from a household finds the page of the list that was left.
const stacks = new Map<string, readonly string[]>()

/** The cursors that led to the page on screen; a list read by key can only go back the way it came. */
export function usePageStack(queryKey: QueryKey) {
  const key = hashKey(queryKey)
  const [, redraw] = useState(0)
  const stack = stacks.get(key) ?? []
  const keep = (next: readonly string[]) => {
    stacks.set(key, next)
    redraw((count) => count + 1)
  }
  return {
    cursor: stack[stack.length - 1] ?? '',
    depth: stack.length,
    forward: (cursor: string) => keep([...stack, cursor]),
    back: () => keep(stack.slice(0, -1)),
  }
}
