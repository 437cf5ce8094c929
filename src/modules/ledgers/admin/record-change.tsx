import { Button } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { dayOf } from '#kernel/pure/time/index.ts'
import { isApiError, upload, write } from '#kernel/browser/api/index.ts'
import { Notice } from '#ui/feedback/faces.tsx'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useLeaveGuard } from '#ui/plug/leave-guard.ts'
import { uiWords } from '#ui/words/ui-words.ts'
import { useT } from '#ui/words/use-t.ts'
import { openTemplate } from '../rules/open-template.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { Book, RecordRecord } from '../rules/records.ts'
import { useRecordForm, type Waiting } from './form-state.ts'
import { FormFields, WholeProblems } from './form-view.tsx'
import { formWords } from './form-words.ts'
import { problemsOf, Refusal } from './record-move.tsx'

/** Uploads what waits, one after the other; hands back what did not go up. */
export async function uploadWaiting(path: string, waiting: Waiting): Promise<{ name: string; error: unknown }[]> {
  const failed: { name: string; error: unknown }[] = []
  for (const [key, files] of Object.entries(waiting))
    for (const file of files) {
      try {
        await upload(`${path}/fields/${key}/files`, file)
      } catch (error) {
        failed.push({ name: file.name, error }) // told by name; the record is saved
      }
    }
  return failed
}

/** Ctrl+Enter anywhere on the page does what the main button does. */
export function useSubmitKey(submit: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
      event.preventDefault()
      submit()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })
}

/** The form of a record that stands: only what was changed is sent. */
export function ChangeRecordForm({ book, record, close }: { book: Book; record: RecordRecord; close: () => void }) {
  const t = useT(formWords)
  const ui = useT(uiWords)
  const { template, version } = record
  const open = useMemo(() => openTemplate(template, version, book.keys), [template, version, book.keys])
  const form = useRecordForm({
    open,
    values: record.values,
    state: record.state,
    madeOn: dayOf(Date.parse(record.madeAt)),
    of: { recordId: record.recordId },
  })
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  useLeaveGuard(form.isTouched && !isBusy, { question: t('leave'), same: [] })
  const save = async () => {
    form.tryToSave()
    if (form.isRefused || isBusy) return
    setBusy(true)
    setError(undefined)
    const path = ledgerPaths.record(book.templateKey, record.recordId)
    const body = { revision: record.revision, values: form.changes, ...(reason.trim().length > 1 ? { reason: reason.trim() } : {}) }
    try {
      if (Object.keys(form.changes).length > 0) await write('PATCH', path, body)
      await uploadWaiting(path, form.waiting)
      close()
    } catch (fault) {
      form.refuse(problemsOf(fault))
      setError(fault)
      setBusy(false)
    }
  }
  useSubmitKey(() => void save() /* shows its own refusal */)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save() // shows its own refusal
      }}
    >
      <Section>
        <FormFields form={form} />
        <Labelled label={t('reason')}>
          {(control) => (
            <input {...control} className="bf-input" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Labelled>
        <WholeProblems form={form} />
        {isApiError(error) && error.status === 0 ? (
          <Notice kind="warning">{t('offline')}</Notice>
        ) : problemsOf(error).length > 0 ? null : (
          <Refusal error={error} />
        )}
      </Section>
      <div className="bf-page-actions">
        <Button onClick={close}>{ui('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
