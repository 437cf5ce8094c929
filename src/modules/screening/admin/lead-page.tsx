import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import { LeadPane } from './lead-pane.tsx'
import { leadScreenWords } from './lead-screen-words.ts'
import { ScreeningStyles } from './screening-styles.tsx'

/** One lead by its own address: from 工作台, from a household, from an earlier month. */
export function LeadPage() {
  const t = useT(leadScreenWords)
  const go = useGo()
  const leadId = usePageParam('leadId')
  return (
    <PageFrame title={t('leadTitle')}>
      <ScreeningStyles />
      <button type="button" className="bf-link" onClick={() => go('/screening/leads')}>
        ← {t('backToList')}
      </button>
      <LeadPane key={leadId} leadId={leadId} done={() => undefined} />
    </PageFrame>
  )
}
