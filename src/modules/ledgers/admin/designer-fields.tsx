import { useEffect, useRef, useState } from 'react'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isWorkedOut } from '../rules/template-brought.ts'
import { fieldKinds, type Field, type FieldKind } from '../rules/template.ts'
import { fieldOfProblem } from './designer-check.ts'
import { addField, changeField, moveField, removeField, type Draft } from './designer-draft.ts'
import type { PartProps } from './designer-part.ts'
import { FieldMore } from './designer-field-more.tsx'
import { designerWords } from './designer-words.ts'
import { kindWords } from './kind-words.ts'

const common: readonly FieldKind[] = ['text', 'number', 'money', 'date', 'choice', 'yes-no', 'household', 'area', 'photo', 'table']

/** The fields in their order: named, of a kind, required or not; details unfold below. */
export function FieldsPart({ place, ...props }: PartProps & { place?: { at: string } }) {
  const { draft, change, retired } = props
  const t = useT(designerWords)
  const kinds = useT(kindWords)
  const [chosen, setChosen] = useState<{ place: object | undefined; key: string | undefined }>()
  // A problem leads to its field, which is unfolded for it until another is chosen.
  const led = place?.at.startsWith('fields.') === true ? place.at.split('.')[1] : undefined
  const opened = chosen !== undefined && chosen.place === place ? chosen.key : led
  const setOpened = (key: string | undefined) => setChosen({ place, key })
  const [fresh, setFresh] = useState<string>()
  const add = (kind: FieldKind) => {
    const name = freeName(
      draft,
      kinds(kind)
        .replace(/[（(].*$/, '')
        .replace(/\s*\/.*$/, ''),
    )
    const next = addField(draft, { kind, name }, retired)
    const key = next.fields[next.fields.length - 1]?.key
    change(() => next)
    setFresh(key)
    if (kind === 'choice' || kind === 'choices' || kind === 'table' || kind === 'record') setOpened(key)
  }
  const others = fieldKinds.filter((kind) => !common.includes(kind))
  return (
    <>
      <ol className="ledger-fields">
        {draft.fields.map((field, at) => (
          <FieldLine
            key={field.key}
            {...props}
            field={field}
            at={at}
            isFresh={field.key === fresh}
            isOpen={field.key === opened}
            open={() => setOpened(field.key === opened ? undefined : field.key)}
          />
        ))}
      </ol>
      <div className="ledger-names" role="group" aria-label={t('add')}>
        <strong>{t('add')}</strong>
        {common.map((kind) => (
          <button key={kind} type="button" className="bf-chip" onClick={() => add(kind)}>
            ＋ {kinds(kind)}
          </button>
        ))}
        <select
          className="bf-input ledger-short"
          aria-label={t('add')}
          value=""
          onChange={(event) => {
            const kind = others.find((one) => one === event.target.value)
            if (kind !== undefined) add(kind)
          }}
        >
          <option value="">…</option>
          {others.map((kind) => (
            <option key={kind} value={kind}>
              {kinds(kind)}
            </option>
          ))}
        </select>
      </div>
    </>
  )
}

/** A name no other field has: 数字, 数字2. */
function freeName(draft: Draft, name: string): string {
  const names = new Set(draft.fields.map((field) => field.name.zh))
  let at = 2
  let free = name
  while (names.has(free)) free = `${name}${at++}`
  return free
}

interface LineProps extends PartProps {
  field: Field
  at: number
  isFresh: boolean
  isOpen: boolean
  open: () => void
}

function FieldLine(props: LineProps) {
  const { draft, change, problems, field, at, isFresh, isOpen, open } = props
  const t = useT(designerWords)
  const kinds = useT(kindWords)
  const language = useLanguage()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isFresh) input.current?.select()
  }, [isFresh])
  const name = field.name.zh
  const said = problems.filter((one) => fieldOfProblem(one) === field.key).map((one) => one.said[language])
  return (
    <li className="ledger-field" data-at={`fields.${field.key}`}>
      <div className="ledger-field-line">
        <span className="bf-figures bf-quiet">{at + 1}</span>
        <input
          ref={input}
          className="bf-input"
          aria-label={t('fieldName', { n: at + 1 })}
          maxLength={60}
          value={name}
          onChange={(event) => change((before) => changeField(before, field.key, { name: renamed(field, event.target.value) }))}
        />
        <select
          className="bf-input"
          aria-label={t('fieldKind', { name })}
          value={field.kind}
          onChange={(event) => {
            const kind = fieldKinds.find((one) => one === event.target.value)
            if (kind !== undefined) change((before) => changeField(before, field.key, { kind }))
          }}
        >
          {fieldKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kinds(kind)}
            </option>
          ))}
        </select>
        <label className="bf-check">
          <input
            type="checkbox"
            aria-label={t('requiredOf', { name })}
            disabled={isWorkedOut(field)}
            checked={field.required === true}
            onChange={(event) => change((before) => changeField(before, field.key, { required: event.target.checked ? true : undefined }))}
          />
          {t('required')}
        </label>
        <span className="ledger-tools">
          <button
            type="button"
            className="ledger-icon"
            aria-label={t('up', { name })}
            disabled={at === 0}
            onClick={() => change((before) => moveField(before, field.key, -1))}
          >
            ↑
          </button>
          <button
            type="button"
            className="ledger-icon"
            aria-label={t('down', { name })}
            disabled={at === draft.fields.length - 1}
            onClick={() => change((before) => moveField(before, field.key, 1))}
          >
            ↓
          </button>
          <button
            type="button"
            className="ledger-icon ledger-text-icon"
            aria-expanded={isOpen}
            aria-label={t('moreOf', { name })}
            onClick={open}
          >
            {t('more')}
          </button>
          <button
            type="button"
            className="ledger-icon"
            aria-label={t('removeOf', { name })}
            disabled={draft.fields.length === 1}
            onClick={() => change((before) => removeField(before, field.key))}
          >
            ✕
          </button>
        </span>
      </div>
      {said.length === 0 ? null : <p className="bf-problem">▲ {said.join('；')}</p>}
      {isOpen ? <FieldMore {...props} /> : null}
    </li>
  )
}

/** A new Chinese name; the English one follows while nobody has written it. */
function renamed(field: Field, zh: string): Field['name'] {
  return { zh, en: field.name.en === field.name.zh ? zh : field.name.en }
}
