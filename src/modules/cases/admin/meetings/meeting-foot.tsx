import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { Meeting } from '../../rules/meetings/meeting-records.ts'
import { closeMeeting, dropMeeting } from './meeting-queries.ts'
import { meetingWords } from './meeting-screen-words.ts'

/** Save, close, drop, correct: what may be done now. */
export function MeetingFoot({ meeting, isDirty, isSaving }: { meeting: Meeting; isDirty: boolean; isSaving: boolean }) {
  const t = useT(meetingWords)
  const go = useGo()
  const [asked, setAsked] = useState<'close' | 'drop'>()
  const { can, meetingId, revision } = meeting
  const close = () => setAsked(undefined)
  const isReady = can.close && !isDirty && meeting.missing.length === 0
  if (!can.enter && !can.correct) return null
  return (
    <div className="meeting-foot">
      {can.enter ? (
        <Button type={isReady ? 'default' : 'primary'} htmlType="submit" loading={isSaving} disabled={!isDirty}>
          {t('save')}
        </Button>
      ) : null}
      {can.enter ? (
        <Button type={isReady ? 'primary' : 'default'} disabled={!isReady} onClick={() => setAsked('close')}>
          {t('close')}
        </Button>
      ) : null}
      {can.drop ? <Button onClick={() => setAsked('drop')}>{t('drop')}</Button> : null}
      {can.correct ? (
        <Button onClick={() => go('/cases/meetings/new', { area: meeting.areaPath, kind: meeting.kind, corrects: meetingId })}>
          {t('correct')}
        </Button>
      ) : null}
      <ConfirmDialog
        isOpen={asked === 'close'}
        title={t('close')}
        confirmText={t('close')}
        confirm={async () => void (await closeMeeting(meetingId, revision))}
        close={close}
      >
        {t('closeAsk', { agreed: meeting.agreed, refused: meeting.refused, none: meeting.withoutQuorum })}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'drop'}
        title={t('drop')}
        confirmText={t('drop')}
        isDangerous
        reason={{ label: t('dropReason'), minLength: 2 }}
        confirm={async (reason) => void (await dropMeeting(meetingId, { revision, reason }))}
        close={close}
      >
        {t('dropAsk')}
      </ConfirmDialog>
    </div>
  )
}
