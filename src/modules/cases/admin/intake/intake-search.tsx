import { Button } from 'antd'
import { useState } from 'react'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import { intakeScreenWords } from './intake-screen-words.ts'

/** Finds by name or whole number; what is sought stays in memory, never in an address. */
export function IntakeSearch({ q, find }: { q: string; find: (q: string) => void }) {
  const t = useT(intakeScreenWords)
  const [words, setWords] = useState(q)
  return (
    <form
      role="search"
      className="intake-search"
      onSubmit={(event) => {
        event.preventDefault()
        find(words.trim())
      }}
    >
      <Field label={t('inboxSearch')} hint={t('inboxSearchHint')}>
        {(control) => (
          <input
            {...control}
            className="bf-input"
            type="search"
            autoComplete="off"
            maxLength={40}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
      <Button htmlType="submit">{t('find')}</Button>
      {q === '' ? null : (
        <>
          <span className="bf-quiet">{t('searched', { q })}</span>
          <Button
            type="link"
            onClick={() => {
              setWords('')
              find('')
            }}
          >
            {t('searchEnd')}
          </Button>
        </>
      )}
    </form>
  )
}
