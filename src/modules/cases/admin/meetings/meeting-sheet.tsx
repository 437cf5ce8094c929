import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { download, upload, write } from '#kernel/browser/api/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { Meeting } from '../../rules/meetings/meeting-records.ts'
import { meetingWords } from './meeting-screen-words.ts'

/** Minutes and sheet: printed filled, signed, photographed back; the phone offers its camera. */
export function MeetingSheet({ meeting }: { meeting: Meeting }) {
  const t = useT(meetingWords)
  const mayPrint = useMay('cases.paper:read')
  const [error, setError] = useState<unknown>()
  const [isAsked, setAsked] = useState(false)
  const { meetingId, sheetAttachmentId, can } = meeting
  const isHeld = meeting.state !== 'called'
  const print = (format: 'pdf' | 'docx') => {
    setError(undefined)
    download(`/cases/meetings/${meetingId}/paper`, { format }).catch(setError)
  }
  if (meeting.state === 'dropped') return null
  return (
    <Section title={t('sheet')}>
      <div className="bf-stack">
        {sheetAttachmentId === null && isHeld ? <Notice kind="warning">{t('sheetNext')}</Notice> : null}
        <div className="bf-row">
          {mayPrint ? <Button onClick={() => print('pdf')}>{t('print')}</Button> : null}
          {mayPrint ? <Button onClick={() => print('docx')}>{t('printWord')}</Button> : null}
          {can.addSheet && isHeld && sheetAttachmentId === null ? <SendSheet meetingId={meetingId} failed={setError} /> : null}
          {sheetAttachmentId === null ? null : (
            <Button onClick={() => void download(`/cases/attachments/${sheetAttachmentId}`).catch(setError)}>{t('sheetLook')}</Button>
          )}
          {sheetAttachmentId !== null && can.addSheet ? <Button onClick={() => setAsked(true)}>{t('sheetWithdraw')}</Button> : null}
        </div>
        <Problem error={error} />
      </div>
      <ConfirmDialog
        isOpen={isAsked}
        title={t('sheetWithdraw')}
        confirmText={t('sheetWithdraw')}
        isDangerous
        reason={{ label: t('sheetWithdrawReason'), minLength: 2 }}
        confirm={async (reason) => {
          await write('POST', `/cases/attachments/${sheetAttachmentId ?? ''}/withdraw`, { reason })
        }}
        close={() => setAsked(false)}
      >
        {t('sheetWithdrawAsk')}
      </ConfirmDialog>
    </Section>
  )
}

function SendSheet({ meetingId, failed }: { meetingId: string; failed: (error: unknown) => void }) {
  const t = useT(meetingWords)
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [isSending, setSending] = useState(false)
  const send = async (file: File) => {
    failed(undefined)
    setSending(true)
    try {
      await upload(`/cases/meetings/${meetingId}/attachments`, file)
      await queries.invalidateQueries({ queryKey: ['cases'] })
    } catch (fault) {
      failed(fault)
    }
    setSending(false)
  }
  return (
    <>
      <Button type="primary" loading={isSending} onClick={() => input.current?.click()}>
        {t('sheetSend')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('sheetSend')}
        accept="image/jpeg,image/png,application/pdf"
        onChange={(event) => {
          const [file] = Array.from(event.target.files ?? [])
          event.target.value = '' // the same file can be chosen again
          if (file !== undefined) void send(file) // shows its own refusal
        }}
      />
    </>
  )
}
