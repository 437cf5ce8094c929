import { useLanguage } from '#ui/words/use-t.ts'
import type { Field } from '../rules/template.ts'
import { isWide } from './designer-kinds.ts'
import { FieldInput } from './form-input.tsx'
import type { RecordForm } from './form-state.ts'

/** The fields of a record in their order, two to a line; those that are not to be shown now are left out. */
export function FormFields({ form, fields = form.open.template.fields }: { form: RecordForm; fields?: readonly Field[] }) {
  return (
    <div className="ledger-form">
      {fields
        .filter((field) => !form.hidden.has(field.key))
        .map((field) => (
          <div key={field.key} className={isWide(field) ? 'ledger-wide' : undefined}>
            <FieldInput field={field} form={form} />
          </div>
        ))}
    </div>
  )
}

/** What is wrong with the record as a whole: checks that hold over several fields. */
export function WholeProblems({ form }: { form: RecordForm }) {
  const language = useLanguage()
  const whole = form.problems.filter(({ field }) => field === undefined || !form.open.fields.has(field))
  if (whole.length === 0) return null
  return (
    <div role="alert">
      <ul className="ledger-lines">
        {whole.map(({ said, level }) => (
          <li key={said.zh} className={level === 'refuse' ? 'bf-problem' : 'bf-doubt'}>
            {level === 'refuse' ? '▲' : '◆'} {said[language]}
          </li>
        ))}
      </ul>
    </div>
  )
}
