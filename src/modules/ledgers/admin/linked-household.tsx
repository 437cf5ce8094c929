import { useSay } from '#ui/words/use-t.ts'
import { ledgerMenuWords } from './ledger-menu-words.ts'
import { LinkedRecords } from './linked-records.tsx'
import { LedgerStyles } from './ledger-styles.tsx'

/** The records that name a household or one of its members. */
export function LinkedHousehold({ householdId }: { householdId: string }) {
  const say = useSay()
  return (
    <>
      <LedgerStyles />
      <LinkedRecords kind="household" target={householdId} title={say(ledgerMenuWords.linked)} />
    </>
  )
}
