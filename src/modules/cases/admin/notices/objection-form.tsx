import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { NoticeRecord } from '../../rules/notices/notice-records.ts'
import { objectionSources, type ObjectionSource } from '../../rules/notices/notice-states.ts'
import { noticeStateWords } from '../../rules/notices/notice-state-words.ts'
import { recordObjection, useLookAgain } from './notice-queries.ts'
import { noticeScreenWords } from './notice-screen-words.ts'

const entered = objectionSources.filter((source) => source !== 'page')

/** Notes what somebody came, rang or wrote to say. */
export function ObjectionForm({ notice, close }: { notice: NoticeRecord; close: () => void }) {
  const t = useT(noticeScreenWords)
  const say = useSay()
  const lookAgain = useLookAgain()
  const [source, setSource] = useState<Exclude<ObjectionSource, 'page'>>('walk-in')
  const [caseId, setCase] = useState('')
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const send = useMutation({
    mutationFn: () => recordObjection({ noticeId: notice.noticeId, source, text, name, phone, ...(caseId === '' ? {} : { caseId }) }),
    onSuccess: async () => {
      await lookAgain()
      close()
    },
  })
  const standing = notice.lines.filter((line) => line.struckOn === null)
  return (
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim().length >= 5) send.mutate()
      }}
    >
      <Field label={t('source')} isRequired>
        {(control) => (
          <select
            {...control}
            className="bf-input"
            value={source}
            onChange={(event) => setSource(entered.find((one) => one === event.target.value) ?? 'walk-in')}
          >
            {entered.map((one) => (
              <option key={one} value={one}>
                {say(noticeStateWords[one])}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('about')}>
        {(control) => (
          <select {...control} className="bf-input" value={caseId} onChange={(event) => setCase(event.target.value)}>
            <option value="">{t('wholeNotice')}</option>
            {standing.map((line) => (
              <option key={line.caseId} value={line.caseId}>
                {`${String(line.lineNo)} ${line.shown['户主姓名'] ?? line.caseNo}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('words')} isRequired>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={4}
            maxLength={1000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('who')}>
        {(control) => (
          <input {...control} className="bf-input" maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label={t('contact')}>
        {(control) => (
          <input
            {...control}
            className="bf-input"
            type="tel"
            maxLength={30}
            value={phone}
            onChange={(event) => setPhone(event.target.value)}
          />
        )}
      </Field>
      <Problem error={send.error} />
      <div className="bf-dialog-actions">
        <Button onClick={close}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={text.trim().length < 5} loading={send.isPending}>
          {t('object')}
        </Button>
      </div>
    </form>
  )
}
