import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import { FindingPane } from './finding-pane.tsx'
import { QualityStyles } from './quality-styles.tsx'
import { QualityTabs } from './finding-parts.tsx'
import { qualityWords } from './quality-words.ts'

/** One finding by itself, for links from the household page and from messages. */
export function FindingPage() {
  const t = useT(qualityWords)
  const go = useGo()
  const findingId = usePageParam('findingId')
  return (
    <PageFrame title={t('listTitle')}>
      <QualityStyles />
      <QualityTabs current="/quality/findings" />
      <FindingPane key={findingId} findingId={findingId} done={() => go('/quality/findings')} />
    </PageFrame>
  )
}
