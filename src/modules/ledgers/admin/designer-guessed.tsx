import { useT } from '#ui/words/use-t.ts'
import { fieldKinds } from '../rules/template.ts'
import { bothWords } from './designer-choices.ts'
import type { Draft } from './designer-draft.ts'
import type { GuessedField } from './designer-guess.ts'
import { designerWords } from './designer-words.ts'
import { kindWords } from './kind-words.ts'

/** Fields as they were recognised; each can be left out or be of another kind. */
export function GuessedFields({ fields, change }: { fields: readonly GuessedField[]; change: (fields: readonly GuessedField[]) => void }) {
  const t = useT(designerWords)
  const kinds = useT(kindWords)
  const put = (column: number, patch: Partial<GuessedField>) =>
    change(fields.map((field) => (field.column === column ? { ...field, ...patch } : field)))
  return (
    <ol className="ledger-fields">
      {fields.map((field) => (
        <li key={field.column} className="ledger-guess">
          <label className="bf-check">
            <input
              type="checkbox"
              aria-label={t('keepOf', { name: field.name })}
              checked={field.keep}
              onChange={(event) => put(field.column, { keep: event.target.checked })}
            />
            <strong>{field.name}</strong>
          </label>
          <select
            className="bf-input"
            aria-label={t('fieldKind', { name: field.name })}
            value={field.kind}
            disabled={!field.keep}
            onChange={(event) => {
              const kind = fieldKinds.find((one) => one === event.target.value)
              if (kind !== undefined)
                put(field.column, {
                  kind,
                  rest: kind === 'choice' || kind === 'choices' ? { choices: choicesOf(field) } : kind === 'number' ? { places: 2 } : {},
                })
            }}
          >
            {fieldKinds.map((kind) => (
              <option key={kind} value={kind}>
                {kinds(kind)}
              </option>
            ))}
          </select>
          <span className="bf-quiet ledger-samples">
            {[field.rest.unit ?? '', ...(field.rest.sensitive === true ? [t('secret')] : [field.samples.join('、')])]
              .filter((part) => part !== '')
              .join(' · ')}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** The values that were seen, as choices. */
function choicesOf(field: GuessedField): NonNullable<Draft['fields'][number]['choices']> {
  return field.rest.choices ?? field.samples.map((sample) => ({ key: sample.slice(0, 60), name: bothWords(sample.slice(0, 60)) }))
}
