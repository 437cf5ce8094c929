import { useState } from 'react'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { sayCell, showCell } from './cell-say.ts'
import { readCondition } from './cell-read.ts'
import { editorWords } from './editor-words.ts'
import { wordsOf, type TableColumn } from './table-columns.ts'

interface CellHelpProps {
  row: number
  isNew: boolean
  column: TableColumn
  /** What stands in the cell or is being typed, in FEEL. */
  feel: string
  /** Parameters that a cell may name. */
  offered: readonly string[]
  write: ((feel: string) => void) | undefined
}

/** Above the sheet: how the current cell reads in words, and ways to fill it without knowing any sign. */
export function CellHelp({ row, isNew, column, feel, offered, write }: CellHelpProps) {
  const t = useT(editorWords)
  return (
    <div className={write === undefined ? 'policies-help' : 'policies-help policies-help-open'} role="group" aria-label={t('helpLabel')}>
      <p className="policies-help-line">
        <strong>{t('place', { row: isNew ? t('newRow') : row + 1, column: column.title })}</strong>
        <span className="policies-reading">{sayCell(feel, column)}</span>
      </p>
      {write === undefined || column.part === 'note' ? null : (
        <div className="bf-row policies-help-ways">
          <Ways column={column} feel={feel} offered={offered} write={write} />
        </div>
      )}
    </div>
  )
}

function Ways({ column, feel, offered, write }: Pick<CellHelpProps, 'column' | 'feel' | 'offered'> & { write: (feel: string) => void }) {
  const { part, form } = column
  const t = useT(editorWords)
  const chip = (label: string, value: string, title?: string) => (
    <button
      key={label}
      type="button"
      className={feel.trim() === value ? 'bf-chip bf-chip-on' : 'bf-chip'}
      aria-pressed={feel.trim() === value}
      title={title}
      onClick={() => write(value)}
    >
      {label}
    </button>
  )
  const open = part === 'input' ? [chip(t('any'), '-', t('anyHint')), chip(t('unknown'), 'null')] : []
  if (form.words !== undefined)
    return (
      <>
        <WordChips words={form.words} feel={feel} isMany={part === 'input'} write={write} />
        {open}
      </>
    )
  if (form.kind === 'boolean')
    return (
      <>
        {chip(t('yes'), 'true')}
        {chip(t('no'), 'false')}
        {open}
      </>
    )
  if (part === 'input' && (form.kind === 'number' || form.kind === 'date'))
    return (
      <>
        <Comparison key={column.key} column={column} offered={offered} write={write} />
        {open}
      </>
    )
  return <>{open}</>
}

/** Each word a button: for a condition several may hold, for a result one. */
function WordChips(props: { words: readonly string[]; feel: string; isMany: boolean; write: (feel: string) => void }) {
  const { words, feel, isMany, write } = props
  const chosen = wordsOf(feel) ?? []
  const press = (word: string) => {
    const next = isMany ? words.filter((one) => (one === word ? !chosen.includes(one) : chosen.includes(one))) : [word]
    write(next.length === 0 ? '-' : next.map((one) => JSON.stringify(one)).join(', '))
  }
  return (
    <>
      {words.map((word) => (
        <button
          key={word}
          type="button"
          className={chosen.includes(word) ? 'bf-chip bf-chip-on' : 'bf-chip'}
          aria-pressed={chosen.includes(word)}
          onClick={() => press(word)}
        >
          {word}
        </button>
      ))}
    </>
  )
}

const operators = ['>=', '>', '<=', '<', '=', 'between'] as const
type Operator = (typeof operators)[number]

function Comparison({ column, offered, write }: Pick<CellHelpProps, 'column' | 'offered'> & { write: (feel: string) => void }) {
  const t = useT(editorWords)
  const language = useLanguage()
  const [operator, setOperator] = useState<Operator>('>=')
  const [low, setLow] = useState('')
  const [high, setHigh] = useState('')
  const form = { ...column.form, language }
  const typed = operator === 'between' ? `≥${low} 且 <${high}` : operator === '=' ? low : `${operator}${low}`
  const isReady = low.trim() !== '' && (operator !== 'between' || high.trim() !== '')
  return (
    <>
      <select
        className="bf-input policies-short"
        aria-label={t('operator')}
        value={operator}
        onChange={(event) => setOperator(operators.find((one) => one === event.target.value) ?? '>=')}
      >
        {operators.map((one) => (
          <option key={one} value={one}>
            {t(`op.${one}`)}
          </option>
        ))}
      </select>
      <input
        className="bf-input policies-value"
        aria-label={t('value')}
        placeholder={t('value')}
        list="policies-names"
        value={low}
        onChange={(event) => setLow(event.target.value)}
      />
      {operator === 'between' ? (
        <input
          className="bf-input policies-value"
          aria-label={t('upperValue')}
          placeholder={t('upperValue')}
          list="policies-names"
          value={high}
          onChange={(event) => setHigh(event.target.value)}
        />
      ) : null}
      <datalist id="policies-names">
        {offered.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
      <button type="button" className="bf-chip" disabled={!isReady} onClick={() => write(readCondition(typed, form))}>
        {t('write')}
      </button>
      {isReady ? <span className="bf-quiet">{showCell(readCondition(typed, form), { part: 'input', form: column.form })}</span> : null}
    </>
  )
}
