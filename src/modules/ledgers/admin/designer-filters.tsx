import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { FieldFilter } from '../rules/template-indicators.ts'
import type { Field, State } from '../rules/template.ts'
import { CheckList } from './designer-check-list.tsx'
import { moreWords } from './designer-more-words.ts'

type How = 'in' | 'notIn' | 'atLeast' | 'atMost' | 'empty' | 'filled'

interface FiltersProps {
  filters: readonly FieldFilter[]
  /** Fields that may be filtered by. */
  fields: readonly Field[]
  states: readonly State[]
  change: (filters: FieldFilter[]) => void
  most: number
}

/** Conditions on a ledger's records, each in a line: a field, how it is compared, with what. */
export function FilterLines(props: FiltersProps) {
  const { filters, fields, change, most } = props
  const t = useT(moreWords)
  const put = (at: number, next: FieldFilter | undefined) =>
    change(filters.flatMap((one, place) => (place !== at ? [one] : next === undefined ? [] : [next])))
  const first = fields.find(({ kind }) => kind === 'choice' || kind === 'yes-no')?.key ?? 'state'
  return (
    <div className="ledger-group" role="group" aria-label={t('filters')}>
      <strong>{t('filters')}</strong>
      {filters.map((filter, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a filter has no name of its own; its place is its name
        <FilterLine key={at} {...props} filter={filter} at={at} put={(next) => put(at, next)} />
      ))}
      {filters.length < most ? (
        <div>
          <button type="button" className="bf-chip" onClick={() => change([...filters, emptyFilter(first, props)])}>
            ＋ {t('addFilter')}
          </button>
        </div>
      ) : null}
    </div>
  )
}

type Known = Pick<FiltersProps, 'fields' | 'states'>
const kindOf = (key: string, { fields }: Known): string =>
  key === 'state' ? 'state' : key === 'made' ? 'date' : (fields.find((one) => one.key === key)?.kind ?? '')

function choicesFor(key: string, { fields, states }: Known, words: { yes: string; no: string }) {
  if (key === 'state') return states.map((state) => ({ key: state.key, name: state.name }))
  const field = fields.find((one) => one.key === key)
  if (field?.kind === 'yes-no')
    return [
      { key: 'true', name: { zh: words.yes, en: words.yes } },
      { key: 'false', name: { zh: words.no, en: words.no } },
    ]
  return field?.choices ?? []
}

/** How a field of a kind can be compared. */
function hows(kind: string): readonly How[] {
  if (kind === 'state') return ['in', 'notIn']
  if (kind === 'choice' || kind === 'yes-no') return ['in', 'notIn', 'empty', 'filled']
  return kind === 'number' || kind === 'money' ? ['atLeast', 'atMost', 'empty', 'filled'] : ['empty', 'filled']
}

function emptyFilter(field: string, known: Known): FieldFilter {
  const [how = 'filled'] = hows(kindOf(field, known))
  return written({
    field,
    how,
    values: choicesFor(field, known, { yes: '', no: '' })
      .slice(0, 1)
      .map(({ key }) => key),
    bound: '0',
    known,
  })
}

function written(given: { field: string; how: How; values: readonly string[]; bound: string; known: Known }): FieldFilter {
  const { field, how, values, bound, known } = given
  const typed = kindOf(field, known) === 'yes-no' ? values.map((one) => one === 'true') : [...values]
  if (how === 'in') return { field, in: typed }
  if (how === 'notIn') return { field, notIn: typed }
  if (how === 'atLeast') return { field, atLeast: Number(bound) || 0 }
  if (how === 'atMost') return { field, atMost: Number(bound) || 0 }
  return { field, empty: how === 'empty' }
}

function howOf(filter: FieldFilter): How {
  if ('in' in filter) return 'in'
  if ('notIn' in filter) return 'notIn'
  if ('empty' in filter) return filter.empty ? 'empty' : 'filled'
  return filter.atMost !== undefined || filter.below !== undefined ? 'atMost' : 'atLeast'
}

