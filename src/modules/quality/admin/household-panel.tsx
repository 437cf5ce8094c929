import { lazy, Suspense } from 'react'
import { Skeleton } from '#ui/feedback/faces.tsx'

// Loaded with the first household that is opened, not with the app.
const Findings = lazy(() => import('./household-findings.tsx').then((part) => ({ default: part.HouseholdFindings })))

/** The open findings of a household, for the slot of the household page. */
export function HouseholdQualityPanel({ householdId }: { householdId: string }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <Findings householdId={householdId} />
    </Suspense>
  )
}
