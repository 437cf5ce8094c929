import { Input } from 'antd'
import { useId } from 'react'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import { useNewestBatches, type SendTerms } from './import-calls.ts'
import { importMendWords } from './import-mend-words.ts'

/** Who sent the file and of which day it speaks. The sender is what columns corrected by hand are remembered under. */
export function ImportTerms({ terms, change }: { terms: SendTerms; change: (terms: SendTerms) => void }) {
  const t = useT(importMendWords)
  const listId = useId()
  const senders = [...new Set((useNewestBatches().data?.items ?? []).flatMap(({ sender }) => sender ?? []))]
  return (
    <div className="bf-form-grid">
      <Field label={t('sender')} hint={t('senderHint')}>
        {(control) => (
          <>
            <Input
              {...control}
              value={terms.sender}
              maxLength={100}
              list={listId}
              onChange={(event) => change({ ...terms, sender: event.target.value })}
            />
            <datalist id={listId}>
              {senders.map((sender) => (
                <option key={sender} value={sender}>
                  {sender}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label={t('asOf')} hint={t('asOfHint')}>
        {(control) => (
          <Input {...control} type="date" value={terms.asOf} onChange={(event) => change({ ...terms, asOf: event.target.value })} />
        )}
      </Field>
    </div>
  )
}
