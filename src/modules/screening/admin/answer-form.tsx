import { Button, Select } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { ChoiceCards } from '#ui/forms/choice-cards.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { AnswerLead, LeadAnswer } from '../contract.ts'
import type { LeadFile } from '../rules/lead-records.ts'
import { leadAnswers } from '../rules/lead-states.ts'
import { sayReason } from '../rules/lead-words.ts'
import { useRuleNames } from './lead-parts.tsx'
import { leadScreenWords } from './lead-screen-words.ts'
import { quickNotes } from './quick-notes.ts'

/** The answer of a visit: four choices, a reason in a tap or a few words, and each reason by itself where it differs. Fits 360 px. */
export function AnswerForm({ lead, done }: { lead: LeadFile; done: () => void }) {
  const t = useT(leadScreenWords)
  const [answer, setAnswer] = useState<LeadAnswer>()
  const [note, setNote] = useState('')
  const [single, setSingle] = useState<Readonly<Record<string, LeadAnswer>>>({})
  const others = lead.others.filter((other) => other.canAnswer).length
  // Not ticked by itself: the other months may have other reasons, and precision counts every answer.
  const [alsoOthers, setAlsoOthers] = useState(false)
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const choices = leadAnswers.map((key) => ({ key, label: t(`answer.${key}`), hint: t(`answerHint.${key}`) }))
  const isReady = answer !== undefined && note.trim().length >= 2 && !isBusy
  const submit = async () => {
    if (answer === undefined || !isReady) return
    setBusy(true)
    setError(undefined)
    const reasons = Object.entries(single).map(([leadReasonId, one]) => ({ leadReasonId, answer: one }))
    try {
      await write('POST', `/screening/leads/${lead.leadId}/answer`, {
        revision: lead.revision,
        answer,
        note: note.trim(),
        reasons,
        alsoOthers: others > 0 && alsoOthers,
      } satisfies AnswerLead)
      done()
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  return (
    <Section title={t('answerTitle')}>
      <form
        className="bf-stack"
        onSubmit={(event) => {
          event.preventDefault()
          void submit() // `submit` shows its own refusal
        }}
      >
        <ChoiceCards legend={t('answerWhole')} choices={choices} chosen={answer} choose={setAnswer} />
        {answer === undefined ? null : <SingleAnswers lead={lead} whole={answer} single={single} change={setSingle} />}
        <NoteField answer={answer} note={note} change={setNote} submit={() => void submit() /* shows its own refusal */} />
        {others === 0 ? null : (
          <label className="bf-check">
            <input type="checkbox" checked={alsoOthers} onChange={(event) => setAlsoOthers(event.target.checked)} />
            {t('alsoOthers', { n: others })}
          </label>
        )}
        <Problem error={error} />
        <div className="bf-row">
          <Button className="screening-wide" type="primary" htmlType="submit" disabled={!isReady} loading={isBusy}>
            {t('submitAnswer')}
          </Button>
          <span className="bf-quiet screening-keys">{t('answerKeys')}</span>
        </div>
      </form>
    </Section>
  )
}

interface SingleAnswersProps {
  lead: LeadFile
  whole: LeadAnswer
  single: Readonly<Record<string, LeadAnswer>>
  change: (single: Readonly<Record<string, LeadAnswer>>) => void
}

/** One line for each reason; only shown where there is more than one, because otherwise it says the same twice. */
function SingleAnswers({ lead, whole, single, change }: SingleAnswersProps) {
  const t = useT(leadScreenWords)
  const language = useLanguage()
  const names = useRuleNames()
  const open = lead.reasons.filter((reason) => !reason.rests)
  if (open.length < 2) return null
  return (
    <details>
      <summary>{t('eachReason')}</summary>
      <div className="bf-stack">
        {open.map((reason) => (
          <Field
            key={reason.leadReasonId}
            label={`${names.rule(reason.rule)}${reason.personName === null ? '' : ` · ${reason.personName}`}`}
            hint={sayReason(reason, lead.limits)[language]}
          >
            {(control) => (
              <Select
                {...control}
                value={single[reason.leadReasonId] ?? whole}
                onChange={(value) => change({ ...single, [reason.leadReasonId]: value })}
                options={leadAnswers.map((one) => ({ value: one, label: t(`answer.${one}`) }))}
              />
            )}
          </Field>
        ))}
      </div>
    </details>
  )
}

interface NoteFieldProps {
  answer: LeadAnswer | undefined
  note: string
  change: (note: string) => void
  submit: () => void
}

function NoteField({ answer, note, change, submit }: NoteFieldProps) {
  const t = useT(leadScreenWords)
  const language = useLanguage()
  const add = (phrase: string) => change(note.trim() === '' ? phrase : `${note.trim()}；${phrase}`)
  return (
    <>
      <Field label={t('noteLabel')} hint={t('noteHint')} isRequired>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={3}
            maxLength={500}
            value={note}
            onChange={(event) => change(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && event.ctrlKey && submit()}
          />
        )}
      </Field>
      {answer === undefined ? null : (
        <div className="bf-chips">
          {quickNotes[answer].map((phrase) => (
            <button key={phrase.en} type="button" className="bf-chip" onClick={() => add(phrase[language])}>
              {phrase[language]}
            </button>
          ))}
        </div>
      )}
    </>
  )
}
