import { useState } from 'react'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isLink } from '../rules/field-kinds.ts'
import type { Field } from '../rules/template.ts'
import { useBooks } from './ledger-calls.ts'
import { mergeChoices } from './designer-choices.ts'
import { changeField, changeList, mayOffer, type Draft } from './designer-draft.ts'
import { ColumnsEditor } from './designer-columns.tsx'
import { fitsTitle, hasChoices, mayBeUnique, mayCompute, offeredGroup } from './designer-kinds.ts'
import type { PartProps } from './designer-part.ts'
import { WhenInput } from './designer-formula.tsx'
import { ReadBy } from './designer-read-by.tsx'
import { SourcePart } from './designer-source.tsx'
import { isWorkedOut } from '../rules/template-brought.ts'
import { designerWords } from './designer-words.ts'

interface MoreProps extends PartProps {
  field: Field
}

/** Everything else about a field: what its kind has, what it is for, when it is shown, how it is computed. */
export function FieldMore(props: MoreProps) {
  const { draft, change, field } = props
  const t = useT(designerWords)
  const set = (patch: Partial<Field>) => change((before) => changeField(before, field.key, patch))
  const others = draft.fields.filter((one) => one.key !== field.key)
  return (
    <div className="ledger-more">
      <KindDetails {...props} set={set} />
      <div className="ledger-pair">
        <TextPart
          label={t('help')}
          value={field.help?.zh ?? ''}
          change={(zh) => set({ help: zh === '' ? undefined : { zh, en: zh } })}
          most={200}
        />
        <TextPart
          label={t('english')}
          value={field.name.en === field.name.zh ? '' : field.name.en}
          change={(en) => set({ name: { zh: field.name.zh, en: en === '' ? field.name.zh : en } })}
          most={120}
        />
        <TextPart
          label={t('headers')}
          value={(field.headers ?? []).join('、')}
          change={(text) =>
            set({
              headers:
                text.trim() === ''
                  ? undefined
                  : text
                      .split(/[、,，]/)
                      .map((one) => one.trim())
                      .filter((one) => one !== '')
                      .slice(0, 30),
            })
          }
          most={400}
        />
      </div>
      <Flags {...props} set={set} />
      <WhenInput value={field.visibleWhen} others={others} change={(visibleWhen) => set({ visibleWhen })} />
      {mayCompute(field) ? <SourcePart draft={draft} field={field} change={change} /> : null}
      <ReadBy field={field} set={set} />
    </div>
  )
}

