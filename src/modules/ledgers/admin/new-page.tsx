import { Button } from 'antd'
import { useState } from 'react'
import { upload } from '#kernel/browser/api/index.ts'
import { readBlock } from '#ui/data/sheet-moves.ts'
import { Notice } from '#ui/feedback/faces.tsx'
import { ChoiceCards } from '#ui/forms/choice-cards.tsx'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { FileDrop } from '#ui/forms/file-drop.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { ledgerPaths } from '../rules/paths.ts'
import { ownKey, publishDraft, readTemplate, saveDraft } from './designer-calls.ts'
import { judgeDraft } from './designer-check.ts'
import { bothWords } from './designer-choices.ts'
import { addField, blankDraft, removeField, type Draft } from './designer-draft.ts'
import { flowKeys, flowOf, type FlowKey } from './designer-flows.ts'
import { GuessedFields } from './designer-guessed.tsx'
import { guessTable, type GuessedField, type GuessedTable } from './designer-guess.ts'
import { workRoles } from './designer-roles.tsx'
import { moreWords } from './designer-more-words.ts'
import { TemplateRefusal } from './designer-refusal.tsx'
import { designerWords } from './designer-words.ts'
import { FormDrop, FormNotes, type TakenForm } from './designer-xlsform.tsx'
import { keepPaste } from './import-kept.ts'
import { pages, useBooks } from './ledger-calls.ts'
import { LedgerStyles } from './ledger-styles.tsx'

const ways = ['excel', 'shipped', 'blank', 'xlsform', 'file'] as const
type Way = (typeof ways)[number]

/** A new ledger: from the head of an Excel sheet, from a ready ledger, from nothing or from a file; usable with one press. */
export function NewPage() {
  const t = useT(designerWords)
  const go = useGo()
  const [way, setWay] = useState<Way>('excel')
  const [name, setName] = useState('')
  const [flow, setFlow] = useState<FlowKey>('register')
  const [table, setTable] = useState<GuessedTable>()
  const [fields, setFields] = useState<readonly GuessedField[]>([])
  const [source, setSource] = useState('')
  const [form, setForm] = useState<TakenForm>()
  const [withRows, setWithRows] = useState(true)
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const paste = (text: string) => {
    const found = guessTable(readBlock(text))
    setTable(found)
    setFields(found?.fields ?? [])
    if (name === '' && found !== undefined) setName(found.title)
    return found !== undefined
  }
  const title = name.trim()
  const isReady =
    title !== '' &&
    (way !== 'excel' || fields.some((field) => field.keep)) &&
    (way !== 'shipped' || source !== '') &&
    (way !== 'xlsform' || form !== undefined)
  const makeDraft = async (): Promise<Draft> => {
    const key = ownKey()
    if (way === 'shipped') return { ...(await readTemplate(source)).template, key, name: bothWords(title) }
    if (way === 'xlsform' && form !== undefined) {
      const print = { ...form.template.print, title: bothWords(title) }
      return { ...form.template, ...flowOf(flow, workRoles), key, name: bothWords(title), print }
    }
    const blank = blankDraft({ key, name: title, flow, readers: workRoles })
    return way === 'excel' ? withFields(blank, fields) : blank
  }
  const create = async (isUsed: boolean) => {
    if (!isReady || isBusy) return
    setBusy(true)
    setError(undefined)
    try {
      const draft = await makeDraft()
      const { revision } = await saveDraft(draft)
      if (!isUsed || judgeDraft(draft).problems.length > 0) return go(pages.design(draft.key))
      await publishDraft(draft.key, revision)
      if (way === 'excel' && withRows && table !== undefined && table.rows.length > 0) {
        keepPaste(draft.key, [table.header, ...table.rows])
        return go(pages.imports(draft.key))
      }
      return go(pages.book(draft.key))
    } catch (fault) {
      setError(fault)
      return setBusy(false)
    }
  }
  return (
    <PageFrame title={t('newTitle')} note={t('newNote')}>
      <LedgerStyles />
      <form
        className="bf-stack"
        onSubmit={(event) => {
          event.preventDefault()
          void create(true) // shows its own refusal
        }}
      >
        <ChoiceCards<Way>
          legend={t('way')}
          chosen={way}
          choose={setWay}
          choices={ways.map((key) => ({ key, label: t(`way.${key}`), hint: t(`way.${key}.hint`) }))}
        />
        {way === 'file' ? <FromFile /> : null}
        {way === 'excel' ? (
          <FromExcel table={table} fields={fields} paste={paste} setFields={setFields} again={() => setTable(undefined)} />
        ) : null}
        {way === 'xlsform' ? (
          <FromForm
            form={form}
            again={() => setForm(undefined)}
            take={(taken) => {
              setForm(taken)
              if (name === '') setName(taken.template.name.zh)
            }}
          />
        ) : null}
        {way === 'file' || (way === 'excel' && table === undefined) || (way === 'xlsform' && form === undefined) ? null : (
          <Section>
            {way === 'shipped' ? <SourceChoice value={source} change={setSource} named={(found) => name === '' && setName(found)} /> : null}
            <Labelled label={t('name')} isRequired>
              {(control) => (
                <input {...control} className="bf-input" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
              )}
            </Labelled>
            {way === 'shipped' ? null : (
              <ChoiceCards<FlowKey>
                legend={t('flow')}
                chosen={flow}
                choose={setFlow}
                choices={flowKeys.map((key) => ({ key, label: t(`flow.${key}`), hint: t(`flow.${key}.hint`) }))}
              />
            )}
            {way === 'excel' && table !== undefined && table.rows.length > 0 ? (
              <label className="bf-check">
                <input type="checkbox" checked={withRows} onChange={(event) => setWithRows(event.target.checked)} />
                {t('withRows', { n: table.rows.length })}
              </label>
            ) : null}
            <TemplateRefusal error={error} />
            <CreateActions isReady={isReady} isBusy={isBusy} keepDraft={() => void create(false) /* shows its own refusal */} />
          </Section>
        )}
      </form>
    </PageFrame>
  )
}

