import { Select } from 'antd'
import { ChoiceCards } from '#ui/forms/choice-cards.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CaseRecord, NextAction } from '../rules/case-records.ts'
import type { ActOnCase } from '../rules/case-requests.ts'
import { levelOf } from '../rules/case-seat.ts'
import { seatLevels, stepNames } from '../rules/case-steps.ts'
import { seatWords, stepWords } from '../rules/case-words.ts'
import type { AskedField } from './case-asks.ts'
import { caseScreenWords } from './case-screen-words.ts'

/** What stands in the form of an action. */
export type ActDraft = { readonly [Name in AskedField]?: Exclude<ActOnCase[Name], undefined> }

interface ActFieldProps {
  field: AskedField
  isRequired: boolean
  record: CaseRecord
  next: NextAction
  draft: ActDraft
  change: (change: ActDraft) => void
  /** Sentences that are often written here; a press takes one over. */
  phrases: readonly string[]
}

/** One field of an action's form. */
export function ActField(props: ActFieldProps) {
  const { field, record, next, draft, change } = props
  const t = useT(caseScreenWords)
  const say = useSay()
  const label = t(`field.${field}`)
  switch (field) {
    case 'opinion':
    case 'reason':
      return <TextField {...props} field={field} label={label} />
    case 'nationalNo':
    case 'referTo':
      return <LineField {...props} field={field} label={label} />
    case 'to':
      return (
        <ChoiceField
          {...{ label, value: draft.to, isRequired: props.isRequired }}
          choices={stepNames.filter((step) => next.to.includes(step)).map((step) => ({ value: step, label: say(stepWords[step]) }))}
          choose={(to) => change({ to })}
        />
      )
    case 'kind':
      return (
        <ChoiceField
          {...{ label, value: draft.kind, isRequired: props.isRequired }}
          choices={record.words.kinds.map((kind) => ({ value: kind, label: kind }))}
          choose={(kind) => change({ kind })}
        />
      )
    case 'toSeat':
      return (
        <ChoiceField
          {...{ label, value: draft.toSeat, isRequired: props.isRequired }}
          choices={seatLevels
            .filter((level) => level !== levelOf(record.file.heldBy))
            .map((level) => ({ value: level, label: say(seatWords[level]) }))}
          choose={(toSeat) => change({ toSeat })}
        />
      )
    case 'mode':
      return (
        <ChoiceCards
          legend={label}
          choices={(['helped', 'natural'] as const).map((key) => ({ key, label: t(`mode.${key}`), hint: t(`modeHint.${key}`) }))}
          chosen={draft.mode}
          choose={(mode) => change({ mode })}
        />
      )
    case 'risks':
      return <RiskField label={label} risks={record.words.risks} chosen={draft.risks ?? []} choose={(risks) => change({ risks })} />
  }
}

interface ChoiceFieldProps<Value extends string> {
  label: string
  value: Value | undefined
  isRequired: boolean
  choices: readonly { value: Value; label: string }[]
  choose: (value: Value) => void
}

function ChoiceField<Value extends string>({ label, value, isRequired, choices, choose }: ChoiceFieldProps<Value>) {
  const t = useT(caseScreenWords)
  return (
    <Field label={label} isRequired={isRequired}>
      {(control) => (
        <Select<Value>
          {...control}
          placeholder={t('chooseOne')}
          value={value ?? null}
          options={[...choices]}
          onChange={(chosen) => choose(chosen)}
        />
      )}
    </Field>
  )
}

type WrittenProps<Name extends AskedField> = Pick<ActFieldProps, 'isRequired' | 'draft' | 'change' | 'phrases'> & {
  field: Name
  label: string
}

function TextField({ field, label, isRequired, draft, change, phrases }: WrittenProps<'opinion' | 'reason'>) {
  const value = draft[field] ?? ''
  const add = (phrase: string) => change({ [field]: value.trim() === '' ? phrase : `${value.trim()}；${phrase}` })
  return (
    <div>
      <Field label={label} isRequired={isRequired}>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={2}
            maxLength={2000}
            value={value}
            onChange={(event) => change({ [field]: event.target.value })}
          />
        )}
      </Field>
      {phrases.length === 0 ? null : (
        <div className="bf-chips case-phrases">
          {phrases.map((phrase) => (
            <button key={phrase} type="button" className="bf-chip" onClick={() => add(phrase)}>
              {phrase}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

function LineField({ field, label, isRequired, draft, change }: WrittenProps<'nationalNo' | 'referTo'>) {
  return (
    <Field label={label} isRequired={isRequired}>
      {(control) => (
        <input
          {...control}
          className="bf-input"
          maxLength={field === 'nationalNo' ? 40 : 80}
          value={draft[field] ?? ''}
          onChange={(event) => change({ [field]: event.target.value })}
        />
      )}
    </Field>
  )
}

const mostRisks = 5

/** Kinds of risk in the order in which they are pressed; the first is the main one. */
function RiskField(props: { label: string; risks: readonly string[]; chosen: readonly string[]; choose: (risks: string[]) => void }) {
  const { label, risks, chosen, choose } = props
  const t = useT(caseScreenWords)
  const turn = (risk: string) => choose(chosen.includes(risk) ? chosen.filter((one) => one !== risk) : [...chosen, risk])
  return (
    <fieldset className="bf-choices">
      <legend>{label}</legend>
      <div className="bf-chips">
        {risks.map((risk) => {
          const at = chosen.indexOf(risk)
          return (
            <button
              key={risk}
              type="button"
              className={at < 0 ? 'bf-chip' : 'bf-chip bf-chip-on'}
              aria-pressed={at >= 0}
              disabled={at < 0 && chosen.length >= mostRisks}
              onClick={() => turn(risk)}
            >
              {at < 0 ? risk : `${at === 0 ? t('mainRisk') : at + 1} ${risk}`}
            </button>
          )
        })}
      </div>
    </fieldset>
  )
}
