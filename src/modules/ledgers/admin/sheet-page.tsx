import { Button } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { SheetGrid } from '#ui/data/sheet-grid.tsx'
import type { CellChange, SheetColumn } from '#ui/data/sheet-moves.ts'
import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useLeaveGuard } from '#ui/plug/leave-guard.ts'
import { PageLink } from '#ui/plug/page-link.tsx'
import { usePageParam } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isFiles } from '../rules/field-kinds.ts'
import { ledgerPaths } from '../rules/paths.ts'
import { readValue } from '../rules/read-value.ts'
import { makeProblem } from '../rules/record-words.ts'
import type { Book, ImportRecord } from '../rules/records.ts'
import { isWorkedOut } from '../rules/template-brought.ts'
import type { Field } from '../rules/template.ts'
import { nameOf } from './form-parts.ts'
import { formWords } from './form-words.ts'
import { importWords } from './import-words.ts'
import { pages, useBook } from './ledger-calls.ts'
import { LedgerStyles } from './ledger-styles.tsx'
import { Refusal } from './record-move.tsx'

const emptyRows = 12
const grows = { mayGrow: true }
type Row = Readonly<Record<string, string>>

/** Records entered like a sheet, cell by cell or as a block of Excel; each cell is read at once by the rules of the server. */
export function SheetPage() {
  const templateKey = usePageParam('templateKey')
  const book = useBook(templateKey)
  return <Loaded query={book}>{(found) => <Sheet key={templateKey} book={found} />}</Loaded>
}

function Sheet({ book }: { book: Book }) {
  const t = useT(importWords)
  const form = useT(formWords)
  const language = useLanguage()
  const [rows, setRows] = useState<readonly Row[]>(() => Array.from({ length: emptyRows }, () => ({})))
  const [outcome, setOutcome] = useState<ImportRecord>()
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const fields = useMemo(
    () => book.template.fields.filter((field) => !isWorkedOut(field) && !isFiles(field.kind) && field.kind !== 'table'),
    [book],
  )
  const columns = useMemo(
    (): SheetColumn[] =>
      fields.map((field) => ({ key: field.key, title: nameOf(field, language), widthRem: field.kind === 'long-text' ? 16 : 9 })),
    [fields, language],
  )
  const byKey = useMemo(() => new Map(fields.map((field) => [field.key, field])), [fields])
  const cell = useCallback(
    (row: number, key: string) => {
      const text = rows[row]?.[key] ?? ''
      return { text, problem: problemOf(byKey.get(key), text, language) }
    },
    [rows, byKey, language],
  )
  const written = rows.filter((row) => Object.values(row).some((text) => text.trim() !== ''))
  const bad = written.reduce(
    (sum, row) => sum + fields.filter((field) => problemOf(field, row[field.key] ?? '', language) !== undefined).length,
    0,
  )
  useLeaveGuard(written.length > 0 && !isBusy, { question: form('leave'), same: [] })
  const save = async () => {
    setBusy(true)
    setError(undefined)
    const cells = [fields.map((field) => field.name.zh), ...written.map((row) => fields.map((field) => row[field.key] ?? ''))]
    try {
      const staged = await write<ImportRecord>('POST', `${ledgerPaths.book(book.templateKey)}/paste`, { rows: cells })
      const isWhole = staged.counts.bad === 0 && staged.can.apply
      setOutcome(isWhole ? await write<ImportRecord>('POST', `${ledgerPaths.imported(book.templateKey, staged.importId)}/apply`) : staged)
      if (isWhole) setRows(Array.from({ length: emptyRows }, () => ({})))
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  return (
    <PageFrame
      title={t('sheetTitle', { name: book.name[language] })}
      note={
        <>
          <PageLink to={pages.book(book.templateKey)}>{book.name[language]}</PageLink> · {t('sheetNote')}
        </>
      }
      actions={
        <>
          {bad === 0 ? null : <span className="bf-problem">▲ {t('sheetBad', { n: bad })}</span>}
          <Button
            type="primary"
            disabled={written.length === 0 || bad > 0}
            loading={isBusy}
            onClick={() => void save() /* shows its own refusal */}
          >
            {t('sheetSave', { n: written.length })}
          </Button>
        </>
      }
    >
      <LedgerStyles />
      {outcome === undefined ? null : <Outcome book={book} outcome={outcome} />}
      <Refusal error={error} />
      <SheetGrid
        label={t('sheetTitle', { name: book.name[language] })}
        columns={columns}
        rowCount={rows.length}
        rowNumber={(row) => row + 1}
        cell={cell}
        onEdit={(changes) => setRows((before) => changedRows(before, changes))}
        frozen={1}
        extras={grows}
      />
    </PageFrame>
  )
}

function Outcome({ book, outcome }: { book: Book; outcome: ImportRecord }) {
  const t = useT(importWords)
  const isDone = outcome.state === 'applied'
  return (
    <Notice kind={isDone ? 'success' : 'warning'}>
      {isDone ? t('sheetSaved', { n: outcome.counts.new + outcome.counts.changed }) : t('sheetSome', { n: outcome.counts.bad })}{' '}
      <PageLink to={isDone ? pages.book(book.templateKey) : pages.imported(book.templateKey, outcome.importId)}>
        {isDone ? book.name.zh : t('sheetSee')}
      </PageLink>
    </Notice>
  )
}

/** What is wrong with the text of a cell; links are looked up by the server. */
function problemOf(field: Field | undefined, text: string, language: 'zh' | 'en'): string | undefined {
  if (field === undefined || text.trim() === '') return undefined
  const read = readValue(field, text)
  return 'refused' in read ? makeProblem(read.refused, { name: field.name, values: read.values }).said[language] : undefined
}

/** The rows after some cells were changed; always with an empty one at the end. */
function changedRows(rows: readonly Row[], changes: readonly CellChange[]): Row[] {
  const next = [...rows]
  for (const { row, columnKey, text } of changes) {
    while (next.length <= row) next.push({})
    next[row] = { ...next[row], [columnKey]: text }
  }
  const last = next[next.length - 1]
  if (last !== undefined && Object.values(last).some((text) => text !== '') && next.length < 1999) next.push({})
  return next.slice(0, 1999)
}
