import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Stepper } from '#ui/feedback/stepper.tsx'
import { FileDrop } from '#ui/forms/file-drop.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { ImportBatch } from '../contract.ts'
import { importsKey, useNewestBatches, type SendTerms } from './import-calls.ts'
import { BatchError } from './import-ended.tsx'
import { ImportPaste } from './import-paste.tsx'
import { importScreenWords } from './import-screen-words.ts'
import { showBytes, showMoment, stateLevels } from './import-show.ts'
import { importStateWords } from './import-state-words.ts'
import { ImportStyles } from './import-styles.tsx'
import { importSteps } from './import-steps.ts'
import { ImportTerms } from './import-terms.tsx'
import { ImportUploads } from './import-uploads.tsx'
import { useUploads } from './import-upload-queue.ts'

const openStates: readonly ImportBatch['state'][] = ['staging', 'staged', 'applying', 'undoing', 'interrupted']

/** Step 1 of the wizard: files come in; below, the files that wait for somebody (D7). */
export function ImportPage() {
  const t = useT(importScreenWords)
  const go = useGo()
  const queries = useQueryClient()
  const [sent, setSent] = useState<readonly string[]>([])
  const [terms, setTerms] = useState<SendTerms>({ sender: '', asOf: '' })
  const uploads = useUploads((batch, isOnly) => {
    setSent((list) => [...list, batch.batchId])
    void queries.invalidateQueries({ queryKey: importsKey }) // the list shows its own failure
    if (isOnly) go(`/registry/import/${batch.batchId}`)
  })
  return (
    <PageFrame title={t('title')} note={t('note')} actions={<Button onClick={() => go('/registry/batches')}>{t('allBatches')}</Button>}>
      <ImportStyles />
      <Stepper label={t('steps')} steps={importSteps.map((step) => t(stepWords[step]))} current={0} />
      <Section>
        <ImportTerms terms={terms} change={setTerms} />
        <ImportPaste send={(file) => uploads.add([file], { terms, isPasted: true })}>
          <FileDrop label={t('drop')} accept=".xlsx,.xls,.csv,.txt,.tsv" isMultiple onFiles={(files) => uploads.add(files, { terms })} />
          <p className="bf-quiet">{t('formats')}</p>
        </ImportPaste>
      </Section>
      <ImportUploads uploads={uploads} />
      <OpenBatches sent={sent} />
    </PageFrame>
  )
}

/** Words of the steps, for the stepper and the buttons. */
export const stepWords = {
  file: 'stepFile',
  columns: 'stepColumns',
  check: 'stepCheck',
  trial: 'stepTrial',
  run: 'stepRun',
  result: 'stepResult',
} as const satisfies Record<(typeof importSteps)[number], keyof typeof importScreenWords>

/** Files that wait for somebody, and all that were just handed in, refused ones with the reason. */
function OpenBatches({ sent }: { sent: readonly string[] }) {
  const t = useT(importScreenWords)
  const say = useT(importStateWords)
  const batches = useNewestBatches()
  return (
    <Section title={t('open')}>
      <Loaded query={batches} lines={3}>
        {({ items }) => {
          const open = items.filter((batch) => openStates.includes(batch.state) || sent.includes(batch.batchId))
          if (open.length === 0) return <p className="bf-quiet">{t('openNone')}</p>
          return (
            <ScrollBox>
              <table className="bf-table">
                <thead>
                  <tr>
                    <th scope="col">{t('file')}</th>
                    <th scope="col">{t('kind')}</th>
                    <th scope="col">{t('state')}</th>
                    <th scope="col">{t('size')}</th>
                    <th scope="col">{t('when')}</th>
                  </tr>
                </thead>
                <tbody>
                  {open.map((batch) => (
                    <tr key={batch.batchId}>
                      <td>
                        <PageLink to={`/registry/import/${batch.batchId}`}>{batch.fileName}</PageLink>
                        {batch.state === 'refused' ? <BatchError batch={batch} /> : null}
                      </td>
                      <td>{say(`kind.${batch.kind ?? 'unknown'}`)}</td>
                      <td>
                        <StatusTag level={stateLevels[batch.state]} text={say(`state.${batch.state}`)} />
                      </td>
                      <td className="bf-figures">{showBytes(batch.fileBytes)}</td>
                      <td className="bf-figures">{showMoment(batch.createdAt)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollBox>
          )
        }}
      </Loaded>
    </Section>
  )
}