/** The blank template's own field gives way to the recognised ones. */
function withFields(blank: Draft, fields: readonly GuessedField[]): Draft {
  const own = blank.fields[0]?.key ?? ''
  const filled = fields
    .filter((field) => field.keep)
    .reduce<Draft>((draft, { name, kind, required, rest }) => addField(draft, { name, kind, required, rest }), blank)
  const draft = removeField(filled, own)
  const names = fields.filter((field) => field.keep)
  const title = names.find(
    (field) => field.kind === 'text' && field.rest.sensitive !== true && /(名称|姓名|户主|标题|项目|企业|问题)/.test(field.name),
  )
  const key = draft.fields.find((field) => field.name.zh === title?.name)?.key
  return key === undefined ? draft : { ...draft, title: key }
}

function CreateActions({ isReady, isBusy, keepDraft }: { isReady: boolean; isBusy: boolean; keepDraft: () => void }) {
  const t = useT(designerWords)
  return (
    <div className="bf-dialog-actions">
      <Button disabled={!isReady} loading={isBusy} onClick={keepDraft}>
        {t('createDraft')}
      </Button>
      <Button type="primary" htmlType="submit" disabled={!isReady} loading={isBusy}>
        {t('create')}
      </Button>
    </div>
  )
}

/** A form is dropped, and what was read of it is said. */
function FromForm({ form, take, again }: { form: TakenForm | undefined; take: (form: TakenForm) => void; again: () => void }) {
  const t = useT(moreWords)
  return (
    <Section>
      {form === undefined ? (
        <FormDrop take={take} />
      ) : (
        <>
          <FormNotes form={form} />
          <button type="button" className="bf-link" onClick={again}>
            {t('formAgain')}
          </button>
        </>
      )}
    </Section>
  )
}

interface ExcelProps {
  table: GuessedTable | undefined
  fields: readonly GuessedField[]
  paste: (text: string) => boolean
  setFields: (fields: readonly GuessedField[]) => void
  again: () => void
}

function FromExcel({ table, fields, paste, setFields, again }: ExcelProps) {
  const t = useT(designerWords)
  const [isBad, setBad] = useState(false)
  if (table === undefined)
    return (
      <Section>
        <Labelled label={t('paste')} hint={t('pasteHint')} problem={isBad ? t('pasteNothing') : undefined}>
          {(control) => (
            <textarea
              {...control}
              className="bf-input"
              rows={6}
              value=""
              onChange={(event) => setBad(!paste(event.target.value))}
              onPaste={(event) => {
                event.preventDefault()
                setBad(!paste(event.clipboardData.getData('text/plain')))
              }}
            />
          )}
        </Labelled>
      </Section>
    )
  return (
    <Section
      title={t('recognised', { n: fields.filter((field) => field.keep).length, rows: table.rows.length })}
      extra={
        <button type="button" className="bf-link" onClick={again}>
          {t('pasteAgain')}
        </button>
      }
    >
      <GuessedFields fields={fields} change={setFields} />
    </Section>
  )
}

function SourceChoice({ value, change, named }: { value: string; change: (key: string) => void; named: (name: string) => void }) {
  const t = useT(designerWords)
  const language = useLanguage()
  const books = useBooks()
  return (
    <Labelled label={t('source')} isRequired>
      {(control) => (
        <select
          {...control}
          className="bf-input"
          value={value}
          onChange={(event) => {
            change(event.target.value)
            const found = books.data?.items.find((one) => one.templateKey === event.target.value)
            if (found !== undefined) named(found.name.zh)
          }}
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

function FromFile() {
  const t = useT(designerWords)
  const go = useGo()
  const [error, setError] = useState<unknown>()
  const take = ([file]: File[]) => {
    if (file === undefined) return
    setError(undefined)
    upload<{ templateKey: string }>(`${ledgerPaths.templates}/file`, file).then(
      ({ templateKey }) => go(pages.design(templateKey)),
      setError,
    )
  }
  return (
    <Section>
      <FileDrop label={t('chooseFile')} accept=".json" onFiles={take} />
      <TemplateRefusal error={error} />
      {error === undefined ? null : <Notice kind="error">{t('badFile')}</Notice>}
    </Section>
  )
}
