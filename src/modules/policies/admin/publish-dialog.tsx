import { useState } from 'react'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { PolicyText } from '../contract.ts'
import { publishDraft } from './policy-calls.ts'
import { publishWords } from './policy-words.ts'
import { documentOf } from './version-parts.tsx'

interface PublishDialogProps {
  isOpen: boolean
  text: PolicyText
  revision: number
  /** Waits for what was sent and keeps the reasons of a refusal. */
  noting: (sent: Promise<unknown>) => Promise<void>
  close: () => void
}

/** Asks once more before publishing: from which day, by which document, whose number is added here where the draft has none. */
export function PublishDialog({ isOpen, text, revision, noting, close }: PublishDialogProps) {
  const t = useT(publishWords)
  const language = useLanguage()
  const { policy, version } = text
  const [documentNo, setDocumentNo] = useState(version.documentNo)
  const isMissing = version.documentNo.trim() === ''
  const document = documentOf({ ...version, documentNo })
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('publishTitle')}
      confirmText={t('publish')}
      close={close}
      confirm={async (note) => {
        await noting(publishDraft(version.versionId, { revision, note, ...(isMissing ? { documentNo: documentNo.trim() } : {}) }))
      }}
    >
      <div className="bf-stack">
        <p>{t('publishText', { name: policy[language], day: version.effectiveFrom, document: document === '' ? '—' : document })}</p>
        {isMissing ? (
          <Field label={t('documentNo')} hint={t('documentNoHint')} isRequired>
            {(control) => (
              <input {...control} className="bf-input" value={documentNo} onChange={(event) => setDocumentNo(event.target.value)} />
            )}
          </Field>
        ) : null}
      </div>
    </ConfirmDialog>
  )
}
