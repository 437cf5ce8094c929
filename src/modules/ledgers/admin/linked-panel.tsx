import { lazy, Suspense } from 'react'

// Loaded with the first household that is opened, not with the app.
const Linked = lazy(() => import('./linked-household.tsx').then((part) => ({ default: part.LinkedHousehold })))

/** What the ledgers say about a household, for the slot of its page; nothing at all where they say nothing. */
export function LedgersOfHousehold({ householdId }: { householdId: string }) {
  return (
    <Suspense fallback={null}>
      <Linked householdId={householdId} />
    </Suspense>
  )
}
