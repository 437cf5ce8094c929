import { Modal } from 'antd'
import { useState } from 'react'
import { Notice } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import { readNotice } from '../rules/calendar-notice.ts'
import type { ChangeCalendar } from '../rules/calendar-records.ts'
import { DocumentForm } from './calendar-dialog.tsx'
import { calendarWords } from './calendar-words.ts'

interface NoticeDialogProps {
  isOpen: boolean
  year: number
  /** Days of the year that the county entered before; a whole year that does not name them takes them back. */
  own: readonly string[]
  close: () => void
  save: (change: ChangeCalendar) => Promise<void>
}

/** A year's notice pasted as it is: what was read stands below, with what does not add up, before it is saved. */
export function NoticeDialog({ isOpen, ...rest }: NoticeDialogProps) {
  const t = useT(calendarWords)
  return (
    <Modal open={isOpen} onCancel={rest.close} title={t('paste')} footer={null} destroyOnHidden width="44rem">
      <NoticeForm {...rest} />
    </Modal>
  )
}

function NoticeForm({ year, own, close, save }: Omit<NoticeDialogProps, 'isOpen'>) {
  const t = useT(calendarWords)
  const [text, setText] = useState('')
  const [isWhole, setWhole] = useState(true)
  const { days, doubts } = readNotice(text, year)
  const working = days.filter(({ works }) => works)
  const free = days.filter(({ works }) => !works)
  const named = new Set(days.map(({ day }) => day))
  const dropped = isWhole ? own.filter((day) => !named.has(day)) : []
  const outside = days.filter(({ day }) => !day.startsWith(String(year)))
  return (
    <DocumentForm
      close={close}
      isReady={days.length > 0}
      save={(document) =>
        save({
          document,
          days: [...days, ...dropped.map((day) => ({ day, works: null }))],
          years: isWhole ? [{ year, isKnown: true }] : [],
        })
      }
    >
      <Field label={t('noticeText')} hint={t('pasteHint')} isRequired>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={8}
            maxLength={20_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {text.trim() === '' ? null : days.length === 0 ? (
        <Notice kind="warning">{t('readNone')}</Notice>
      ) : (
        <Notice kind="info">
          <strong>{t('read', { free: free.length, working: working.length })}</strong>
          {outside.length === 0 ? null : ` ${t('otherYears', { n: outside.length, year: String(year) })}`}
          <span className="bf-source bf-figures">{`${t('free')}：${free.map(({ day }) => day.slice(5)).join(' ')}`}</span>
          <span className="bf-source bf-figures">{`${t('working')}：${working.map(({ day }) => day.slice(5)).join(' ')}`}</span>
        </Notice>
      )}
      {dropped.length === 0 || days.length === 0 ? null : <p className="bf-quiet">{t('dropped', { n: dropped.length })}</p>}
      {doubts.map(({ sentence, stated, found }) => (
        <Notice key={sentence} kind="warning">
          {t('doubt', { sentence, stated, found })}
        </Notice>
      ))}
      <label>
        <input type="checkbox" checked={isWhole} onChange={(event) => setWhole(event.target.checked)} />{' '}
        {t('declare', { year: String(year) })}
      </label>
    </DocumentForm>
  )
}
