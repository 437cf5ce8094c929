import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { usePageParam } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { ObjectionRecord } from '../../rules/notices/notice-records.ts'
import { noticeStateWords } from '../../rules/notices/notice-state-words.ts'
import { consequenceWords } from '../../rules/notices/objection-consequence-words.ts'
import { answerObjection, checkObjection, useLookAgain, useObjection } from './notice-queries.ts'
import { noticeScreenWords } from './notice-screen-words.ts'
import { NoticeStyles } from './notice-styles.tsx'
import { objectionLevels } from './objection-list-page.tsx'
import { Recheck } from './objection-recheck.tsx'

/** One objection: what was said, against whom, what was found, and the answer. */
export function ObjectionPage() {
  const t = useT(noticeScreenWords)
  const say = useSay()
  const objection = useObjection(usePageParam('objectionId'))
  const found = objection.data
  return (
    <PageFrame
      title={`${t('objectionsTitle')} ${found?.objectionNo ?? ''}`.trim()}
      extra={found === undefined ? null : <StatusTag level={objectionLevels[found.state]} text={say(noticeStateWords[found.state])} />}
    >
      <NoticeStyles />
      <Loaded query={objection} lines={8}>
        {(one) => <Whole key={`${one.objectionId} ${String(one.revision)}`} objection={one} />}
      </Loaded>
    </PageFrame>
  )
}

function Whole({ objection }: { objection: ObjectionRecord }) {
  const t = useT(noticeScreenWords)
  const say = useSay()
  const { text, finding, answer } = objection
  return (
    <div className="bf-stack">
      <Section>
        <p>
          <PageLink to={`/cases/notices/${objection.noticeId}`}>{t('toNotice', { no: objection.noticeNo })}</PageLink> {objection.title}
        </p>
        <DescriptionList
          items={[
            { key: 'about', label: t('about'), value: objection.headName ?? t('wholeNotice') },
            { key: 'who', label: t('who'), value: objection.name ?? t('anonymous') },
            { key: 'contact', label: t('contact'), value: objection.contact ?? undefined },
            { key: 'received', label: t('received'), value: `${objection.receivedOn} ${say(noticeStateWords[objection.source])}` },
            { key: 'due', label: t('due'), value: `${objection.dueOn} ${objection.isOverdue ? t('overdue') : ''}`.trim() },
            { key: 'checker', label: t('checker'), value: objection.checkerName ?? undefined },
          ]}
        />
        <h2>{t('words')}</h2>
        <p className="notice-words">{text}</p>
        <p className="bf-source">
          {t('progress')} {objection.receiptPath}
        </p>
      </Section>
      {objection.can.check ? <Check objection={objection} /> : null}
      {finding !== null && !objection.can.check ? (
        <Section title={t('finding')}>
          <p className="notice-words">{finding}</p>
        </Section>
      ) : null}
      {objection.can.answer ? <Answer objection={objection} /> : null}
      {answer === null ? null : (
        <Section title={t('answered', { name: objection.answeredName ?? '' })}>
          <p className="notice-words">{answer}</p>
          {objection.consequence === null ? null : <p>{t('consequence', { what: say(consequenceWords[objection.consequence]) })}</p>}
        </Section>
      )}
      {objection.recheck === null ? null : <Recheck objection={objection} recheck={objection.recheck} />}
    </div>
  )
}

function Check({ objection }: { objection: ObjectionRecord }) {
  const t = useT(noticeScreenWords)
  const lookAgain = useLookAgain()
  const { objectionId, revision, lines } = objection
  const [caseId, setCase] = useState(objection.caseId ?? '')
  const [finding, setFinding] = useState(objection.finding ?? '')
  const save = useMutation({
    mutationFn: () => checkObjection(objectionId, { revision, caseId: caseId === '' ? null : caseId, finding: finding.trim() }),
    onSuccess: lookAgain,
  })
  return (
    <Section title={t('check')}>
      <form
        className="bf-stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (finding.trim().length >= 5) save.mutate()
        }}
      >
        <Field label={t('about')}>
          {(control) => (
            <select {...control} className="bf-input" value={caseId} onChange={(event) => setCase(event.target.value)}>
              <option value="">{t('wholeNotice')}</option>
              {lines.map((line) => (
                <option key={line.caseId} value={line.caseId}>
                  {`${String(line.lineNo)} ${line.headName}`}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('finding')} isRequired>
          {(control) => (
            <textarea
              {...control}
              className="bf-input"
              rows={4}
              maxLength={1000}
              value={finding}
              onChange={(event) => setFinding(event.target.value)}
            />
          )}
        </Field>
        <Problem error={save.error} />
        <div className="bf-dialog-actions">
          <Button htmlType="submit" disabled={finding.trim().length < 5} loading={save.isPending}>
            {t('saveFinding')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function Answer({ objection }: { objection: ObjectionRecord }) {
  const t = useT(noticeScreenWords)
  const lookAgain = useLookAgain()
  const { objectionId, revision } = objection
  const [answer, setAnswer] = useState('')
  const send = useMutation({
    mutationFn: (verdict: 'upheld' | 'rejected') => answerObjection(objectionId, { revision, verdict, answer: answer.trim() }),
    onSuccess: lookAgain,
  })
  const isReady = answer.trim().length >= 5
  return (
    <Section title={t('answerTitle')}>
      <Field label={t('answer')} isRequired>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={4}
            maxLength={1000}
            value={answer}
            onChange={(event) => setAnswer(event.target.value)}
          />
        )}
      </Field>
      <p className="bf-source">{t('upholdLeads')}</p>
      <Problem error={send.error} />
      <div className="bf-dialog-actions">
        <Button disabled={!isReady || objection.caseId === null} loading={send.isPending} onClick={() => send.mutate('upheld')}>
          {t('uphold')}
        </Button>
        <Button type="primary" disabled={!isReady} loading={send.isPending} onClick={() => send.mutate('rejected')}>
          {t('reject')}
        </Button>
      </div>
    </Section>
  )
}
