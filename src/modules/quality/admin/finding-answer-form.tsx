import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { ChoiceCards } from '#ui/forms/choice-cards.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSending } from '#ui/forms/use-sending.ts'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { AnswerFinding } from '../contract.ts'
import { findingAnswers, type FindingAnswer } from '../rules/finding-states.ts'
import type { FindingFile } from '../rules/worklist-records.ts'
import { qualityWords } from './quality-words.ts'

/** Mended in the national system, or right as it is with a reason for the county. Fits 360 px. */
export function FindingAnswerForm({ finding, done }: { finding: FindingFile; done: () => void }) {
  const t = useT(qualityWords)
  const [answer, setAnswer] = useState<FindingAnswer>()
  const [note, setNote] = useState('')
  const [isWhole, setWhole] = useState(false)
  const choices = findingAnswers.map((key) => ({ key, label: t(`choice.${key}`), hint: t(`hint.${key}`) }))
  const isRight = answer === 'right-as-is'
  const isReady = answer !== undefined && (!isRight || note.trim().length >= 4)
  const { error, isBusy, submit, onSubmit } = useSending(async () => {
    if (answer === undefined || !isReady) return
    await write('POST', `/quality/findings/${finding.findingId}/answer`, inputOf({ finding, answer, note: note.trim(), isWhole }))
    done()
  })
  return (
    <Section title={t('answerTitle')}>
      <form className="bf-stack" onSubmit={onSubmit}>
        <ChoiceCards legend={t('answerWhole')} choices={choices} chosen={answer} choose={setAnswer} />
        {answer === undefined ? null : (
          <Field label={t(isRight ? 'reason' : 'note')} isRequired={isRight}>
            {(control) => (
              <textarea
                {...control}
                className="bf-input"
                rows={2}
                maxLength={200}
                value={note}
                onChange={(event) => setNote(event.target.value)}
                onKeyDown={(event) => event.key === 'Enter' && event.ctrlKey && void submit() /* keeps its own refusal */}
              />
            )}
          </Field>
        )}
        {isRight && finding.household !== null ? (
          <label className="bf-check">
            <input type="checkbox" checked={isWhole} onChange={(event) => setWhole(event.target.checked)} />
            {t('wholeHousehold')}
          </label>
        ) : null}
        <Problem error={error} />
        <div className="bf-row">
          <Button className="quality-wide" type="primary" htmlType="submit" disabled={!isReady} loading={isBusy}>
            {t('submit')}
          </Button>
          <span className="bf-quiet quality-keys">{t('submitKeys')}</span>
        </div>
      </form>
    </Section>
  )
}

function inputOf(given: { finding: FindingFile; answer: FindingAnswer; note: string; isWhole: boolean }): AnswerFinding {
  const { finding, answer, note, isWhole } = given
  const { revision } = finding
  if (answer === 'fixed-elsewhere') return { revision, answer, ...(note === '' ? {} : { note }) }
  return { revision, answer, reason: note, covers: isWhole ? 'household' : 'finding' }
}
