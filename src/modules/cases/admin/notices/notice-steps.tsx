import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { FileDrop } from '#ui/forms/file-drop.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { NoticeRecord } from '../../rules/notices/notice-records.ts'
import { today } from '../case-visits.tsx'
import { addFile, stepNotice, useLookAgain, type NoticeStep } from './notice-queries.ts'
import { noticeScreenWords } from './notice-screen-words.ts'

type Asked = 'return' | 'release' | 'withdraw'

/** What may be done with a notice now; each asks what it needs. */
export function NoticeSteps({ notice, change, object }: { notice: NoticeRecord; change: () => void; object: () => void }) {
  const t = useT(noticeScreenWords)
  const lookAgain = useLookAgain()
  const [asked, setAsked] = useState<Asked>()
  const { can, noticeId, revision } = notice
  const act = async (step: NoticeStep, more: object = {}) => {
    await stepNotice(noticeId, step, { revision, ...more })
    await lookAgain()
  }
  const submit = useMutation({ mutationFn: () => act('submit') })
  return (
    <div className="bf-stack">
      <div className="notice-steps">
        {can.submit ? (
          <Button type="primary" disabled={notice.findings.length > 0} loading={submit.isPending} onClick={() => submit.mutate()}>
            {t('submit')}
          </Button>
        ) : null}
        {can.release ? (
          <Button type="primary" disabled={notice.findings.length > 0} onClick={() => setAsked('release')}>
            {t('release')}
          </Button>
        ) : null}
        {can.change ? <Button onClick={change}>{t('edit')}</Button> : null}
        {can.return ? <Button onClick={() => setAsked('return')}>{t('return')}</Button> : null}
        {can.object ? <Button onClick={object}>{t('object')}</Button> : null}
        {can.withdraw ? (
          <Button danger onClick={() => setAsked('withdraw')}>
            {t('withdraw')}
          </Button>
        ) : null}
      </div>
      {['released', 'posted', 'paused'].includes(notice.state) ? (
        <PageLink to={`/cases/notices/${noticeId}/print`}>{t('print')}</PageLink>
      ) : null}
      <Problem error={submit.error} />
      {can.post ? <Post notice={notice} act={act} /> : null}
      {can.addPhoto ? <AddFile noticeId={noticeId} purpose="photo" /> : null}
      {can.addEnclosure ? <AddFile noticeId={noticeId} purpose="enclosure" /> : null}
      <Asking asked={asked} notice={notice} act={act} close={() => setAsked(undefined)} />
    </div>
  )
}

type Act = (step: NoticeStep, more?: object) => Promise<void>

function Asking({ asked, notice, act, close }: { asked: Asked | undefined; notice: NoticeRecord; act: Act; close: () => void }) {
  const t = useT(noticeScreenWords)
  const reason = { label: t('reason'), minLength: 4 }
  return (
    <>
      <ConfirmDialog
        isOpen={asked === 'release'}
        title={t('release')}
        confirmText={t('release')}
        confirm={() => act('release')}
        close={close}
      >
        {t('releaseText')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'return'}
        title={t('return')}
        confirmText={t('return')}
        reason={reason}
        confirm={(why) => act('return', { reason: why })}
        close={close}
      >
        {notice.title}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'withdraw'}
        title={t('withdraw')}
        confirmText={t('withdraw')}
        isDangerous
        reason={reason}
        confirm={(why) => act('withdraw', { reason: why })}
        close={close}
      >
        {t('withdrawText', { n: notice.households })}
      </ConfirmDialog>
    </>
  )
}

function Post({ notice, act }: { notice: NoticeRecord; act: Act }) {
  const t = useT(noticeScreenWords)
  const [postedOn, setPostedOn] = useState(today)
  const post = useMutation({ mutationFn: () => act('post', { postedOn }) })
  return (
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        post.mutate()
      }}
    >
      <Field label={t('postedOn')} hint={t('postHint', { n: notice.days })} isRequired>
        {(control) => (
          <input {...control} className="bf-input" type="date" value={postedOn} onChange={(event) => setPostedOn(event.target.value)} />
        )}
      </Field>
      <Problem error={post.error} />
      <Button type="primary" htmlType="submit" disabled={postedOn === ''} loading={post.isPending}>
        {t('post')}
      </Button>
    </form>
  )
}

/** Photos of the board where it hangs; what goes out with a draft, looked through like its words. */
function AddFile({ noticeId, purpose }: { noticeId: string; purpose: 'photo' | 'enclosure' }) {
  const t = useT(noticeScreenWords)
  const lookAgain = useLookAgain()
  const send = useMutation({ mutationFn: (file: File) => addFile(noticeId, purpose, file), onSuccess: lookAgain })
  return (
    <div>
      <p className="bf-quiet">{t(`${purpose}Hint`)}</p>
      <FileDrop
        label={t(purpose === 'photo' ? 'addPhoto' : 'addEnclosure')}
        accept={purpose === 'photo' ? 'image/jpeg,image/png' : 'image/jpeg,image/png,application/pdf'}
        isDisabled={send.isPending}
        onFiles={([file]) => {
          if (file !== undefined) send.mutate(file)
        }}
      />
      <Problem error={send.error} />
    </div>
  )
}
