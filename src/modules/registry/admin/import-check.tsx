import { StatCard } from '#ui/data/stat-card.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ImportBatch } from '../contract.ts'
import { ImportMend } from './import-mend.tsx'
import { importScreenWords } from './import-screen-words.ts'
import { showCount } from './import-show.ts'

const figures = [
  ['read', undefined],
  ['staged', 'green'],
  ['refused', 'red'],
  ['notData', 'grey'],
  ['corrected', 'grey'],
  ['suspicious', 'amber'],
] as const

/** Step 3: every row accounted for, and the bad ones to be mended in place, in the file, or wherever one value stands. */
export function ImportCheck({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const { read = 0, staged = 0, refused = 0, notData = 0, suspicious = 0, corrected = 0 } = batch.counts
  const counts = { read, staged, refused, notData, suspicious, corrected }
  const shown = Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, showCount(count)]))
  const isWhole = read === staged + refused + notData
  const { cells, replacements } = batch.fixes
  return (
    <>
      <Section title={t('stepCheck')}>
        <div className="bf-stats import-figures">
          {figures.map(([key, level]) => (
            <StatCard key={key} label={t(`count.${key}`)} value={counts[key]} level={counts[key] === 0 ? 'grey' : level} />
          ))}
        </div>
        <Notice kind={isWhole ? 'success' : 'error'}>{t(isWhole ? 'rowsBalance' : 'rowsUnbalanced', shown)}</Notice>
      </Section>
      {refused + suspicious + corrected + cells + replacements > 0 ? (
        <ImportMend batch={batch} counts={{ refused, suspicious, corrected }} />
      ) : null}
    </>
  )
}
