import { lazy, Suspense } from 'react'
import { Skeleton } from '#ui/feedback/faces.tsx'

// Loaded with the first household that is opened, not with the app.
const Kin = lazy(() => import('./kin-of-household.tsx').then((part) => ({ default: part.KinOfHousehold })))

/** Who is kin to a household, for the slot of the household page. */
export function HouseholdKinPanel({ householdId }: { householdId: string }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <Kin householdId={householdId} />
    </Suspense>
  )
}
