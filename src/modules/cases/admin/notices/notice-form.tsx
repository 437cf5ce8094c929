import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { NoticeKind } from '../../rules/notices/notice-fields.ts'
import type { NoticeCandidate, NoticeCandidates, NoticeRecord } from '../../rules/notices/notice-records.ts'
import { Findings, NoticePaperView } from './notice-paper.tsx'
import { changeNotice, draftNotice, previewNotice, useLookAgain } from './notice-queries.ts'
import { noticeScreenWords } from './notice-screen-words.ts'

interface Choice {
  readonly isChosen: boolean
  readonly monitorKind: string
  readonly risk: string
}

interface NoticeFormProps {
  areaPath: string
  kind: NoticeKind
  candidates: NoticeCandidates
  /** The draft that is changed; its households stand among the candidates. */
  before?: NoticeRecord
  done: (noticeId: string) => void
}

/** Chooses households, words and days; shows the paper and what must not stand on it before anything is kept. */
export function NoticeForm({ areaPath, kind, candidates, before, done }: NoticeFormProps) {
  const t = useT(noticeScreenWords)
  const lookAgain = useLookAgain()
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>(() => firstChoices(candidates, before))
  const [title, setTitle] = useState(before?.title ?? candidates.title)
  const [note, setNote] = useState(before?.note ?? '')
  const [days, setDays] = useState(String(before?.days ?? candidates.days))
  const cases = candidates.items.flatMap(({ caseId }) => {
    const choice = choices[caseId]
    if (choice?.isChosen !== true) return []
    const words = {
      ...(choice.monitorKind === '' ? {} : { monitorKind: choice.monitorKind }),
      ...(choice.risk === '' ? {} : { risk: choice.risk }),
    }
    return [{ caseId, ...words }]
  })
  const written = { title: title.trim(), note: note.trim(), days: Number(days), cases }
  const preview = useMutation({ mutationFn: () => previewNotice({ areaPath, kind, ...written }) })
  const save = useMutation({
    mutationFn: () =>
      before === undefined
        ? draftNotice({ areaPath, kind, ...written })
        : changeNotice(before.noticeId, { revision: before.revision, ...written }),
    onSuccess: async (notice) => {
      await lookAgain()
      done(notice.noticeId)
    },
  })
  const isReady = cases.length > 0 && title.trim().length >= 2
  const shown = useRef<HTMLDivElement>(null)
  useEffect(() => {
    shown.current?.scrollIntoView({ block: 'start' }) // newer browsers answer with a promise, which is no clean-up
  }, [preview.data])
  return (
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) save.mutate()
      }}
    >
      <Section title={t('choose')}>
        <Choices
          candidates={candidates}
          choices={choices}
          change={(caseId, choice) => setChoices((all) => ({ ...all, [caseId]: choice }))}
        />
      </Section>
      <Section>
        <Field label={t('heading')} isRequired>
          {(control) => (
            <input {...control} className="bf-input" maxLength={60} value={title} onChange={(event) => setTitle(event.target.value)} />
          )}
        </Field>
        <Field label={t('noteLabel')}>
          {(control) => (
            <textarea
              {...control}
              className="bf-input"
              rows={3}
              maxLength={600}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('days')} hint={t('daysHint', { n: candidates.days })} isRequired>
          {(control) => (
            <input
              {...control}
              className="bf-input"
              type="number"
              min={candidates.days}
              max={60}
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          )}
        </Field>
      </Section>
      {preview.data === undefined ? null : (
        <div ref={shown}>
          <Section title={t('paper')}>
            <Findings findings={preview.data.findings} />
            <NoticePaperView paper={preview.data.paper} qr={null} />
          </Section>
        </div>
      )}
      <Problem error={preview.error ?? save.error} />
      <div className="bf-page-actions">
        {before === undefined ? (
          <Button disabled={!isReady} loading={preview.isPending} onClick={() => preview.mutate()}>
            {t('refresh')}
          </Button>
        ) : null}
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

function firstChoices(candidates: NoticeCandidates, before: NoticeRecord | undefined): Record<string, Choice> {
  const lines = new Map(before?.lines.map((line) => [line.caseId, line]))
  return Object.fromEntries(
    candidates.items.map((one) => {
      const line = lines.get(one.caseId)
      const known = line ?? one
      return [
        one.caseId,
        { isChosen: before === undefined || line !== undefined, monitorKind: known.monitorKind ?? '', risk: known.risk ?? '' },
      ]
    }),
  )
}

function Choices(props: {
  candidates: NoticeCandidates
  choices: Readonly<Record<string, Choice>>
  change: (caseId: string, choice: Choice) => void
}) {
  const { candidates, choices, change } = props
  const t = useT(noticeScreenWords)
  if (candidates.items.length === 0) return <p className="bf-quiet">{t('noneWaiting')}</p>
  return (
    <table className="notice-choice">
      <thead>
        <tr>
          <th scope="col">{t('head')}</th>
          <th scope="col">{t('group')}</th>
          <th scope="col">{t('monitorKind')}</th>
          <th scope="col">{t('risk')}</th>
        </tr>
      </thead>
      <tbody>
        {candidates.items.map((one) => {
          const choice = choices[one.caseId] ?? { isChosen: false, monitorKind: '', risk: '' }
          return <ChoiceRow key={one.caseId} one={one} all={candidates} choice={choice} change={(next) => change(one.caseId, next)} />
        })}
      </tbody>
    </table>
  )
}

function ChoiceRow(props: { one: NoticeCandidate; all: NoticeCandidates; choice: Choice; change: (choice: Choice) => void }) {
  const { one, all, choice, change } = props
  const t = useT(noticeScreenWords)
  const name = one.headName ?? one.householdNo
  const select = (label: string, value: string, words: readonly string[], set: (value: string) => void) => (
    <select className="bf-input" aria-label={`${name} ${label}`} value={value} onChange={(event) => set(event.target.value)}>
      <option value="">{t('notChosen')}</option>
      {words.map((word) => (
        <option key={word} value={word}>
          {word}
        </option>
      ))}
    </select>
  )
  return (
    <tr>
      <th scope="row">
        <label>
          <input type="checkbox" checked={choice.isChosen} onChange={(event) => change({ ...choice, isChosen: event.target.checked })} />
          {name}
        </label>{' '}
        <span className="bf-source">{`${t('members', { n: one.members })} · ${one.caseNo}`}</span>
      </th>
      <td>{one.group ?? '—'}</td>
      <td>{select(t('monitorKind'), choice.monitorKind, all.kinds, (monitorKind) => change({ ...choice, monitorKind }))}</td>
      <td>{select(t('risk'), choice.risk, all.risks, (risk) => change({ ...choice, risk }))}</td>
    </tr>
  )
}
