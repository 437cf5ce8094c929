import { Button, Modal } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { Book, SampleAnswer } from '../rules/records.ts'
import { pages } from './ledger-calls.ts'
import { ledgerWords } from './ledger-words.ts'

/** Draws the share of the template for a second look, by a seed that anybody can draw again with. */
export function SampleButton({ book }: { book: Book }) {
  const t = useT(ledgerWords)
  const [isOpen, setOpen] = useState(false)
  const [seed, setSeed] = useState('')
  const [answer, setAnswer] = useState<SampleAnswer>()
  const [error, setError] = useState<unknown>()
  const draw = () => {
    setError(undefined)
    const body = seed.trim().length < 4 ? {} : { seed: seed.trim() }
    write<SampleAnswer>('POST', `${ledgerPaths.book(book.templateKey)}/sample`, body).then(setAnswer, setError)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('sample')}</Button>
      <Modal open={isOpen} onCancel={() => setOpen(false)} title={t('sampleTitle')} footer={null} width="34rem">
        <div className="bf-stack">
          <Labelled label={t('sampleSeed')}>
            {(control) => (
              <input {...control} className="bf-input" maxLength={80} value={seed} onChange={(event) => setSeed(event.target.value)} />
            )}
          </Labelled>
          <Problem error={error} />
          {answer === undefined ? null : (
            <Notice kind="success">
              <p>{t('sampleDrawn', { seed: answer.seed, of: answer.of, n: answer.drawn.length })}</p>
              <ul className="bf-lines">
                {answer.drawn.map(({ recordId, title }) => (
                  <li key={recordId}>
                    <PageLink to={pages.record(book.templateKey, recordId)}>{title}</PageLink>
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          <div className="bf-dialog-actions">
            <Button type="primary" onClick={draw}>
              {t('sample')}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}
