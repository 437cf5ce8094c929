import { lazy, Suspense } from 'react'
import { Skeleton } from '#ui/feedback/faces.tsx'

// Loaded with the first household that is opened, not with the app.
const Why = lazy(() => import('./household-why.tsx').then((part) => ({ default: part.HouseholdWhy })))

/** 为什么 for the slot of the household page. */
export function HouseholdWhyPanel({ householdId }: { householdId: string }) {
  return (
    <Suspense fallback={<Skeleton lines={3} />}>
      <Why householdId={householdId} />
    </Suspense>
  )
}
