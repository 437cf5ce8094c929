import { useState } from 'react'
import type { Definitions, DrgElement } from '#kernel/pure/decisions/index.ts'
import { Field } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { problemOf } from './cell-say.ts'
import { editorWords } from './editor-words.ts'
import { namesOf } from './table-columns.ts'

interface ExpressionEditorProps {
  definitions: Definitions
  element: DrgElement
  text: string
  change: ((text: string) => void) | undefined
}

/** A decision that is one expression: its text, the names it may use, and what is wrong with it. */
export function ExpressionEditor({ definitions, element, text, change }: ExpressionEditorProps) {
  const t = useT(editorWords)
  const language = useLanguage()
  const [draft, setDraft] = useState<string>()
  const names = namesOf(element, { definitions })
  const shown = draft ?? text
  const take = () => {
    if (draft !== undefined && draft !== text) change?.(draft)
    setDraft(undefined)
  }
  return (
    <Field
      label={t('expression')}
      hint={t('expressionHint', { names: Object.keys(names).join('、') })}
      problem={problemOf(shown, { part: 'output', form: { kind: 'any', language, names } })}
    >
      {(control) => (
        <textarea
          {...control}
          className="bf-input policies-code"
          rows={5}
          readOnly={change === undefined}
          value={shown}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={take}
        />
      )}
    </Field>
  )
}
