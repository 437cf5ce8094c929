import { defineWords, fill, type Catalogue, type Language } from '#kernel/pure/words/index.ts'
import { PageLink } from '#ui/plug/page-link.tsx'
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

/** Exactly what is missing, each with a link to where it is done; on the page of the case, `householdId` says whose it is. */
export function MissingList({ items, householdId }: { items: readonly MissingItem[]; householdId?: string }) {
  const language = useLanguage()
  return (
    <ul className="case-missing">
      {items.map((item) => {
        const text = sayMissing(item, language)
        return (
          <li key={`${item.code} ${JSON.stringify(item.details)}`} className={item.blocks ? '' : 'case-warns'}>
            <span>
              <span aria-hidden="true">{item.blocks ? '▲' : '◆'}</span> {text}
            </span>
            {householdId === undefined ? null : <WayThere code={item.code} text={text} householdId={householdId} />}
          </li>
        )
      })}
    </ul>
  )
}

function WayThere({ code, text, householdId }: { code: string; text: string; householdId: string }) {
  const t = useT(caseScreenWords)
  const place = placesOfMissing.find(({ prefix }) => code.startsWith(prefix))
  const label = (
    <>
      {t('goThere')}
      <span className="bf-unseen">：{text}</span>
    </>
  )
  if (place?.anchor !== undefined) return <a href={`#${place.anchor}`}>{label}</a>
  const page = place?.page?.(householdId)
  return page === undefined ? null : (
    <PageLink to={page.to} search={page.search}>
      {label}
    </PageLink>
  )
}
