import { defineWords, fill, type Catalogue, type Language } from '#kernel/pure/words/index.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { MissingItem } from '../rules/case-records.ts'
import { missingCatalogues, placesOfMissing } from './case-missing-parts.ts'
import { caseScreenWords } from './case-screen-words.ts'

const words = defineWords({
  unknown: { zh: '还差：{code}', en: 'Missing: {code}' },
})

/** The sentence of a missing item, from the catalogue of the part that asks for it. */
export function sayMissing({ code, details }: MissingItem, language: Language): string {
  const found = missingCatalogues.map((one: Catalogue) => one[`missing.${code}`]).find((one) => one !== undefined)
  return found === undefined ? fill(words.unknown, language, { code }) : fill(found, language, details)
}

/** Exactly what is missing, each with a link to where it is done; `isLinked` only on the page of the case. */
export function MissingList({ items, isLinked = true }: { items: readonly MissingItem[]; isLinked?: boolean }) {
  const t = useT(caseScreenWords)
  const language = useLanguage()
  return (
    <ul className="case-missing">
      {items.map((item) => {
        const place = !isLinked ? undefined : placesOfMissing.find(({ prefix }) => item.code.startsWith(prefix))
        const text = sayMissing(item, language)
        return (
          <li key={`${item.code} ${JSON.stringify(item.details)}`} className={item.blocks ? '' : 'case-warns'}>
            <span>
              <span aria-hidden="true">{item.blocks ? '▲' : '◆'}</span> {text}
            </span>
            {place === undefined ? null : (
              <a href={`#${place.anchor}`} aria-label={`${t('goThere')}：${text}`}>
                {t('goThere')}
              </a>
            )}
          </li>
        )
      })}
    </ul>
  )
}
