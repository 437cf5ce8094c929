import { lazy, Suspense } from 'react'
import { Skeleton } from '#ui/feedback/faces.tsx'

// Loaded with the first household that is opened, not with the app.
const Problems = lazy(() => import('./problems-of-household.tsx').then((part) => ({ default: part.ProblemsOfHousehold })))

/** The problems of a household, for the slot of the household page. */
export function HouseholdProblemsPanel({ householdId }: { householdId: string }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <Problems householdId={householdId} />
    </Suspense>
  )
}

/** The open problems of a village, for the slot of its page. */
export function VillageProblemsPanel({ areaPath }: { areaPath: string }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <Problems areaPath={areaPath} />
    </Suspense>
  )
}
