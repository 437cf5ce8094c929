import { useRef } from 'react'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { Column, Field } from '../rules/template.ts'
import { formulaProblem } from './designer-check.ts'
import { designerWords } from './designer-words.ts'

interface FormulaProps {
  label: string
  hint?: string
  value: string | undefined
  /** Fields whose names the formula may use. */
  fields: readonly (Field | Column)[]
  change: (text: string | undefined) => void
  /** The names to press are folded away, where several formulas stand together. */
  isFolded?: boolean
}

const signs = ['+', '-', '*', '/', '>=', '<=', '=', '!=', 'and', 'or']

/** A formula: names and signs are put in with a press, what is wrong is said below it in a sentence. */
export function FormulaInput({ label, hint, value, fields, change, isFolded = false }: FormulaProps) {
  const t = useT(designerWords)
  const language = useLanguage()
  const input = useRef<HTMLTextAreaElement>(null)
  const text = value ?? ''
  const put = (next: string) => change(next.trim() === '' ? undefined : next)
  const insert = (part: string) => {
    const at = input.current?.selectionStart ?? text.length
    const before = text.slice(0, at)
    put(`${before}${before === '' || before.endsWith(' ') ? '' : ' '}${part} ${text.slice(at)}`)
    input.current?.focus()
  }
  const names = (
    <div className="ledger-names">
      {isFolded ? null : <span className="bf-quiet">{t('insert')}</span>}
      {fields
        .filter((field) => field.sensitive !== true && field.name.zh !== '')
        .map((field) => (
          <button key={field.key} type="button" className="bf-chip" onClick={() => insert(field.name.zh)}>
            {field.name.zh}
          </button>
        ))}
      <button type="button" className="bf-chip" onClick={() => insert('今天')}>
        今天
      </button>
      {signs.map((sign) => (
        <button key={sign} type="button" className="bf-chip ledger-code" onClick={() => insert(sign)}>
          {sign}
        </button>
      ))}
    </div>
  )
  return (
    <div className="bf-stack ledger-formula">
      <Labelled label={label} hint={hint} problem={formulaProblem(text, fields, language)}>
        {(control) => (
          <textarea
            {...control}
            ref={input}
            className="bf-input ledger-code"
            rows={isFolded ? 1 : 2}
            maxLength={2000}
            value={text}
            onChange={(event) => put(event.target.value)}
          />
        )}
      </Labelled>
      {isFolded ? (
        <details>
          <summary className="bf-quiet">{t('insert')}</summary>
          {names}
        </details>
      ) : (
        names
      )}
    </div>
  )
}

/** When a field is shown: a choice of another field, or a condition of one's own. */
export function WhenInput({
  value,
  others,
  change,
}: {
  value: string | undefined
  others: readonly Field[]
  change: (text: string | undefined) => void
}) {
  const t = useT(designerWords)
  const usable = others.filter(({ kind }) => kind === 'choice' || kind === 'yes-no')
  const simple = readWhen(value, usable)
  const mode = value === undefined ? '' : simple === undefined ? 'own' : simple.field.key
  const choose = (key: string) => {
    const field = usable.find((one) => one.key === key)
    if (field !== undefined) change(writeWhen(field, field.kind === 'yes-no' ? '是' : (field.choices?.[0]?.name.zh ?? '')))
    else change(key === 'own' ? (value ?? `${usable[0]?.name.zh ?? others[0]?.name.zh ?? ''} != null`) : undefined)
  }
  return (
    <>
      <div className="ledger-pair">
        <Labelled label={t('visibleWhen')}>
          {(control) => (
            <select {...control} className="bf-input" value={mode} onChange={(event) => choose(event.target.value)}>
              <option value="">{t('always')}</option>
              {usable.map((field) => (
                <option key={field.key} value={field.key}>
                  {t('whenField')} {field.name.zh} {t('whenIs')}…
                </option>
              ))}
              <option value="own">{t('whenOwn')}</option>
            </select>
          )}
        </Labelled>
        {simple === undefined ? null : (
          <Labelled label={t('whenValue')}>
            {(control) => (
              <select
                {...control}
                className="bf-input"
                value={simple.choice}
                onChange={(event) => change(writeWhen(simple.field, event.target.value))}
              >
                {choicesOf(simple.field).map((choice) => (
                  <option key={choice} value={choice}>
                    {choice}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
        )}
      </div>
      {mode === 'own' ? <FormulaInput label={t('whenOwn')} value={value} fields={others} change={change} /> : null}
    </>
  )
}

const choicesOf = (field: Field) => (field.kind === 'yes-no' ? ['是', '否'] : (field.choices ?? []).map((choice) => choice.name.zh))

function writeWhen(field: Field, choice: string): string {
  return field.kind === 'yes-no'
    ? `${field.name.zh} = ${choice === '是' ? 'true' : 'false'}`
    : `${field.name.zh} = "${choice.replace(/["\\]/g, '')}"`
}

function readWhen(text: string | undefined, fields: readonly Field[]): { field: Field; choice: string } | undefined {
  if (text === undefined) return undefined
  for (const field of fields) for (const choice of choicesOf(field)) if (writeWhen(field, choice) === text.trim()) return { field, choice }
  return undefined
}
