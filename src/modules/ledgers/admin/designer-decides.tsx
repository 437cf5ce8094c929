import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { Skeleton } from '#ui/feedback/faces.tsx'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { Decides } from '../rules/template-brought.ts'
import type { TableToAsk } from '../rules/template-records.ts'
import type { Field } from '../rules/template.ts'
import type { Draft } from './designer-draft.ts'
import { FormulaInput } from './designer-formula.tsx'
import { moreWords } from './designer-more-words.ts'
import { designerWords } from './designer-words.ts'

interface DecidesProps {
  draft: Draft
  field: Field
  value: Decides
  change: (decides: Decides) => void
}

/** Stands while no table has been chosen. */
export const noPolicy = 'none.none'

/** A value decided by a policy table: which result, of which day, from which fields. */
export function DecidesEditor(props: DecidesProps) {
  const { draft, field, value, change } = props
  const t = useT(moreWords)
  const d = useT(designerWords)
  const language = useLanguage()
  const tables = useQuery({
    queryKey: ['ledgers', 'tables'],
    queryFn: () => read<{ items: TableToAsk[] }>(`${ledgerPaths.templates}/tables`),
  })
  if (tables.data === undefined) return <Skeleton lines={2} />
  const table = tables.data.items.find(({ key }) => key === value.policy)
  const choose = (key: string) => {
    const next = tables.data.items.find((one) => one.key === key)
    if (next !== undefined) change(decidesOf(next, draft, field))
  }
  return (
    <div className="bf-stack">
      <div className="ledger-pair">
        <Labelled label={t('decidePolicy')} isRequired>
          {(control) => (
            <select {...control} className="bf-input" value={value.policy} onChange={(event) => choose(event.target.value)}>
              {table === undefined ? <option value={value.policy}>{value.policy === noPolicy ? d('ofNone') : value.policy}</option> : null}
              {tables.data.items.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name[language]}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        {table === undefined ? null : (
          <>
            <Labelled label={t('decideOutput')} isRequired>
              {(control) => (
                <select
                  {...control}
                  className="bf-input"
                  value={value.output}
                  onChange={(event) => change({ ...value, output: event.target.value })}
                >
                  {table.outputs.map(({ name }) => (
                    <option key={name} value={name}>
                      {name}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
            <Labelled label={t('decideAsOf')}>
              {(control) => (
                <select
                  {...control}
                  className="bf-input"
                  value={value.asOf ?? ''}
                  onChange={(event) => {
                    const { asOf: _before, ...rest } = value
                    change(event.target.value === '' ? rest : { ...rest, asOf: event.target.value })
                  }}
                >
                  <option value="">{t('decideToday')}</option>
                  {draft.fields
                    .filter(({ kind }) => kind === 'date')
                    .map((one) => (
                      <option key={one.key} value={one.key}>
                        {one.name[language]}
                      </option>
                    ))}
                </select>
              )}
            </Labelled>
          </>
        )}
      </div>
      {table === undefined ? null : <Facts {...props} table={table} />}
    </div>
  )
}

function Facts({ draft, field, value, change, table }: DecidesProps & { table: TableToAsk }) {
  const t = useT(moreWords)
  const language = useLanguage()
  const others = draft.fields.filter(({ key }) => key !== field.key)
  const day = draft.fields.find(({ key }) => key === value.asOf)
  const facts = Object.entries(value.facts).map(([fact, formula]) => (fact === formula ? fact : `${fact}（${formula}）`))
  const asOf = day === undefined ? t('decideSaysToday') : t('decideSaysDay', { name: day.name[language] })
  return (
    <div className="ledger-group" role="group" aria-label={t('decideFacts')}>
      <strong>{t('decideFacts')}</strong>
      {table.facts.map(({ name }) => (
        <FormulaInput
          key={name}
          isFolded
          label={t('decideFact', { name })}
          value={value.facts[name]}
          fields={others}
          change={(formula) => {
            const { [name]: _before, ...rest } = value.facts
            change({ ...value, facts: formula === undefined ? rest : { ...rest, [name]: formula } })
          }}
        />
      ))}
      <p className="ledger-why">
        <span className="bf-quiet">{t('gatherSays')}</span>{' '}
        <strong>
          {t('decideSays', {
            policy: table.name[language],
            asOf,
            facts: facts.length === 0 ? t('decideNoFacts') : facts.join('、'),
            output: value.output,
          })}
        </strong>
      </p>
    </div>
  )
}

/** A table with its first fitting result, and every fact whose name a field has. */
function decidesOf(table: TableToAsk, draft: Draft, field: Field): Decides {
  const wanted = field.kind === 'number' || field.kind === 'money' ? 'number' : field.kind === 'yes-no' ? 'boolean' : 'string'
  const output =
    (table.outputs.find(({ name }) => name === field.name.zh) ?? table.outputs.find(({ type }) => type === wanted) ?? table.outputs[0])
      ?.name ?? ''
  const names = new Set(draft.fields.filter(({ key, sensitive }) => key !== field.key && sensitive !== true).map(({ name }) => name.zh))
  const facts = Object.fromEntries(table.facts.filter(({ name }) => names.has(name)).map(({ name }) => [name, name]))
  const day = draft.fields.find(({ kind }) => kind === 'date')
  return { policy: table.key, output, facts, ...(day === undefined ? {} : { asOf: day.key }) }
}
