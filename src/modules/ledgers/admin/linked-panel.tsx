import { lazy, Suspense } from 'react'
import { Skeleton } from '#ui/feedback/faces.tsx'

// Loaded with the first household that is opened, not with the app.
const Linked = lazy(() => import('./linked-household.tsx').then((part) => ({ default: part.LinkedHousehold })))

/** What the ledgers say about a household, for the slot of its page. */
export function LedgersOfHousehold({ householdId }: { householdId: string }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <Linked householdId={householdId} />
    </Suspense>
  )
}
