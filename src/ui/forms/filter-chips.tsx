import { uiWords } from '../words/ui-words.ts'
import { useT } from '../words/use-t.ts'

export interface FilterChip {
  readonly key: string
  /** The filter in words: 乡镇：青石镇. */
  readonly label: string
  readonly remove: () => void
}

/** The filters in force; each can be taken away, or all at once. */
export function FilterChips({ chips, clear }: { chips: readonly FilterChip[]; clear: () => void }) {
  const t = useT(uiWords)
  if (chips.length === 0) return null
  return (
    <div className="bf-chips">
      {chips.map(({ key, label, remove }) => (
        <button key={key} type="button" className="bf-chip" onClick={remove} aria-label={t('removeFilter', { label })}>
          {label} <span aria-hidden="true">✕</span>
        </button>
      ))}
      <button type="button" className="bf-link" onClick={clear}>
        {t('clearAll')}
      </button>
    </div>
  )
}

/** A row of choices of which one holds, such as 全部 · 逾期 · 今天到期; each a button with its state. */
export function ChoiceChips<const Key extends string>(props: {
  label: string
  choices: readonly { key: Key; label: string; count?: number }[]
  chosen: Key
  choose: (key: Key) => void
}) {
  const { label, choices, chosen, choose } = props
  return (
    <div className="bf-chips" role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.key}
          type="button"
          className={choice.key === chosen ? 'bf-chip bf-chip-on' : 'bf-chip'}
          aria-pressed={choice.key === chosen}
          onClick={() => choose(choice.key)}
        >
          {choice.label}
          {choice.count === undefined ? null : <span className="bf-figures"> {choice.count.toLocaleString('en')}</span>}
        </button>
      ))}
    </div>
  )
}
