import { AreaSelect } from '#modules/identity/admin/index.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isLink } from '../rules/field-kinds.ts'
import { LinkInput } from './form-link.tsx'
import { idOf, type InputProps } from './form-parts.ts'
import { formWords } from './form-words.ts'

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
