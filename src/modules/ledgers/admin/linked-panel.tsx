import { lazy, Suspense } from 'react'
import type { AskLinked } from '../contract.ts'

// Loaded with the first page that shows it, not with the app.
const Linked = lazy(() => import('./linked-card.tsx').then((part) => ({ default: part.LinkedCard })))

function Panel(props: { kind: AskLinked['kind']; target: string }) {
  return (
    <Suspense fallback={null}>
      <Linked {...props} />
    </Suspense>
  )
}

/** What the ledgers say about a household, for the slot of its page; nothing at all where they say nothing. */
export function LedgersOfHousehold({ householdId }: { householdId: string }) {
  return <Panel kind="household" target={householdId} />
}

/** What the ledgers say about a person. */
export function LedgersOfPerson({ personId }: { personId: string }) {
  return <Panel kind="person" target={personId} />
}

/** What the ledgers say about an organisation. */
export function LedgersOfOrganisation({ organisationId }: { organisationId: string }) {
  return <Panel kind="organisation" target={organisationId} />
}

/** What the ledgers say about a village, and which hold records there. */
export function LedgersOfVillage({ areaPath }: { areaPath: string }) {
  return <Panel kind="area" target={areaPath} />
}
