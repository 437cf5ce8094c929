import { IndicatorDefinition, type RowFilter } from '#kernel/pure/indicators/index.ts'
import { isLink } from './field-kinds.ts'
import type { FieldFilter, TemplateIndicator } from './template-indicators.ts'
import type { Field, Template } from './template.ts'

type Keys = Readonly<Record<string, string>>

/** The figures of a ledger as every module publishes them, over ledgers.v_record (docs/decisions/0035). */
export function indicatorsOfTemplate(template: Template, keys: Keys): IndicatorDefinition[] {
  return (template.indicators ?? []).map((one) => IndicatorDefinition.parse(define(template, one, keys)))
}

function define(template: Template, indicator: TemplateIndicator, keys: Keys): unknown {
  const common = template.mechanisms === undefined ? {} : { mechanisms: template.mechanisms }
  if (indicator.kind === 'ratio') return { ...common, ...indicator }
  const { measure, filters = [], dimensions = [], ...rest } = indicator
  const days =
    indicator.kind === 'stock'
      ? { from: columnOr(indicator.from, keys), until: columnOr(indicator.until, keys) }
      : { on: columnOf(indicator.on, keys) }
  const { closed } = template.access
  return {
    ...common,
    ...rest,
    ...days,
    view: 'ledgers.v_record',
    measure: Object.fromEntries(Object.entries(measure).map(([name, key]) => [name, name === 'count' ? key : columnOf(key, keys)])),
    filters: [{ column: 'template_key', in: [template.key] }, ...filters.map((filter) => filterOf(filter, keys))],
    dimensions: dimensions.map((key) => dimensionOf(template, key, keys)),
    columns: columnsOf(template, keys),
    ...(closed === true ? { closed: { setting: 'app.open_ledgers', value: template.key, rowsFor: template.access.read } } : {}),
  }
}

/** A key that has no column gives a name that no definition may have, so that a template without it is refused. */
const columnOf = (key: string, keys: Keys): string => (key === 'state' ? 'state' : key === 'made' ? 'made_on' : (keys[key] ?? `-${key}`))
const columnOr = (key: string | undefined, keys: Keys): string | undefined => (key === undefined ? undefined : columnOf(key, keys))

function filterOf({ field, ...rest }: FieldFilter, keys: Keys): RowFilter {
  // Safe: both shapes have the same conditions; only the name of the column differs.
  return { column: columnOf(field, keys), ...rest } as RowFilter
}

function dimensionOf(template: Template, key: string, keys: Keys) {
  const words = wordsOf(template, key)
  const field = template.fields.find((one) => one.key === key)
  const name = field === undefined ? { zh: '状态', en: 'State' } : field.name
  return { key, name, column: columnOf(key, keys), ...(words === undefined ? {} : { words }) }
}

/** What the codes of a column are called: choices, yes and no, states. */
function wordsOf(template: Template, key: string): Record<string, { zh: string; en: string }> | undefined {
  if (key === 'state') return Object.fromEntries(template.states.map((state) => [state.key, state.name]))
  const field = template.fields.find((one) => one.key === key)
  if (field?.kind === 'yes-no') return { true: { zh: '是', en: 'Yes' }, false: { zh: '否', en: 'No' } }
  return field?.choices === undefined ? undefined : Object.fromEntries(field.choices.map((choice) => [choice.key, choice.name]))
}

/** What is shown of a record behind a number: its number, its name, its state and the offered columns of its list. Links are told by the name. */
function columnsOf(template: Template, keys: Keys) {
  const isShown = (field: Field | undefined) =>
    field !== undefined && keys[field.key] !== undefined && !isLink(field.kind) && field.sensitive !== true && field.readBy === undefined
  const title = template.fields.find((field) => field.key === template.title)
  const named = [
    { column: 'record_no', name: { zh: '编号', en: 'Number' } },
    { column: 'title', name: title?.name ?? { zh: '名称', en: 'Title' } },
    { column: 'state', name: { zh: '状态', en: 'State' }, words: wordsOf(template, 'state') },
  ]
  const fields = template.list.columns.flatMap((key) => {
    const field = template.fields.find((one) => one.key === key)
    if (field === undefined || key === template.title || !isShown(field)) return []
    const words = wordsOf(template, key)
    return [{ column: columnOf(key, keys), name: field.name, ...(words === undefined ? {} : { words }) }]
  })
  return [...named, ...fields].slice(0, 24)
}
