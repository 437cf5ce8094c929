import { Button } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { isApiError, write } from '#kernel/browser/api/index.ts'
import { AreaSelect, useAreas } from '#modules/identity/admin/index.ts'
import { Notice, Skeleton } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useLeaveGuard } from '#ui/plug/leave-guard.ts'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useCaller } from '#ui/plug/caller.tsx'
import { useLanguage, useSayError, useT } from '#ui/words/use-t.ts'
import { openTemplate } from '../rules/open-template.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { Book } from '../rules/records.ts'
import { KnownValues } from './form-known.tsx'
import { useRecordForm, type Entered, type RecordForm } from './form-state.ts'
import { FormFields, WholeProblems } from './form-view.tsx'
import { formWords } from './form-words.ts'
import { pages, useBook } from './ledger-calls.ts'
import { LedgerStyles } from './ledger-styles.tsx'
import { uploadWaiting, useSubmitKey } from './record-change.tsx'
import { problemsOf, Refusal } from './record-move.tsx'
import { useIsNarrow } from './use-is-narrow.ts'
import { textOf } from './value-text.ts'

const newRecord = {}
// What was entered and not saved, while the app is open: never stored, for it names people.
const keptEntries = new Map<string, Entered>()

/** The form of a new record: the first field is ready to type in, Ctrl+Enter saves and begins the next. */
export function MakePage() {
  const templateKey = usePageParam('templateKey')
  const book = useBook(templateKey)
  return <Loaded query={book}>{(found) => <Rounds key={templateKey} book={found} />}</Loaded>
}

/** Whoever has one village has it in every field that asks for one; `undefined` until his places are known. */
function usePreset(book: Book): Entered | undefined {
  const areas = useAreas('village')
  const { data, isError } = areas
  return useMemo(() => {
    if (data === undefined) return isError ? {} : undefined
    const [only, another] = data.filter(({ level }) => level === 'village')
    if (only === undefined || another !== undefined) return {}
    const fields = book.template.fields.filter(({ kind, level }) => kind === 'area' && (level ?? 'village') === 'village')
    return Object.fromEntries(fields.map(({ key }) => [key, { id: only.path, name: only.name }]))
  }, [data, isError, book])
}

interface Saved {
  recordId: string
  title: string
  failed: readonly { name: string; error: unknown }[]
}

function Rounds({ book }: { book: Book }) {
  const t = useT(formWords)
  const language = useLanguage()
  const go = useGo()
  const isNarrow = useIsNarrow()
  const [round, setRound] = useState(0)
  const [saved, setSaved] = useState<Saved>()
  const open = useMemo(() => openTemplate(book.template, book.version, book.keys), [book])
  const preset = usePreset(book)
  const after = (one: Saved, isNext: boolean) => {
    keptEntries.delete(book.templateKey)
    if (!isNext && one.failed.length === 0) return go(pages.record(book.templateKey, one.recordId))
    setSaved(one)
    return setRound(round + 1)
  }
  return (
    <PageFrame
      title={t('makeTitle', { name: book.name[language] })}
      note={
        <>
          <PageLink to={pages.book(book.templateKey)}>{book.name[language]}</PageLink>
          {isNarrow ? null : ` · ${t('keys')}`}
        </>
      }
    >
      <LedgerStyles />
      {saved === undefined ? null : <SavedNotice book={book} saved={saved} />}
      {preset === undefined ? <Skeleton /> : <MakeForm key={round} book={book} open={open} preset={preset} saved={after} />}
    </PageFrame>
  )
}

function SavedNotice({ book, saved }: { book: Book; saved: Saved }) {
  const t = useT(formWords)
  const say = useSayError()
  return (
    <Notice kind={saved.failed.length === 0 ? 'success' : 'warning'}>
      <span role="status">
        {saved.failed.length === 0 ? t('saved', { title: saved.title }) : t('uploadFailed', { n: saved.failed.length })}
      </span>{' '}
      <PageLink to={pages.record(book.templateKey, saved.recordId)}>{t('openSaved')}</PageLink>
      {saved.failed.map(({ name, error }) => (
        <p key={name}>
          {name}：{say(error)}
        </p>
      ))}
    </Notice>
  )
}

