import { useLanguage, useT } from '#ui/words/use-t.ts'
import { CheckList } from './designer-check-list.tsx'
import type { Draft } from './designer-draft.ts'
import { mayBeUnique } from './designer-kinds.ts'
import { moreWords } from './designer-more-words.ts'
import type { PartProps } from './designer-part.ts'

/** What must not repeat: up to two sets of fields. */
export function UniquePart({ draft, change }: PartProps) {
  const t = useT(moreWords)
  const language = useLanguage()
  const sets = draft.unique ?? []
  const fields = draft.fields.filter(mayBeUnique)
  const [first] = fields
  const put = (next: readonly (readonly string[])[]) => change((before) => withSets(before, next))
  const nameOf = (key: string) => draft.fields.find((field) => field.key === key)?.name[language] ?? key
  return (
    <div data-at="unique" className="ledger-group">
      <h3>{t('uniqueSets')}</h3>
      <p className="bf-quiet">{t('uniqueNote')}</p>
      {sets.map((keys, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a set has no name of its own; its place is its name
        <div key={at} className="ledger-column">
          <CheckList
            legend={t('uniqueSet', { n: at + 1 })}
            choices={fields.map((field) => ({ key: field.key, name: field.name[language] }))}
            chosen={keys}
            change={(chosen) => put(sets.map((one, place) => (place === at ? chosen.slice(0, 6) : one)))}
          />
          <p className="bf-quiet">{t('uniqueSays', { names: keys.map(nameOf).join('、') })}</p>
          <div>
            <button type="button" className="bf-link" onClick={() => put(sets.filter((_, place) => place !== at))}>
              {t('removeUnique', { n: at + 1 })}
            </button>
          </div>
        </div>
      ))}
      {sets.length < 2 && first !== undefined ? (
        <div>
          <button type="button" className="bf-chip" onClick={() => put([...sets, [first.key]])}>
            ＋ {t('addUnique')}
          </button>
        </div>
      ) : null}
    </div>
  )
}

function withSets(draft: Draft, sets: readonly (readonly string[])[]): Draft {
  const { unique: _before, ...rest } = draft
  const kept = sets.filter((keys) => keys.length > 0).map((keys) => draft.fields.map(({ key }) => key).filter((key) => keys.includes(key)))
  return kept.length === 0 ? rest : { ...rest, unique: kept }
}
