import { lazy, Suspense } from 'react'
import { Skeleton } from '#ui/feedback/faces.tsx'

// Loaded with the first household that is opened, not with the app.
const History = lazy(() => import('./household-classes.tsx').then((part) => ({ default: part.HouseholdClasses })))

/** What a household is and has been, for the slot of the household page. */
export function HouseholdClassPanel({ householdId }: { householdId: string }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <History householdId={householdId} />
    </Suspense>
  )
}
