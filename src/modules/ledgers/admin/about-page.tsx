import { useAreas } from '#modules/identity/admin/index.ts'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { usePageParam } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import { LedgerStyles } from './ledger-styles.tsx'
import { LinkedRecords } from './linked-records.tsx'
import { linkedWords } from './linked-words.ts'

const kinds = ['person', 'organisation', 'area'] as const

/** What all ledgers say about a person, an organisation or a place; ledgers without a record are left out. */
export function AboutPage() {
  const t = useT(linkedWords)
  const wanted = usePageParam('kind')
  const target = usePageParam('target')
  const kind = kinds.find((one) => one === wanted) ?? 'area'
  const areas = useAreas('village')
  const place = kind === 'area' ? areas.data?.find((area) => area.path === target)?.name : undefined
  return (
    <PageFrame title={place ?? t('aboutTitle')} note={t(`about.${kind}`)}>
      <LedgerStyles />
      <LinkedRecords kind={kind} target={target} limit={20} />
    </PageFrame>
  )
}
