import { Button } from 'antd'
import { useState } from 'react'
import { download, upload, write } from '#kernel/browser/api/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { FileDrop } from '#ui/forms/file-drop.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ProblemRecord } from '../rules/problem-records.ts'
import { showMoment } from './problem-parts.tsx'
import { screenWords } from './screen-words.ts'

/** What proves that a problem is mended: words and files; files are attached while the unit works. */
export function EvidencePart({ record: { card, evidence, mayAttach } }: { record: ProblemRecord }) {
  const t = useT(screenWords)
  const [error, setError] = useState<unknown>()
  const [taken, setTaken] = useState('')
  const attach = async (files: File[]) => {
    setError(undefined)
    try {
      for (const file of files) await upload(`/rectification/problems/${card.problemId}/evidence`, file)
    } catch (fault) {
      setError(fault)
    }
  }
  return (
    <Section title={t('evidences')}>
      {evidence.length === 0 ? <p className="bf-quiet">{t('noEvidence')}</p> : null}
      <ul className="rect-plain">
        {evidence.map((one) => (
          <li key={one.evidenceId}>
            {one.kind === 'record' ? (
              one.text
            ) : (
              <Button size="small" onClick={() => void download(`/rectification/evidence/${one.evidenceId}`).catch(setError)}>
                {t('openFile')}
              </Button>
            )}{' '}
            <span className="bf-quiet">{`${one.byName} · ${showMoment(one.at)}`}</span>{' '}
            {one.can.withdraw ? (
              <Button size="small" onClick={() => setTaken(one.evidenceId)}>
                {t('takeBack')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayAttach ? (
        <FileDrop label={t('uploadEvidence')} accept=".jpg,.jpeg,.png,.pdf" isMultiple onFiles={(files) => void attach(files)} />
      ) : null}
      <Problem error={error} />
      <ConfirmDialog
        isOpen={taken !== ''}
        title={t('takeBack')}
        confirmText={t('takeBack')}
        reason={{ label: t('takeBackWhy'), minLength: 2 }}
        close={() => setTaken('')}
        confirm={async (reason) => {
          await write('POST', `/rectification/evidence/${taken}/withdraw`, { reason })
        }}
      >
        {t('takeBackWhy')}
      </ConfirmDialog>
    </Section>
  )
}
