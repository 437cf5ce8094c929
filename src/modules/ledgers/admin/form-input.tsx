import { AreaSelect } from '#modules/identity/admin/index.ts'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isLink, isFiles } from '../rules/field-kinds.ts'
import type { Column, Field } from '../rules/template.ts'
import { AsChecks, AsRadios } from './form-choice.tsx'
import { FilesInput } from './form-files.tsx'
import { formWords } from './form-words.ts'
import { LinkInput } from './form-link.tsx'
import { PlaceInput } from './form-place.tsx'
import { SignatureInput } from './form-signature.tsx'
import type { RecordForm } from './form-state.ts'
import { TableInput } from './form-table.tsx'
import { textOf } from './value-text.ts'

/** What a control gets from its label. */
export interface Control {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
}
export interface InputProps<Of extends Field | Column = Field | Column> {
  field: Of
  control: Control
  value: unknown
  change: (value: unknown) => void
}

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
  if (field.computed !== undefined)
    return (
      <div className="bf-field">
        <span className="ledger-label">
          {shared.label} <span className="bf-quiet">· {t('computed')}</span>
        </span>
        <output className="ledger-computed bf-figures">{textOf(field, standing, language) || '—'}</output>
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

/** `面积（亩）`: the unit stands with the name. */
export function nameOf(field: Field | Column, language: 'zh' | 'en'): string {
  const unit = field.kind === 'money' ? (language === 'zh' ? '元' : 'yuan') : field.unit
  const name = field.name[language]
  if (unit === undefined || unit === '' || field.kind === 'choice') return name
  return language === 'zh' ? `${name}（${unit}）` : `${name} (${unit})`
}

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

/** A control for one value; also in the cells of tables and in the dialogs of moves and bulk edits. */
export function PlainInput({ field, control, value, change }: InputProps) {
  const t = useT(formWords)
  const language = useLanguage()
  if (field.kind === 'area')
    return (
      <AreaSelect
        {...control}
        {...(field.level === undefined ? {} : { level: field.level })}
        value={idOf(value)}
        onChange={(id) => change(id === '' ? null : { id, name: '' })}
      />
    )
  if (isLink(field.kind)) return <LinkInput field={field} control={control} value={value} change={change} />
  const text = typeof value === 'string' ? value : ''
  const plain = {
    ...control,
    className: 'bf-input',
    value: text,
    onChange: (event: { target: { value: string } }) => change(event.target.value),
  }
  switch (field.kind) {
    case 'long-text':
      return <textarea {...plain} rows={3} maxLength={4000} />
    case 'number':
    case 'money':
      return <input {...plain} inputMode="decimal" maxLength={24} className="bf-input bf-figures" autoComplete="off" />
    case 'date':
      return <input {...plain} type="date" max="9999-12-31" />
    case 'month':
      return <input {...plain} type="month" max="9999-12" />
    case 'yes-no':
      return (
        <select
          {...plain}
          value={value === true ? 'true' : value === false ? 'false' : ''}
          onChange={(event) => change(event.target.value === '' ? null : event.target.value === 'true')}
        >
          <option value="">—</option>
          <option value="true">{t('yes')}</option>
          <option value="false">{t('no')}</option>
        </select>
      )
    case 'choice':
      return (
        <select {...plain}>
          <option value="">{t('choose')}</option>
          {field.choices?.map((choice) => (
            <option key={choice.key} value={choice.key}>
              {choice.name[language]}
            </option>
          ))}
        </select>
      )
    case 'text':
    case 'choices':
    case 'photo':
    case 'file':
    case 'signature':
    case 'place':
    case 'table':
      return <input {...plain} maxLength={200} autoComplete="off" />
  }
}

/** The id of a link that is chosen; '' while nothing is. */
export function idOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : ''
}

/** The name of a link that is chosen. */
export function linkName(value: unknown): string {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' ? value.name : ''
}
