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

const Said = lazy(() => import('./said-of-person.tsx').then((part) => ({ default: part.SaidOfPerson })))

/** What departments' lists said of a person, for the slot of his page. */
export function PersonSaidPanel({ personId }: { personId: string }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <Said personId={personId} />
    </Suspense>
  )
}

const OfVillage = lazy(() => import('./leads-of-village.tsx').then((part) => ({ default: part.LeadsOfVillage })))

/** How the leads of a village stand, for the slot of its page. */
export function VillageLeadsPanel({ areaPath }: { areaPath: string }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <OfVillage areaPath={areaPath} />
    </Suspense>
  )
}
