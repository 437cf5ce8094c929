import { useT } from '#ui/words/use-t.ts'
import { householdEventWords } from './household-event-screen-words.ts'

interface ChoiceProps {
  id: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}

/** One of a few, or of the villages of a county; nothing is chosen before somebody chooses. */
export function Choice({ value, options, onChange, ...control }: ChoiceProps) {
  const t = useT(householdEventWords)
  return (
    <select {...control} className="bf-input" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="" disabled>
        {t('choose')}
      </option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
