import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { ChoiceCards } from '#ui/forms/choice-cards.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { ObjectionRecheck, ObjectionRecord } from '../../rules/notices/notice-records.ts'
import { recheckWords } from '../../rules/notices/objection-consequence-words.ts'
import type { RecheckOutcome } from '../../rules/notices/objection-consequence.ts'
import { recheckObjection, useLookAgain } from './notice-queries.ts'
import { noticeScreenWords } from './notice-screen-words.ts'

/** The county looks once more at a case that was decided before an objection to it proved right. */
export function Recheck({ objection, recheck }: { objection: ObjectionRecord; recheck: ObjectionRecheck }) {
  const t = useT(noticeScreenWords)
  const say = useSay()
  const { outcome, dueOn, isOverdue, byName } = recheck
  return (
    <Section title={t('recheck')}>
      {objection.caseId === null ? null : (
        <p>
          <PageLink to={`/cases/files/${objection.caseId}`}>{t('toCase')}</PageLink>
        </p>
      )}
      {outcome === null ? (
        <p>
          <StatusTag level={isOverdue ? 'red' : 'amber'} text={t('recheckDue', { day: dueOn })} /> {isOverdue ? t('overdue') : ''}
        </p>
      ) : (
        <>
          <p>
            <StatusTag level={outcome === 'stands' ? 'grey' : 'green'} text={say(recheckWords[outcome])} /> {byName}
          </p>
          <p className="notice-words">{objection.recheckOpinion}</p>
        </>
      )}
      {objection.can.recheck.length === 0 ? null : <RecheckForm objection={objection} />}
    </Section>
  )
}

function RecheckForm({ objection }: { objection: ObjectionRecord }) {
  const t = useT(noticeScreenWords)
  const say = useSay()
  const lookAgain = useLookAgain()
  const { objectionId, revision, can } = objection
  const [outcome, setOutcome] = useState<RecheckOutcome>()
  const [opinion, setOpinion] = useState('')
  const send = useMutation({
    mutationFn: (chosen: RecheckOutcome) => recheckObjection(objectionId, { revision, outcome: chosen, opinion: opinion.trim() }),
    onSuccess: lookAgain,
  })
  const isReady = outcome !== undefined && opinion.trim().length >= 5
  return (
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) send.mutate(outcome)
      }}
    >
      <ChoiceCards
        legend={t('recheckOutcome')}
        chosen={outcome}
        choose={setOutcome}
        choices={can.recheck.map((key) => ({ key, label: say(recheckWords[key]), hint: t(`recheck.${key}`) }))}
      />
      <Field label={t('recheckOpinion')} isRequired>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={3}
            maxLength={1000}
            value={opinion}
            onChange={(event) => setOpinion(event.target.value)}
          />
        )}
      </Field>
      <Problem error={send.error} />
      <div className="bf-dialog-actions">
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={send.isPending}>
          {t('recheckSave')}
        </Button>
      </div>
    </form>
  )
}
