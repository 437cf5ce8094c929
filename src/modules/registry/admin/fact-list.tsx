import { Tooltip } from 'antd'
import { unknownValue, Value } from '#ui/data/value.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { FactRecord, ValueSource } from '../rules/register-records.ts'
import { nameField, writeValue } from './fact-text.ts'
import { householdPageWords } from './household-page-words.ts'

/** Facts of a household or person: each with its name, its value or 待核, where it comes from, and what other files say. */
export function FactList({ facts, core, more }: { facts: readonly FactRecord[]; core: readonly string[]; more: readonly string[] }) {
  const language = useLanguage()
  const known = new Map(facts.map((fact) => [fact.key, fact]))
  const keys = [...core, ...more.filter((key) => known.has(key))]
  if (keys.length === 0) return null
  return (
    <dl className="bf-facts">
      {keys.map((key) => (
        <div key={key}>
          <dt>{nameField(key, language)}</dt>
          <dd>
            <FactValue fact={known.get(key) ?? { key, value: undefined }} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** One value with its source on hover and focus. */
export function FactValue({ fact }: { fact: FactRecord }) {
  const t = useT(householdPageWords)
  const language = useLanguage()
  const text = writeValue(fact.key, fact.value, language)
  return (
    <>
      <Value of={text ?? unknownValue} />
      {fact.source === undefined ? null : <SourceMark source={fact.source} label={nameField(fact.key, language)} />}
      {fact.asWritten === undefined ? null : <span className="registry-fact-note">{t('asWritten', { text: fact.asWritten })}</span>}
      {fact.others?.map(({ from, value }) => (
        <span key={from} className="registry-fact-note">
          ◆ {t('otherSays', { from: nameSource(t, from), value: writeValue(fact.key, value, language) ?? '' })}
        </span>
      ))}
    </>
  )
}

/** Where a value comes from and of which day, on hover and focus. */
function SourceMark({ source, label }: { source: ValueSource; label: string }) {
  const t = useT(householdPageWords)
  const text = t('sourceOf', { from: nameSource(t, source.from), on: source.on === '' ? '—' : source.on })
  return (
    <Tooltip title={text} trigger={['hover', 'focus']}>
      <button type="button" className="registry-source" aria-label={`${label} ${t('sourceMark')}：${text}`}>
        {t('sourceMark')}
      </button>
    </Tooltip>
  )
}

/** A source in words; one that the catalogue does not know stands as it is. */
export function nameSource(t: (key: keyof typeof householdPageWords) => string, from: string): string {
  const key = `from.${from}`
  return isWord(key) ? t(key) : from
}

function isWord(key: string): key is keyof typeof householdPageWords {
  return key in householdPageWords
}
