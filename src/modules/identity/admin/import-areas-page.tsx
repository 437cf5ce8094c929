import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { Stepper } from '#ui/feedback/stepper.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { AreaChanges, AreaRow } from '../contract.ts'
import { readAreaSheet } from '../rules/index.ts'
import { ChooseSheet } from './choose-sheet.tsx'
import { AreaDifferences } from './area-differences.tsx'
import { areaWords } from './area-words.ts'

const mostRows = 10_000

/** A list of areas comes in: paste or file, the differences, then the import. */
export function ImportAreasPage() {
  const t = useT(areaWords)
  const go = useGo()
  const [rows, setRows] = useState<AreaRow[]>([])
  const check = useMutation({
    mutationFn: (list: AreaRow[]) => write<AreaChanges>('POST', '/identity/areas/import', { rows: list, isDryRun: true }),
  })
  const apply = useMutation({
    mutationFn: () => write<AreaChanges>('POST', '/identity/areas/import', { rows, isDryRun: false }),
  })
  const step = apply.data !== undefined ? 2 : check.data !== undefined ? 1 : 0
  const changed = check.data === undefined ? 0 : check.data.counts.new + check.data.counts.renamed + check.data.counts.recoded
  return (
    <PageFrame
      title={t('importTitle')}
      note={t('importNote')}
      actions={
        step === 0 ? undefined : step === 1 ? (
          <>
            <Button onClick={() => check.reset()}>{t('again')}</Button>
            <Button type="primary" disabled={changed === 0} loading={apply.isPending} onClick={() => apply.mutate()}>
              {t('apply')}
            </Button>
          </>
        ) : (
          <Button type="primary" onClick={() => go('/identity/areas')}>
            {t('toAreas')}
          </Button>
        )
      }
    >
      <Stepper label={t('importTitle')} steps={[t('stepChoose'), t('stepCheck'), t('stepDone')]} current={step} />
      {step === 0 ? (
        <ChooseList
          isBusy={check.isPending}
          take={(list) => {
            setRows(list)
            check.mutate(list)
          }}
        />
      ) : null}
      <Problem error={check.error ?? apply.error} />
      {step === 1 && check.data !== undefined ? (
        <>
          {changed === 0 ? <Notice kind="info">{t('nothingNew')}</Notice> : null}
          <AreaDifferences changes={check.data} />
        </>
      ) : null}
      {apply.data === undefined ? null : <Notice kind="success">{t('done', apply.data.counts)}</Notice>}
    </PageFrame>
  )
}

function ChooseList({ isBusy, take }: { isBusy: boolean; take: (rows: AreaRow[]) => void }) {
  const t = useT(areaWords)
  const [problem, setProblem] = useState<string>()
  const takeSheet = (sheet: readonly (readonly string[])[]) => {
    const rows = readAreaSheet(sheet)
    if (rows === undefined || rows.length === 0) return setProblem(t('noHeader'))
    if (rows.length > mostRows) return setProblem(t('tooMany', { n: rows.length.toLocaleString('en') }))
    setProblem(undefined)
    return take(rows)
  }
  return (
    <Section>
      <ChooseSheet path="/identity/areas/sheet" label={t('importTitle')} hint={t('pasteHint')} take={takeSheet} />
      {isBusy ? <ProgressLine label={t('checking')} /> : null}
      {problem === undefined ? null : (
        <p className="bf-problem" role="alert">
          {problem}
        </p>
      )}
    </Section>
  )
}
