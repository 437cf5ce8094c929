import { useBlocker } from '@tanstack/react-router'

/**
 * Asks before the reader leaves what has not been saved: another page, a reload, a closed window. Moves within the page are let through
 * while the search parameters named in `same` stay.
 */
export function useLeaveGuard(isDirty: boolean, given: { question: string; same: readonly string[] }): void {
  useBlocker({
    shouldBlockFn: ({ current, next }) => {
      if (!isDirty) return false
      const [here, there]: Readonly<Record<string, unknown>>[] = [current.search, next.search]
      const isWithin = current.pathname === next.pathname && given.same.every((name) => here?.[name] === there?.[name])
      return !isWithin && !window.confirm(given.question)
    },
    enableBeforeUnload: isDirty,
  })
}