/** A short text that is taken over as it is typed. */
export function TextPart(props: { label: string; value: string; change: (text: string) => void; most?: number; isNumber?: boolean }) {
  const { label, value, change, most = 60, isNumber = false } = props
  return (
    <Labelled label={label}>
      {(control) => (
        <input
          {...control}
          className="bf-input"
          maxLength={most}
          {...(isNumber ? { inputMode: 'decimal' } : {})}
          value={value}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </Labelled>
  )
}

type KindProps = MoreProps & { set: (patch: Partial<Field>) => void }

function KindDetails(props: KindProps) {
  const { field, set } = props
  const t = useT(designerWords)
  const number = (text: string) => (/^-?\d+(\.\d+)?$/.test(text) ? text : undefined)
  if (hasChoices(field)) return <ChoicesPart field={field} set={set} />
  if (field.kind === 'table') return <ColumnsEditor {...props} />
  if (field.kind === 'record') return <LedgerChoice field={field} set={set} />
  if (field.kind === 'area')
    return (
      <Labelled label={t('level')}>
        {(control) => (
          <select
            {...control}
            className="bf-input ledger-short"
            value={field.level ?? 'village'}
            onChange={(event) => set({ level: levels.find((one) => one === event.target.value) })}
          >
            {levels.map((level) => (
              <option key={level} value={level}>
                {t(`level.${level}`)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
    )
  if (field.kind !== 'number' && field.kind !== 'money') return null
  return (
    <div className="ledger-pair">
      {field.kind === 'number' ? (
        <>
          <TextPart label={t('unit')} value={field.unit ?? ''} change={(unit) => set({ unit: unit === '' ? undefined : unit })} most={20} />
          <TextPart
            label={t('places')}
            value={String(field.places ?? 0)}
            change={(text) => set({ places: Math.min(6, Math.max(0, Number.parseInt(text, 10) || 0)) })}
            most={1}
            isNumber
          />
        </>
      ) : null}
      <Bound label={t('min')} value={field.min} change={(text) => set({ min: number(text) })} />
      <Bound label={t('max')} value={field.max} change={(text) => set({ max: number(text) })} />
    </div>
  )
}

const levels = ['township', 'village', 'group'] as const

/** A bound is taken over when it is a number: half a number may stand while it is typed. */
function Bound({ label, value, change }: { label: string; value: string | undefined; change: (text: string) => void }) {
  const [text, setText] = useState(value ?? '')
  return (
    <TextPart
      label={label}
      value={text}
      isNumber
      change={(next) => {
        setText(next)
        change(next.trim())
      }}
    />
  )
}

function ChoicesPart({ field, set }: { field: Field; set: (patch: Partial<Field>) => void }) {
  const t = useT(designerWords)
  const [text, setText] = useState(() => (field.choices ?? []).map((choice) => choice.name.zh).join('\n'))
  return (
    <Labelled label={t('choices')}>
      {(control) => (
        <textarea
          {...control}
          className="bf-input"
          rows={4}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            set({ choices: mergeChoices(field.choices, event.target.value) })
          }}
        />
      )}
    </Labelled>
  )
}

function LedgerChoice({ field, set }: { field: Field; set: (patch: Partial<Field>) => void }) {
  const t = useT(designerWords)
  const language = useLanguage()
  const books = useBooks()
  return (
    <Labelled label={t('of')} isRequired>
      {(control) => (
        <select
          {...control}
          className="bf-input"
          value={field.of ?? ''}
          onChange={(event) => set({ of: event.target.value === '' ? undefined : event.target.value })}
        >
          <option value="">{t('ofNone')}</option>
          {(books.data?.items ?? []).map((book) => (
            <option key={book.templateKey} value={book.templateKey}>
              {book.name[language]}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

function Flags({ draft, change, field, set }: KindProps) {
  const t = useT(designerWords)
  const isOffered = draft.list.offered.includes(field.key)
  const isUnique = draft.unique?.some((keys) => keys.length === 1 && keys[0] === field.key) === true
  const offer = (is: boolean) =>
    change((before) =>
      changeList(before, { offered: is ? [...before.list.offered, field.key] : before.list.offered.filter((one) => one !== field.key) }),
    )
  return (
    <div className="ledger-options">
      {offeredGroup(field) === undefined ? null : (
        <label>
          <input
            type="checkbox"
            checked={isOffered}
            disabled={!isOffered && !mayOffer(draft, field)}
            onChange={(event) => offer(event.target.checked)}
          />{' '}
          {!isOffered && !mayOffer(draft, field) ? t('offeredFull') : t('offered')}
        </label>
      )}
      {mayBeUnique(field) && !isWorkedOut(field) ? (
        <label>
          <input
            type="checkbox"
            checked={isUnique}
            disabled={!isUnique && (draft.unique?.length ?? 0) >= 2}
            onChange={(event) => change((before) => withUnique(before, field.key, event.target.checked))}
          />{' '}
          {t('unique')}
        </label>
      ) : null}
      {(field.kind === 'text' || field.kind === 'long-text') && !isWorkedOut(field) ? (
        <label>
          <input
            type="checkbox"
            checked={field.sensitive === true}
            onChange={(event) =>
              change((before) => changeList(changeField(before, field.key, { sensitive: event.target.checked ? true : undefined }), {}))
            }
          />{' '}
          {t('sensitive')}
        </label>
      ) : null}
      {fitsTitle(field) && !isLink(field.kind) && draft.title !== field.key ? (
        <label>
          <input type="checkbox" checked={false} onChange={() => change((before) => ({ ...before, title: field.key }))} /> {t('useTitle')}
        </label>
      ) : null}
      {draft.title === field.key ? <span className="bf-quiet">★ {t('isTitle')}</span> : null}
      {field.kind === 'text' && field.sensitive === true ? <FormatChoice field={field} set={set} /> : null}
    </div>
  )
}

function FormatChoice({ field, set }: { field: Field; set: (patch: Partial<Field>) => void }) {
  const t = useT(designerWords)
  const formats = ['id-number', 'phone', 'bank-account'] as const
  return (
    <select
      className="bf-input ledger-short"
      aria-label={t('format')}
      value={field.format ?? ''}
      onChange={(event) => set({ format: formats.find((one) => one === event.target.value) })}
    >
      <option value="">{t('format.none')}</option>
      {formats.map((format) => (
        <option key={format} value={format}>
          {t(`format.${format}`)}
        </option>
      ))}
    </select>
  )
}

function withUnique(draft: Draft, key: string, is: boolean): Draft {
  const others = (draft.unique ?? []).filter((keys) => !(keys.length === 1 && keys[0] === key))
  const { unique: _before, ...rest } = draft
  const next = is ? [...others, [key]] : others
  return next.length === 0 ? rest : { ...rest, unique: next }
}
