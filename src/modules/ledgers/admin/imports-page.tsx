import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { download, read, upload, write } from '#kernel/browser/api/index.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { readBlock } from '#ui/data/sheet-moves.ts'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { FileDrop } from '#ui/forms/file-drop.tsx'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { Book, ImportRecord } from '../rules/records.ts'
import { takePaste } from './import-kept.ts'
import { importWords } from './import-words.ts'
import { pages, useBook } from './ledger-calls.ts'
import { LedgerStyles } from './ledger-styles.tsx'
import { Refusal } from './record-move.tsx'

/** Brings rows in from a file or the clipboard: they are looked at on the next page before anything is written. */
export function ImportsPage() {
  const templateKey = usePageParam('templateKey')
  const book = useBook(templateKey)
  return <Loaded query={book}>{(found) => <Begin key={templateKey} book={found} />}</Loaded>
}

function Begin({ book }: { book: Book }) {
  const t = useT(importWords)
  const language = useLanguage()
  const go = useGo()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const path = ledgerPaths.book(book.templateKey)
  const begin = async (send: () => Promise<ImportRecord>) => {
    setBusy(true)
    setError(undefined)
    try {
      go(pages.imported(book.templateKey, (await send()).importId))
    } catch (fault) {
      setError(fault)
      setBusy(false)
    }
  }
  const paste = (rows: readonly (readonly string[])[]) => void begin(() => write('POST', `${path}/paste`, { rows: rows.slice(0, 2000) })) // shows its own refusal
  useEffect(() => {
    const rows = takePaste(book.templateKey)
    if (rows !== undefined) paste(rows)
    // oxlint-disable-next-line react/exhaustive-deps -- once, for what the page before handed over
  }, [])
  return (
    <PageFrame
      title={t('title', { name: book.name[language] })}
      note={
        <>
          <PageLink to={pages.book(book.templateKey)}>{book.name[language]}</PageLink> · {t('note')}
        </>
      }
    >
      <LedgerStyles />
      {isBusy ? <ProgressLine label={t('uploading')} /> : null}
      <Refusal error={error} />
      <FileDrop
        label={t('drop')}
        accept=".xlsx,.xls,.csv,.txt"
        isDisabled={isBusy}
        onFiles={([file]) => file !== undefined && void begin(() => upload(`${path}/imports`, file))}
      />
      <Section>
        <PasteBox take={paste} />
        <div>
          <button type="button" className="bf-link" onClick={() => void download(`${path}/import-file`).catch(setError)}>
            {t('form')}
          </button>
        </div>
      </Section>
      <Earlier book={book} />
    </PageFrame>
  )
}

function PasteBox({ take }: { take: (rows: string[][]) => void }) {
  const t = useT(importWords)
  const [isBad, setBad] = useState(false)
  const read = (text: string) => {
    const rows = readBlock(text)
    setBad(rows.length < 2)
    if (rows.length >= 2) take(rows)
  }
  return (
    <Labelled label={t('paste')} problem={isBad ? t('pasteHead') : undefined}>
      {(control) => (
        <textarea
          {...control}
          className="bf-input"
          rows={3}
          value=""
          onChange={(event) => read(event.target.value)}
          onPaste={(event) => {
            event.preventDefault()
            read(event.clipboardData.getData('text/plain'))
          }}
        />
      )}
    </Labelled>
  )
}

function Earlier({ book }: { book: Book }) {
  const t = useT(importWords)
  const found = useQuery({
    queryKey: ['ledgers', 'imports', book.templateKey],
    queryFn: () => read<{ items: ImportRecord[] }>(`${ledgerPaths.book(book.templateKey)}/imports`),
  })
  const items = found.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section title={t('earlier')}>
      <ul className="ledger-lines">
        {items.map((one) => (
          <li key={one.importId} className="bf-row">
            <PageLink to={pages.imported(book.templateKey, one.importId)}>{one.source === 'pasted' ? t('pasted') : one.fileName}</PageLink>
            <StatusTag
              level={one.state === 'applied' ? 'green' : one.state === 'staged' ? 'amber' : 'grey'}
              text={t(`state.${one.state}`)}
            />
            <span className="bf-quiet">
              {one.madeAt.slice(0, 16).replace('T', ' ')} {one.madeName} · {t('counts', one.counts)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
