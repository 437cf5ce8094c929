import { useT } from '#ui/words/use-t.ts'
import type { AskLinked } from '../contract.ts'
import { LedgerStyles } from './ledger-styles.tsx'
import { LinkedRecords } from './linked-records.tsx'
import { linkedWords } from './linked-words.ts'

/** The records that name a household (or one of its members), a person, an organisation or a village, on a card of their own. */
export function LinkedCard({ kind, target }: { kind: AskLinked['kind']; target: string }) {
  const t = useT(linkedWords)
  return (
    <>
      <LedgerStyles />
      <LinkedRecords kind={kind} target={target} title={t('title')} />
    </>
  )
}
