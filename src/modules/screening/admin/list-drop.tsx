import { Button } from 'antd'
import { Problem } from '#ui/feedback/faces.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { FileDrop } from '#ui/forms/file-drop.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import { compareWords } from './compare-words.ts'
import type { ListUpload } from './list-uploads.ts'

interface ListDropProps {
  uploads: readonly ListUpload[]
  add: (files: readonly File[]) => void
  drop: (key: number) => void
  isDisabled?: boolean
}

/** Takes the month's lists, shows how far each has come, and says of each that was not taken why. */
export function ListDrop({ uploads, add, drop, isDisabled = false }: ListDropProps) {
  const t = useT(compareWords)
  return (
    <Section>
      <FileDrop label={t('drop')} accept=".xlsx,.xls,.csv,.txt,.tsv" isMultiple isDisabled={isDisabled} onFiles={add} />
      <p className="bf-quiet">{t(isDisabled ? 'termsFirst' : 'formats')}</p>
      {uploads.map((one) =>
        one.state === 'failed' ? (
          <div key={one.key}>
            <h3>{t('refused', { name: one.name })}</h3>
            <Problem error={one.error} />
            <Button size="small" onClick={() => drop(one.key)}>
              {t('dismiss')}
            </Button>
          </div>
        ) : (
          <ProgressLine key={one.key} label={t(one.state === 'waiting' ? 'waiting' : 'uploading', { name: one.name })} share={one.share} />
        ),
      )}
    </Section>
  )
}
