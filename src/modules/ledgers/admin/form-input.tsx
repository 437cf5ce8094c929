import { Field as Labelled } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isFiles } from '../rules/field-kinds.ts'
import { isBrought, isWorkedOut } from '../rules/template-brought.ts'
import type { Field } from '../rules/template.ts'
import { AsChecks, AsRadios } from './form-choice.tsx'
import { FilesInput } from './form-files.tsx'
import { formWords } from './form-words.ts'
import { nameOf } from './form-parts.ts'
import { PlaceInput } from './form-place.tsx'
import { SignatureInput } from './form-signature.tsx'
import type { RecordForm } from './form-state.ts'
import { TableInput } from './form-table.tsx'
import { PlainInput } from './plain-input.tsx'
import { textOf } from './value-text.ts'

/** One field of the form with its label, its help and what is wrong with it. */
export function FieldInput({ field, form }: { field: Field; form: RecordForm }) {
  const t = useT(formWords)
  const language = useLanguage()
  const said = form.problemsOf(field.key).map((problem) => problem.said[language])
  const standing = form.values[field.key]
  const isKept = field.sensitive === true && typeof standing === 'object' && standing !== null && 'masked' in standing
  const hint = [field.help?.[language], isKept ? t('sensitiveKept', { masked: standing.masked }) : undefined]
    .filter((part) => part !== undefined)
    .join(' ')
  const shared = {
    label: nameOf(field, language),
    hint: hint === '' ? undefined : hint,
    problem: said.length === 0 ? undefined : said.join('；'),
  }
  const isRequired = field.required === true
  if (isWorkedOut(field))
    return (
      <div className="bf-field">
        <span className="ledger-label">
          {shared.label} <span className="bf-quiet">· {t(kindOf(field))}</span>
        </span>
        <output className={`ledger-computed bf-figures${isBrought(field) && form.isLate ? ' bf-quiet' : ''}`}>
          {textOf(field, standing, language) || '—'}
        </output>
        {shared.problem === undefined ? null : <span className="bf-problem">{shared.problem}</span>}
      </div>
    )
  const input = { field, value: form.entered[field.key], change: (value: unknown) => form.set(field.key, value) }
  if (isGroup(field)) return <GroupInput {...input} {...shared} isRequired={isRequired} form={form} />
  return (
    <Labelled {...shared} isRequired={isRequired}>
      {(control) => <PlainInput {...input} control={control} />}
    </Labelled>
  )
}

/** How a value comes about that nobody enters. */
const kindOf = (field: Field) => (field.gathers !== undefined ? 'gathered' : field.decides !== undefined ? 'decided' : 'computed')

/** Fields of several controls have a legend instead of a label. */
function isGroup(field: Field): boolean {
  return (
    isFiles(field.kind) ||
    ['choices', 'yes-no', 'place', 'table'].includes(field.kind) ||
    (field.kind === 'choice' && (field.choices?.length ?? 0) <= 5)
  )
}

interface GroupProps {
  field: Field
  value: unknown
  change: (value: unknown) => void
  label: string
  hint: string | undefined
  problem: string | undefined
  isRequired: boolean
  form: RecordForm
}

function GroupInput({ field, value, change, label, hint, problem, isRequired, form }: GroupProps) {
  return (
    <fieldset className="ledger-group" aria-invalid={problem === undefined ? undefined : true}>
      <legend>
        {label}
        {isRequired ? (
          <span className="bf-required" aria-hidden="true">
            {' '}
            *
          </span>
        ) : null}
      </legend>
      {hint === undefined ? null : <span className="bf-hint">{hint}</span>}
      {groupBody({ field, value, change, form })}
      {problem === undefined ? null : <span className="bf-problem">{problem}</span>}
    </fieldset>
  )
}

function groupBody({ field, value, change, form }: Pick<GroupProps, 'field' | 'value' | 'change' | 'form'>) {
  if (field.kind === 'choice' || field.kind === 'yes-no') return <AsRadios field={field} value={value} change={change} />
  if (field.kind === 'choices') return <AsChecks field={field} value={value} change={change} />
  if (field.kind === 'place') return <PlaceInput value={value} change={change} />
  if (field.kind === 'table') return <TableInput field={field} value={value} change={change} form={form} />
  const files = {
    field,
    kept: form.values[field.key] ?? null,
    waiting: form.waiting[field.key] ?? [],
    change: (list: readonly File[]) => form.setWaiting(field.key, list),
  }
  return field.kind === 'signature' ? <SignatureInput {...files} /> : <FilesInput {...files} />
}
