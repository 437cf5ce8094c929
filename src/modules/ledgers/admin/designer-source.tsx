import { Field as Labelled } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { Field } from '../rules/template.ts'
import { DecidesEditor, noPolicy } from './designer-decides.tsx'
import { changeField, type Draft } from './designer-draft.ts'
import { FormulaInput } from './designer-formula.tsx'
import { GathersEditor, noLedger } from './designer-gathers.tsx'
import { mayBeDecided, mayCompute, mayGather } from './designer-kinds.ts'
import { moreWords } from './designer-more-words.ts'
import { designerWords } from './designer-words.ts'

type Source = 'entered' | 'computed' | 'gathers' | 'decides'

function sourceOf(field: Field): Source {
  if (field.computed !== undefined) return 'computed'
  if (field.gathers !== undefined) return 'gathers'
  return field.decides === undefined ? 'entered' : 'decides'
}

/** Where the value of a field comes from: a hand, a formula, other records, a policy table. */
export function SourcePart({ draft, field, change }: { draft: Draft; field: Field; change: (change: (draft: Draft) => Draft) => void }) {
  const t = useT(moreWords)
  const d = useT(designerWords)
  const set = (patch: Partial<Field>) => change((before) => changeField(before, field.key, patch))
  const { computed, gathers, decides } = field
  const others = draft.fields.filter(({ key }) => key !== field.key)
  const choices: readonly Source[] = [
    'entered',
    ...(mayCompute(field) ? (['computed'] as const) : []),
    ...(mayGather(field) ? (['gathers'] as const) : []),
    ...(mayBeDecided(field) ? (['decides'] as const) : []),
  ]
  const [first] = others.filter(({ kind }) => kind === 'number' || kind === 'money')
  const choose = (source: string) =>
    set({
      computed: source === 'computed' ? (first?.name.zh ?? others[0]?.name.zh ?? '今天') : undefined,
      gathers:
        source === 'gathers' ? { from: noLedger, where: [{ theirs: '$record', mine: '$record' }], measure: { count: 'rows' } } : undefined,
      decides: source === 'decides' ? { policy: noPolicy, output: '—', facts: {} } : undefined,
    })
  return (
    <div className="bf-stack">
      <Labelled label={t('source')}>
        {(control) => (
          <select {...control} className="bf-input ledger-short" value={sourceOf(field)} onChange={(event) => choose(event.target.value)}>
            {choices.map((source) => (
              <option key={source} value={source}>
                {t(`source.${source}`)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {gathers !== undefined ? (
        <GathersEditor draft={draft} field={field} value={gathers} change={(next) => set({ gathers: next })} />
      ) : decides !== undefined ? (
        <DecidesEditor draft={draft} field={field} value={decides} change={(next) => set({ decides: next })} />
      ) : computed !== undefined || mayCompute(field) ? (
        <FormulaInput label={d('computed')} value={computed} fields={others} change={(text) => set({ computed: text })} />
      ) : null}
    </div>
  )
}