interface MakeFormProps {
  book: Book
  open: ReturnType<typeof openTemplate>
  preset: Entered
  saved: (saved: Saved, isNext: boolean) => void
}

function MakeForm({ book, open, preset, saved }: MakeFormProps) {
  const t = useT(formWords)
  const language = useLanguage()
  const kept = keptEntries.get(book.templateKey)
  const form = useRecordForm({ open, kept, preset, of: newRecord })
  const [areaPath, setAreaPath] = useState('')
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  useKeep(book.templateKey, form, isBusy)
  useLeaveGuard(form.isTouched && form.waitingCount > 0 && !isBusy, { question: t('leave'), same: [] })
  const save = async (isNext: boolean) => {
    form.tryToSave()
    if (form.isRefused || isBusy) return focusFirstProblem()
    setBusy(true)
    setError(undefined)
    try {
      const body = { values: form.changes, ...(areaPath === '' ? {} : { areaPath }) }
      const { recordId } = await write<{ recordId: string }>('POST', `${ledgerPaths.book(book.templateKey)}/records`, body)
      const failed = await uploadWaiting(ledgerPaths.record(book.templateKey, recordId), form.waiting)
      const titled = book.template.fields.find(({ key }) => key === book.template.title)
      const title = titled === undefined ? '' : textOf(titled, form.values[titled.key], language)
      saved({ recordId, title, failed }, isNext)
    } catch (fault) {
      form.refuse(problemsOf(fault))
      setError(fault)
      setBusy(false)
    }
  }
  useSubmitKey(() => void save(true) /* shows its own refusal */)
  useEffect(() => document.querySelector<HTMLElement>('.ledger-form input, .ledger-form textarea, .ledger-form select')?.focus(), [])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save(false) // shows its own refusal
      }}
    >
      {kept === undefined || form.isFresh ? null : (
        <Notice kind="info">
          {t('kept')}{' '}
          <button type="button" className="bf-link" onClick={form.reset}>
            {t('forget')}
          </button>
        </Notice>
      )}
      <Section>
        <KnownValues form={form} templateKey={book.templateKey} />
        <FormFields form={form} />
        <WhereField book={book} value={areaPath} change={setAreaPath} />
        <WholeProblems form={form} />
        {isApiError(error) && error.status === 0 ? (
          <Notice kind="warning">{t('offline')}</Notice>
        ) : problemsOf(error).length > 0 ? null : (
          <Refusal error={error} />
        )}
      </Section>
      <div className="bf-page-actions">
        <Button htmlType="submit" loading={isBusy}>
          {t('save')}
        </Button>
        <Button type="primary" loading={isBusy} onClick={() => void save(true) /* shows its own refusal */}>
          {t('saveNext')}
        </Button>
      </div>
    </form>
  )
}

/** Where a record belongs that names nobody and no place. */
function WhereField({ book, value, change }: { book: Book; value: string; change: (path: string) => void }) {
  const t = useT(formWords)
  const { isCountyWide, areaName } = useCaller()
  const isNamed = book.template.fields.some(({ kind }) => ['household', 'person', 'organisation', 'area'].includes(kind))
  if (isNamed || (!isCountyWide && /(村|社区|居委会)$/.test(areaName))) return null
  return (
    <Labelled label={t('area')} hint={t('areaHint')}>
      {(control) => <AreaSelect {...control} value={value} onChange={change} />}
    </Labelled>
  )
}

/** Keeps what is entered for when the page is left and opened again. */
function useKeep(templateKey: string, form: RecordForm, isDone: boolean): void {
  const { entered, isTouched } = form
  useEffect(() => {
    if (isTouched && !isDone) keptEntries.set(templateKey, entered)
    if (!isTouched) keptEntries.delete(templateKey)
  }, [templateKey, entered, isTouched, isDone])
}

/** The first field with a problem comes into sight and takes the keyboard. */
function focusFirstProblem(): void {
  requestAnimationFrame(() => {
    const first =
      document.querySelector<HTMLElement>('.ledger-form [aria-invalid] input, .ledger-form [aria-invalid]') ??
      document.querySelector<HTMLElement>('form [role="alert"]')
    first?.focus()
    first?.scrollIntoView({ block: 'center' })
  })
}
