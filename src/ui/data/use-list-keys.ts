import { useEffect, useState, type RefObject } from 'react'
import { usePreferences } from '../words/use-t.ts'

interface ListKeys {
  frame: RefObject<HTMLElement | null>
  count: number
  open: (index: number) => unknown
  /** Something is open beside the list: J and K turn to its neighbour at once. */
  follows?: boolean
}

/** J and K move through a list's rows, Enter opens; not while something is typed, and never when single keys are switched off. */
export function useListKeys({ frame, count, open, follows = false }: ListKeys) {
  const { singleKeys } = usePreferences()
  const [current, setCurrent] = useState(-1)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!singleKeys || count === 0 || isTyping(event)) return
      const move = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0
      if (move !== 0) {
        const next = Math.min(count - 1, Math.max(0, current + move))
        setCurrent(next)
        if (follows && next !== current) open(next)
        frame.current?.querySelectorAll('tbody tr[data-row-key]')[next]?.scrollIntoView({ block: 'nearest' })
      } else if (event.key === 'Enter' && current >= 0 && !isOnControl()) open(current)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })
  return { current: current < count ? current : -1, setCurrent }
}

/** A click into the page leaves the focus on its content, which does nothing with Enter; links and buttons do. */
function isOnControl(): boolean {
  return document.activeElement?.matches('a, button, summary, [role], [tabindex="0"]') === true
}

function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey) return true
  const { target } = event
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
