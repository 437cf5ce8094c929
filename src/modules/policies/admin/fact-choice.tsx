import { useState } from 'react'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { FactCard } from '../contract.ts'
import { editorWords } from './editor-words.ts'

const mostShown = 12

/** The catalogue of facts: found by name or meaning, each with its unit and what it means. */
export function FactChoice({ facts, choose }: { facts: readonly FactCard[]; choose: (fact: FactCard) => void }) {
  const t = useT(editorWords)
  const language = useLanguage()
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const found = facts
    .filter((fact) => [fact.name, fact.en, fact.zhMeaning, fact.enMeaning, fact.source].some((one) => one.toLowerCase().includes(wanted)))
    .sort((one, other) => nearness(one, wanted) - nearness(other, wanted))
  return (
    <div className="bf-stack">
      <input
        className="bf-input policies-search"
        aria-label={t('factSearch')}
        placeholder={t('factSearch')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {found.length === 0 ? <p className="bf-quiet">{t('factNone')}</p> : null}
      <ul className="policies-facts" aria-label={t('factList')}>
        {found.slice(0, mostShown).map((fact) => (
          <li key={fact.key}>
            <button type="button" className="bf-link" onClick={() => choose(fact)}>
              {fact.name}
              {fact.unit === '' ? '' : `（${fact.unit}）`}
            </button>
            <span className="bf-quiet"> {language === 'zh' ? fact.zhMeaning : fact.enMeaning}</span>
          </li>
        ))}
      </ul>
      {found.length > mostShown ? <p className="bf-quiet">{t('factMore', { n: found.length - mostShown })}</p> : null}
    </div>
  )
}

/** Names that begin with what is typed stand first, then names that hold it, then meanings. */
function nearness({ name, en }: FactCard, wanted: string): number {
  const names = [name, en.toLowerCase()]
  return names.some((one) => one.startsWith(wanted)) ? 0 : names.some((one) => one.includes(wanted)) ? 1 : 2
}
