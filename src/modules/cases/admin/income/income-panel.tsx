import { lazy, Suspense } from 'react'
import { Skeleton } from '#ui/feedback/faces.tsx'

// Loaded with the first household that is opened, not with the app.
const Sheet = lazy(() => import('./income-sheet-view.tsx').then((part) => ({ default: part.IncomeSheetView })))

/** The income sheet of a household, for the slot of the household page and for the page of a case. */
export function IncomePanel({ householdId }: { householdId: string }) {
  return (
    <Suspense fallback={<Skeleton lines={4} />}>
      <Sheet householdId={householdId} />
    </Suspense>
  )
}
