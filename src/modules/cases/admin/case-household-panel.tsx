import { lazy, Suspense } from 'react'
import { Skeleton } from '#ui/feedback/faces.tsx'

// Loaded with the first household that is opened, not with the app.
const Cases = lazy(() => import('./case-of-household.tsx').then((part) => ({ default: part.CasesOfHousehold })))

/** The case of a household with its next step, for the slot of the household page. */
export function HouseholdCasePanel({ householdId }: { householdId: string }) {
  return (
    <Suspense fallback={<Skeleton lines={3} />}>
      <Cases householdId={householdId} />
    </Suspense>
  )
}

const OfVillage = lazy(() => import('./cases-of-village.tsx').then((part) => ({ default: part.CasesOfVillage })))

/** The open cases of a village, for the slot of its page. */
export function VillageCasesPanel({ areaPath }: { areaPath: string }) {
  return (
    <Suspense fallback={<Skeleton lines={3} />}>
      <OfVillage areaPath={areaPath} />
    </Suspense>
  )
}
