import { lazy, Suspense } from 'react'
import { Skeleton } from '#ui/feedback/faces.tsx'

// Loaded with the first household that is opened, not with the app.
const Leads = lazy(() => import('./household-leads.tsx').then((part) => ({ default: part.HouseholdLeads })))

const Authorisations = lazy(() => import('./household-authorisations.tsx').then((part) => ({ default: part.HouseholdAuthorisations })))

/** The leads of a household, for the slot of the household page. */
export function HouseholdLeadsPanel({ householdId }: { householdId: string }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <Leads householdId={householdId} />
    </Suspense>
  )
}

/** The 授权书 of a household, for the slot of the household page. */
export function HouseholdAuthorisationsPanel({ householdId }: { householdId: string }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <Authorisations householdId={householdId} />
    </Suspense>
  )
}