const valuesOf = (filter: FieldFilter): string[] => ('in' in filter ? filter.in : 'notIn' in filter ? filter.notIn : []).map(String)
const boundOf = (filter: FieldFilter): string =>
  'in' in filter || 'notIn' in filter || 'empty' in filter
    ? '0'
    : String(filter.atLeast ?? filter.atMost ?? filter.above ?? filter.below ?? 0)

function FilterLine(props: FiltersProps & { filter: FieldFilter; at: number; put: (filter: FieldFilter | undefined) => void }) {
  const { filter, at, fields, put } = props
  const t = useT(moreWords)
  const language = useLanguage()
  const n = at + 1
  const how = howOf(filter)
  const choices = choicesFor(filter.field, props, { yes: t('yes'), no: t('no') })
  const give = (next: Partial<{ how: How; values: readonly string[]; bound: string }>) =>
    put(written({ field: filter.field, how, values: valuesOf(filter), bound: boundOf(filter), known: props, ...next }))
  return (
    <div className="ledger-column">
      <div className="ledger-tools">
        <select
          className="bf-input ledger-short"
          aria-label={t('filterOf', { n })}
          value={filter.field}
          onChange={(event) => put(emptyFilter(event.target.value, props))}
        >
          <option value="state">{language === 'zh' ? '状态' : 'State'}</option>
          {fields.map((field) => (
            <option key={field.key} value={field.key}>
              {field.name[language]}
            </option>
          ))}
        </select>
        <select
          className="bf-input ledger-short"
          aria-label={t('filterHow', { n })}
          value={how}
          onChange={(event) => {
            const next = hows(kindOf(filter.field, props)).find((one) => one === event.target.value)
            if (next !== undefined)
              give({ how: next, values: valuesOf(filter).length > 0 ? valuesOf(filter) : choices.slice(0, 1).map(({ key }) => key) })
          }}
        >
          {hows(kindOf(filter.field, props)).map((one) => (
            <option key={one} value={one}>
              {t(`how.${one}`)}
            </option>
          ))}
        </select>
        {how === 'atLeast' || how === 'atMost' ? (
          <input
            className="bf-input ledger-bound"
            aria-label={t('filterValue', { n })}
            inputMode="decimal"
            defaultValue={boundOf(filter)}
            onChange={(event) => give({ bound: event.target.value })}
          />
        ) : null}
        <button type="button" className="ledger-icon" aria-label={t('removeFilter', { n })} onClick={() => put(undefined)}>
          ✕
        </button>
      </div>
      {how === 'in' || how === 'notIn' ? (
        <CheckList
          legend={t('filterValue', { n })}
          choices={choices.map(({ key, name }) => ({ key, name: name[language] }))}
          chosen={valuesOf(filter)}
          change={(values) => values.length > 0 && give({ values })}
        />
      ) : null}
    </div>
  )
}

/** The filters in words: 状态是 已确认、… */
export function sayFilters(
  filters: readonly FieldFilter[],
  known: Known,
  say: { language: 'zh' | 'en'; words: (how: How) => string; yes: string; no: string },
): string {
  return filters
    .map((filter) => {
      const name =
        filter.field === 'state'
          ? say.language === 'zh'
            ? '状态'
            : 'State'
          : (known.fields.find((one) => one.key === filter.field)?.name[say.language] ?? filter.field)
      const how = howOf(filter)
      const choices = choicesFor(filter.field, known, say)
      const values = valuesOf(filter).map((key) => choices.find((one) => one.key === key)?.name[say.language] ?? key)
      const bound = how === 'atLeast' || how === 'atMost' ? boundOf(filter) : values.join('、')
      return `${name}${say.language === 'en' ? ' ' : ''}${say.words(how)}${bound === '' ? '' : ` ${bound}`}`
    })
    .join(say.language === 'zh' ? '，' : ', ')
}
