import { Button, Modal } from 'antd'
import { useState, type ReactNode } from 'react'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ChangeCalendar } from '../rules/calendar-records.ts'
import { calendarWords } from './calendar-words.ts'

/** A change that waits for its document. */
export interface AskedChange extends Omit<ChangeCalendar, 'document'> {
  readonly title: string
}

interface ChangeDialogProps {
  asked: AskedChange | undefined
  close: () => void
  save: (change: ChangeCalendar) => Promise<void>
}

/** Asks for the document of a change and saves it. */
export function ChangeDialog({ asked, close, save }: ChangeDialogProps) {
  return (
    <Modal open={asked !== undefined} onCancel={close} title={asked?.title} footer={null} destroyOnHidden width="34rem">
      {asked === undefined ? null : (
        <DocumentForm close={close} save={(document) => save({ document, days: asked.days, years: asked.years })}>
          <p className="bf-figures">
            {asked.days
              .map(({ day }) => day)
              .slice(0, 20)
              .join('、')}
          </p>
        </DocumentForm>
      )}
    </Modal>
  )
}

interface DocumentFormProps {
  children: ReactNode
  isReady?: boolean
  close: () => void
  save: (document: string) => Promise<void>
}

/** The document, what follows, and the button; a refusal is shown here. */
export function DocumentForm({ children, isReady = true, close, save }: DocumentFormProps) {
  const t = useT(calendarWords)
  const [document, setDocument] = useState('')
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const mayRun = isReady && document.trim().length >= 2
  const run = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await save(document.trim())
      close()
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  return (
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (mayRun && !isBusy) void run() // `run` shows its own refusal
      }}
    >
      {children}
      <Field label={t('document')} hint={t('documentHint')} isRequired>
        {(control) => (
          <input {...control} className="bf-input" maxLength={400} value={document} onChange={(event) => setDocument(event.target.value)} />
        )}
      </Field>
      <p className="bf-quiet">{t('effect')}</p>
      <Problem error={error} />
      <div className="bf-dialog-actions">
        <Button type="primary" htmlType="submit" loading={isBusy} disabled={!mayRun}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
