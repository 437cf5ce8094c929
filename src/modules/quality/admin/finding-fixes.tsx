import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { MendFinding } from '../contract.ts'
import type { DerivedFix, FindingFile } from '../rules/worklist-records.ts'
import { useValueText } from './finding-parts.tsx'
import { qualityWords } from './quality-words.ts'

/** The right value where the finding's own facts lead to it: one click proposes the correction, somebody of the county applies it. */
export function FindingFixes({ finding }: { finding: FindingFile }) {
  const t = useT(qualityWords)
  if (finding.fixes.length === 0 && finding.correctionId === null) return null
  return (
    <Section title={t('fixTitle')}>
      <div className="bf-stack">
        {finding.correctionId === null ? null : (
          <Notice kind="success">
            {t('fixDone')} <PageLink to="/registry/corrections">{t('seeCorrections')}</PageLink>
          </Notice>
        )}
        {finding.fixes.map((fix, index) => (
          <Fix key={`${fix.personId ?? ''} ${fix.field}`} finding={finding} fix={fix} change={index} />
        ))}
      </div>
    </Section>
  )
}

function Fix({ finding, fix, change }: { finding: FindingFile; fix: DerivedFix; change: number }) {
  const t = useT(qualityWords)
  const language = useLanguage()
  const written = useValueText()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const label = finding.labels[fix.field]
  const propose = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const input = { revision: finding.revision, change } satisfies MendFinding
      const mended = await write<FindingFile>('POST', `/quality/findings/${finding.findingId}/mend`, input)
      queries.setQueryData(['quality', 'finding', finding.findingId], mended)
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  const values = { from: written(fix.from, label), to: written(fix.to, label) }
  return (
    <div>
      <div className="bf-row">
        <span>{t('fixLine', { name: fix.personName ?? '', field: label?.[language] ?? fix.field, ...values })}</span>
        {fix.isAlreadySo ? null : (
          <Button loading={isBusy} onClick={() => void propose() /* shows its own refusal */}>
            {t('fixDo')}
          </Button>
        )}
      </div>
      <span className="bf-source">
        {t(`because.${fix.because}`)}
        {fix.isAlreadySo ? `。${t('fixSo')}` : ''}
      </span>
      <Problem error={error} />
    </div>
  )
}
