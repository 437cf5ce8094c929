import { useLanguage, useT } from '#ui/words/use-t.ts'
import { columnKinds } from '../rules/field-kinds.ts'
import type { Column, Field } from '../rules/template.ts'
import { bothWords, mergeChoices } from './designer-choices.ts'
import { changeField, fieldKeys, moved, nextKey } from './designer-draft.ts'
import type { PartProps } from './designer-part.ts'
import { FormulaInput } from './designer-formula.tsx'
import { moreWords } from './designer-more-words.ts'
import { designerWords } from './designer-words.ts'
import { kindWords } from './kind-words.ts'

/** The columns of a repeating table: name, kind, choices or formula over the row. */
export function ColumnsEditor({ draft, change, retired, field }: PartProps & { field: Field }) {
  const t = useT(designerWords)
  const columns = field.columns ?? []
  const put = (next: readonly Column[]) => change((before) => changeField(before, field.key, { columns: [...next] }))
  const add = () => {
    const key = nextKey('f', [...fieldKeys(draft), ...retired])
    put([...columns, { key, name: bothWords(`${t('columnNew')}${columns.length + 1}`), kind: 'text' }])
  }
  return (
    <div className="bf-stack" role="group" aria-label={t('columns')}>
      <strong>{t('columns')}</strong>
      {columns.map((column, at) => (
        <ColumnLine
          key={column.key}
          column={column}
          at={at}
          siblings={columns.filter((one) => one.key !== column.key)}
          put={(next) => put(columns.map((one) => (one.key === column.key ? next : one)))}
          up={at === 0 ? undefined : () => put(moved(columns, at, -1))}
          remove={columns.length === 1 ? undefined : () => put(columns.filter((one) => one.key !== column.key))}
        />
      ))}
      {columns.length < 20 ? (
        <div>
          <button type="button" className="bf-chip" onClick={add}>
            ＋ {t('addColumn')}
          </button>
        </div>
      ) : null}
    </div>
  )
}

interface LineProps {
  column: Column
  at: number
  siblings: readonly Column[]
  put: (column: Column) => void
  up: (() => void) | undefined
  remove: (() => void) | undefined
}

function ColumnLine({ column, at, siblings, put, up, remove }: LineProps) {
  const t = useT(designerWords)
  const kinds = useT(kindWords)
  const language = useLanguage()
  const setKind = (value: string) => {
    const kind = columnKinds.find((one) => one === value)
    if (kind === undefined) return
    const { choices, places, unit, ...rest } = column
    put({
      ...rest,
      kind,
      ...(kind === 'choice' || kind === 'choices' ? { choices: choices ?? [] } : {}),
      ...(kind === 'number' ? { places: places ?? 2, ...(unit === undefined ? {} : { unit }) } : {}),
    })
  }
  const setFormula = (text: string | undefined) => {
    const { computed: _before, required, ...rest } = column
    put(text === undefined ? { ...rest, ...(required === true ? { required } : {}) } : { ...rest, computed: text })
  }
  return (
    <div className="ledger-column">
      <div className="ledger-tools">
        <input
          className="bf-input ledger-short"
          aria-label={t('columnName', { n: at + 1 })}
          maxLength={60}
          value={column.name.zh}
          onChange={(event) => put({ ...column, name: bothWords(event.target.value) })}
        />
        <select
          className="bf-input ledger-short"
          aria-label={t('columnKind', { n: at + 1 })}
          value={column.kind}
          onChange={(event) => setKind(event.target.value)}
        >
          {columnKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kinds(kind)}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="ledger-icon"
          aria-label={t('up', { name: column.name[language] })}
          disabled={up === undefined}
          onClick={up}
        >
          ↑
        </button>
        <button
          type="button"
          className="ledger-icon"
          aria-label={t('removeOf', { name: column.name[language] })}
          disabled={remove === undefined}
          onClick={remove}
        >
          ✕
        </button>
      </div>
      {column.kind === 'choice' || column.kind === 'choices' ? (
        <textarea
          className="bf-input"
          aria-label={t('choices')}
          placeholder={t('choices')}
          rows={2}
          defaultValue={(column.choices ?? []).map((choice) => choice.name.zh).join('\n')}
          onChange={(event) => put({ ...column, choices: mergeChoices(column.choices, event.target.value) })}
        />
      ) : null}
      <ColumnOptions column={column} at={at} put={put} />
      {isComputable(column.kind) ? (
        <FormulaInput label={t('computed')} value={column.computed} fields={siblings} change={setFormula} />
      ) : null}
    </div>
  )
}

/** Whether a column must be filled; unit and decimal places of a number. */
function ColumnOptions({ column, at, put }: Pick<LineProps, 'column' | 'at' | 'put'>) {
  const t = useT(designerWords)
  const m = useT(moreWords)
  return (
    <div className="ledger-options">
      {column.computed === undefined ? (
        <label>
          <input
            type="checkbox"
            aria-label={m('columnRequired', { n: at + 1 })}
            checked={column.required === true}
            onChange={(event) => {
              const { required: _before, ...rest } = column
              put(event.target.checked ? { ...rest, required: true } : rest)
            }}
          />{' '}
          {t('required')}
        </label>
      ) : null}
      {column.kind === 'number' ? (
        <>
          <input
            className="bf-input ledger-bound"
            aria-label={m('columnUnit', { n: at + 1 })}
            placeholder={t('unit')}
            maxLength={20}
            value={column.unit ?? ''}
            onChange={(event) => {
              const { unit: _before, ...rest } = column
              put(event.target.value === '' ? rest : { ...rest, unit: event.target.value })
            }}
          />
          <select
            className="bf-input ledger-short"
            aria-label={m('columnPlaces', { n: at + 1 })}
            value={column.places ?? 0}
            onChange={(event) => put({ ...column, places: Number(event.target.value) })}
          >
            {[0, 1, 2, 3, 4, 5, 6].map((places) => (
              <option key={places} value={places}>
                {t('places')} {places}
              </option>
            ))}
          </select>
        </>
      ) : null}
    </div>
  )
}

/** Kinds of column that a formula can give. */
const isComputable = (kind: Column['kind']): boolean => ['number', 'money', 'text', 'date', 'yes-no'].includes(kind)
