import { useId } from 'react'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { Field } from '../rules/template.ts'
import { formWords } from './form-words.ts'

interface ChoiceProps {
  field: Field
  value: unknown
  change: (value: unknown) => void
}

/** A few answers side by side; pressing the chosen one again takes it away. */
export function AsRadios({ field, value, change }: ChoiceProps) {
  const t = useT(formWords)
  const language = useLanguage()
  const name = useId()
  const choices: { key: unknown; label: string }[] =
    field.kind === 'yes-no'
      ? [
          { key: true, label: t('yes') },
          { key: false, label: t('no') },
        ]
      : (field.choices ?? []).map((choice) => ({ key: choice.key, label: choice.name[language] }))
  return (
    <div className="ledger-options">
      {choices.map(({ key, label }) => (
        <label key={label}>
          <input
            type="radio"
            name={name}
            checked={value === key}
            onChange={() => change(key)}
            onClick={() => value === key && field.required !== true && change(null)}
          />{' '}
          {label}
        </label>
      ))}
    </div>
  )
}

/** Answers of which several may hold. */
export function AsChecks({ field, value, change }: ChoiceProps) {
  const language = useLanguage()
  const chosen: unknown[] = Array.isArray(value) ? value : []
  return (
    <div className="ledger-options">
      {(field.choices ?? []).map(({ key, name }) => (
        <label key={key}>
          <input
            type="checkbox"
            checked={chosen.includes(key)}
            onChange={() => change(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])}
          />{' '}
          {name[language]}
        </label>
      ))}
    </div>
  )
}
