import { lazy, Suspense } from 'react'
import { Skeleton } from '#ui/feedback/faces.tsx'

// Loaded with the first household that is opened, not with the app.
const Leads = lazy(() => import('./household-leads.tsx').then((part) => ({ default: part.HouseholdLeads })))

/** The leads of a household, for the slot of the household page. */
export function HouseholdLeadsPanel({ householdId }: { householdId: string }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <Leads householdId={householdId} />
    </Suspense>
  )
}
