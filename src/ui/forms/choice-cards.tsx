import { useId } from 'react'

interface ChoiceCardsProps<Key extends string> {
  legend: string
  choices: readonly { key: Key; label: string; hint: string }[]
  chosen: Key | undefined
  choose: (key: Key) => void
}

/** One of a few answers, each with a line that says what it means; the targets are large enough for a thumb. */
export function ChoiceCards<Key extends string>({ legend, choices, chosen, choose }: ChoiceCardsProps<Key>) {
  const id = useId()
  return (
    <fieldset className="bf-cards">
      <legend>{legend}</legend>
      {choices.map(({ key, label, hint }) => (
        <div key={key} className={key === chosen ? 'bf-card-choice bf-card-chosen' : 'bf-card-choice'}>
          <input
            type="radio"
            id={`${id}-${key}`}
            name={id}
            value={key}
            checked={key === chosen}
            aria-describedby={`${id}-${key}-hint`}
            onChange={() => choose(key)}
          />
          <label htmlFor={`${id}-${key}`}>{label}</label>
          <span id={`${id}-${key}-hint`} className="bf-source">
            {hint}
          </span>
        </div>
      ))}
    </fieldset>
  )
}
