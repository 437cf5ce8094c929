import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { ChoiceCards } from '#ui/forms/choice-cards.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSending } from '#ui/forms/use-sending.ts'
import { useT } from '#ui/words/use-t.ts'
import type { CaseCheck, CheckSheet } from '../../rules/exits/check-records.ts'
import type { AnswerCheck, WithdrawCheck } from '../../rules/exits/check-requests.ts'
import { checkScreenWords } from './check-screen-words.ts'

const answers = ['does-not-speak-against', 'speaks-against'] as const

/** What was found, each with its written reason or the form for it. */
export function CheckFlags({ sheet }: { sheet: CheckSheet }) {
  const t = useT(checkScreenWords)
  const [asked, setAsked] = useState<CaseCheck>()
  const found = sheet.checks.filter(({ result, withdrawnReason }) => result === 'found' && withdrawnReason === null)
  if (found.length === 0) return null
  const nameOf = ({ personId }: CaseCheck) => sheet.members.find((one) => one.personId === personId)?.name ?? ''
  return (
    <div>
      <h3>{t('flags')}</h3>
      <ul className="check-flags">
        {found.map((check) => (
          <li key={check.caseCheckId}>
            <p className="bf-row">
              <strong>
                {nameOf(check)} · {check.department}
              </strong>
              <span>{[check.word, check.what].filter((part) => part !== null).join('：')}</span>
              {sheet.can.note ? (
                <Button size="small" onClick={() => setAsked(check)} aria-label={`${t('withdraw')} ${nameOf(check)} ${check.department}`}>
                  {t('withdraw')}
                </Button>
              ) : null}
            </p>
            {check.answer === null ? (
              sheet.can.note ? (
                <AnswerForm check={check} />
              ) : null
            ) : (
              <p>
                {t('answered', {
                  answer: t(`answer.${check.answer}`),
                  reason: check.answerReason ?? '',
                  by: check.answeredName ?? '',
                })}
              </p>
            )}
          </li>
        ))}
      </ul>
      {asked === undefined ? null : (
        <ConfirmDialog
          isOpen
          isDangerous
          title={t('withdrawTitle')}
          confirmText={t('withdraw')}
          reason={{ label: t('reason'), minLength: 2 }}
          confirm={async (reason) => {
            await write('POST', `/cases/checks/${asked.caseCheckId}/withdraw`, { reason } satisfies WithdrawCheck)
          }}
          close={() => setAsked(undefined)}
        >
          {t('withdrawNote', { department: asked.department, name: nameOf(asked) })}
        </ConfirmDialog>
      )}
    </div>
  )
}

function AnswerForm({ check }: { check: CaseCheck }) {
  const t = useT(checkScreenWords)
  const [answer, setAnswer] = useState<AnswerCheck['answer']>()
  const [reason, setReason] = useState('')
  const isReady = answer !== undefined && reason.trim().length >= 2
  const { error, isBusy, onSubmit } = useSending(async () => {
    if (answer === undefined || !isReady) return
    await write('POST', `/cases/checks/${check.caseCheckId}/answer`, { answer, reason: reason.trim() } satisfies AnswerCheck)
  })
  return (
    <form className="bf-stack" onSubmit={onSubmit}>
      <ChoiceCards
        legend={t('answer')}
        choices={answers.map((key) => ({ key, label: t(`answer.${key}`), hint: t(`answerHint.${key}`) }))}
        chosen={answer}
        choose={setAnswer}
      />
      <Field label={t('reason')} isRequired>
        {(control) => (
          <input {...control} className="bf-input" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      <Problem error={error} />
      <div className="bf-row">
        <Button htmlType="submit" disabled={!isReady} loading={isBusy}>
          {t('saveAnswer')}
        </Button>
      </div>
    </form>
  )
}
