import { Button } from 'antd'
import { useGo } from '#ui/plug/page-search.ts'
import { useMay } from '#ui/plug/caller.tsx'
import { useT } from '#ui/words/use-t.ts'
import { pages } from './ledger-calls.ts'
import { mayDesign } from './ledger-rights.ts'
import { ledgerWords } from './ledger-words.ts'

/** 新建台账, for who may design ledgers. */
export function NewLedgerLink() {
  const t = useT(ledgerWords)
  const go = useGo()
  const isAllowed = useMay(mayDesign)
  if (!isAllowed) return null
  return (
    <>
      <span className="bf-spring" />
      <Button type="primary" onClick={() => go(pages.fresh)}>
        {t('fresh')}
      </Button>
    </>
  )
}
