import { Button } from 'antd'
import type { ReactNode } from 'react'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Stepper } from '#ui/feedback/stepper.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { searchOneOf, useGo, usePageParam, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { ImportBatch } from '../contract.ts'
import { isBusy, useBatch } from './import-calls.ts'
import { ImportCheck } from './import-check.tsx'
import { ImportColumns } from './import-columns.tsx'
import { DiscardButton, ImportEnded } from './import-ended.tsx'
import { KeepFresh } from './import-fresh.tsx'
import { stepWords } from './import-page.tsx'
import { ImportResult, NextFileButton } from './import-result.tsx'
import { ImportRun, RunButton } from './import-run.tsx'
import { importScreenWords } from './import-screen-words.ts'
import { showBytes, showMoment, stateLevels } from './import-show.ts'
import { ImportStyles } from './import-styles.tsx'
import { importStateWords } from './import-state-words.ts'
import { importSteps, stepBeside, stepOf, type ImportStep } from './import-steps.ts'
import { ImportTrial } from './import-trial.tsx'

const batchSearch = { step: searchOneOf(importSteps) }

/** Steps 2 to 6 of the wizard for one batch. Where it stands comes from the server, so a reload loses nothing. */
export function ImportBatchPage() {
  const batch = useBatch(usePageParam('batchId'))
  return <Loaded query={batch}>{(data) => <BatchSteps batch={data} />}</Loaded>
}

function BatchSteps({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const say = useT(importStateWords)
  const go = useGo()
  const [search, setSearch] = usePageSearch(batchSearch)
  const step = stepOf(batch, search.step)
  const [before, after] = [stepBeside(batch, step, -1), stepBeside(batch, step, 1)]
  const facts = [say(`kind.${batch.kind ?? 'unknown'}`), `${t('asOf')} ${batch.asOf}`, showBytes(batch.fileBytes)]
  const isWaiting = batch.state === 'staging' || batch.state === 'interrupted'
  return (
    <PageFrame
      title={t('titleOf', { name: batch.fileName })}
      extra={<StatusTag level={stateLevels[batch.state]} text={say(`state.${batch.state}`)} />}
      note={`${facts.join(' · ')} · ${batch.createdName} ${showMoment(batch.createdAt)}`}
      actions={
        <>
          {batch.state === 'staged' ? <DiscardButton batch={batch} /> : null}
          {before === undefined ? (
            <Button onClick={() => go('/registry/batches')}>{t('allBatches')}</Button>
          ) : (
            <Button onClick={() => setSearch({ step: before }, { replace: false })}>{t('back')}</Button>
          )}
          {after === undefined ? (
            drawLast(step, batch)
          ) : (
            <Button type="primary" onClick={() => setSearch({ step: after }, { replace: false })}>
              {t('next', { step: t(stepWords[after]) })}
            </Button>
          )}
        </>
      }
    >
      <ImportStyles />
      <Stepper label={t('steps')} steps={importSteps.map((one) => t(stepWords[one]))} current={importSteps.indexOf(step)} />
      {isWaiting || isBusy(batch) || batch.state === 'refused' || batch.state === 'discarded' ? <ImportEnded batch={batch} /> : null}
      <KeepFresh batch={batch} />
      {drawStep(step, batch)}
    </PageFrame>
  )
}

/** The primary action where no further step is open: the import itself, or the next file. */
function drawLast(step: ImportStep, batch: ImportBatch): ReactNode {
  if (step === 'run') return <RunButton batch={batch} />
  return step === 'result' ? <NextFileButton /> : null
}

function drawStep(step: ImportStep, batch: ImportBatch): ReactNode {
  switch (step) {
    case 'file':
      return null // what there is to say of the file stands above
    case 'columns':
      return <ImportColumns batch={batch} />
    case 'check':
      return <ImportCheck batch={batch} />
    case 'trial':
      return <ImportTrial batch={batch} />
    case 'run':
      return <ImportRun batch={batch} />
    case 'result':
      return <ImportResult batch={batch} />
  }
}
