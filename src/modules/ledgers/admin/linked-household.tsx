import { LinkedRecords } from './linked-records.tsx'
import { LedgerStyles } from './ledger-styles.tsx'

/** The records that name a household or one of its members. */
export function LinkedHousehold({ householdId }: { householdId: string }) {
  return (
    <>
      <LedgerStyles />
      <LinkedRecords kind="household" target={householdId} />
    </>
  )
}
