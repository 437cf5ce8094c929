import { Button } from 'antd'
import { useState } from 'react'
import { dayOf } from '#kernel/pure/time/index.ts'
import { askFile, write } from '#kernel/browser/api/index.ts'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { MaskedValue } from '#ui/data/masked-value.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isFiles } from '../rules/field-kinds.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { Book, FieldValue, RecordRecord } from '../rules/records.ts'
import { isBrought } from '../rules/template-brought.ts'
import type { Field } from '../rules/template.ts'
import { nameOf } from './form-parts.ts'
import { pages, useBook, useRecord } from './ledger-calls.ts'
import { LedgerStyles } from './ledger-styles.tsx'
import { ledgerWords } from './ledger-words.ts'
import { linkTo } from './link-page.ts'
import { LinkedRecords } from './linked-records.tsx'
import { DueText, StateTag } from './list-columns.tsx'
import { ChangeRecordForm } from './record-change.tsx'
import { RecordFiles } from './record-files.tsx'
import { RecordHistory } from './record-history.tsx'
import { RecordMoves } from './record-moves.tsx'
import { BroughtValue } from './record-why.tsx'
import { textOf } from './value-text.ts'
import { useIsNarrow } from './use-is-narrow.ts'
import { versionName } from './version-name.ts'

/** One record: what it says, where it stands and what comes next, its files, what happened, and who names it. */
export function RecordPage() {
  const templateKey = usePageParam('templateKey')
  const recordId = usePageParam('recordId')
  const book = useBook(templateKey)
  const record = useRecord(templateKey, recordId)
  return (
    <Loaded query={book}>
      {(foundBook) => <Loaded query={record}>{(found) => <Whole key={recordId} book={foundBook} record={found} />}</Loaded>}
    </Loaded>
  )
}

interface Parts {
  book: Book
  record: RecordRecord
}

function Whole({ book, record }: Parts) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const isNarrow = useIsNarrow()
  const [isChanging, setChanging] = useState(false)
  const { template } = record
  const name = record.title === '' ? (record.recordNo ?? book.name[language]) : record.title
  const note = [record.recordNo, record.areaName, `${t('made')} ${dayOf(Date.parse(record.madeAt))} ${record.madeName}`]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ')
  return (
    <PageFrame
      title={name}
      note={
        <>
          <PageLink to={pages.book(book.templateKey)}>{book.name[language]}</PageLink> · {note}
        </>
      }
      extra={
        <>
          <StateTag template={template} state={record.state} />
          <DueText record={record} />
          <span className="bf-spring" />
          {isChanging ? null : <RecordActions book={book} record={record} change={() => setChanging(true)} />}
        </>
      }
    >
      <LedgerStyles />
      {record.isRemoved ? <Notice kind="warning">{t('gone')}</Notice> : null}
      {record.version < book.version ? (
        <Notice kind="info">
          {t('olderVersion', {
            old: versionName(book.templateKey, record.version, language),
            now: versionName(book.templateKey, book.version, language),
          })}
        </Notice>
      ) : null}
      {record.warnings.length === 0 ? null : (
        <Notice kind="warning">
          {t('warnings')}：{record.warnings.map(({ said }) => said[language]).join('；')}
        </Notice>
      )}
      {isChanging ? (
        <ChangeRecordForm key={record.revision} book={book} record={record} close={() => setChanging(false)} />
      ) : (
        <div className="ledger-side">
          <div className="bf-stack">
            {isNarrow ? <RecordMoves book={book} record={record} /> : null}
            <Facts book={book} record={record} />
            <RecordFiles book={book} record={record} />
          </div>
          <div className="bf-stack">
            {isNarrow ? null : <RecordMoves book={book} record={record} />}
            <Section title={t('timeline')}>
              <RecordHistory record={record} />
            </Section>
            <LinkedRecords kind="record" target={record.recordId} title={t('linkedFrom')} />
          </div>
        </div>
      )}
    </PageFrame>
  )
}

function Facts({ book, record }: Parts) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const plain = record.template.fields.filter(({ kind }) => !isFiles(kind) && kind !== 'table')
  const tables = record.template.fields.filter(({ kind }) => kind === 'table')
  const filled = plain.filter((field) => field.visibleWhen === undefined || record.values[field.key] !== undefined)
  return (
    <Section title={t('facts')}>
      <DescriptionList
        items={filled.map((field) => ({
          key: field.key,
          label: field.kind === 'money' ? nameOf(field, language) : field.name[language],
          value: <FieldShown book={book} record={record} field={field} value={record.values[field.key]} />,
        }))}
      />
      {tables.map((field) => (
        <TableShown key={field.key} field={field} value={record.values[field.key]} />
      ))}
    </Section>
  )
}

function FieldShown({ book, record, field, value }: Parts & { field: Field; value: FieldValue | undefined }) {
  const language = useLanguage()
  if (typeof value === 'object' && value !== null && 'masked' in value) {
    const reveal = async (reason: string) =>
      (
        await write<{ value: string }>('POST', `${ledgerPaths.record(book.templateKey, record.recordId)}/reveal`, {
          field: field.key,
          reason,
        })
      ).value
    return <MaskedValue label={field.name[language]} masked={value.masked} {...(record.can.reveal ? { reveal } : {})} />
  }
  const text = textOf(field, value, language)
  if (isBrought(field)) return <BroughtValue record={record} templateKey={book.templateKey} field={field} text={text} />
  const to = linkTo(field, value)
  if (to !== undefined) return <PageLink to={to}>{text}</PageLink>
  return field.kind === 'long-text' ? <span className="ledger-long">{text === '' ? '—' : text}</span> : <>{text === '' ? '—' : text}</>
}

function TableShown({ field, value }: { field: Field; value: FieldValue | undefined }) {
  const language = useLanguage()
  const rows: readonly unknown[] = Array.isArray(value) ? value : []
  const columns = field.columns ?? []
  if (rows.length === 0) return null
  return (
    <div className="bf-scroll">
      <table className="bf-table">
        <caption className="ledger-caption">{field.name[language]}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.kind === 'number' || column.kind === 'money' ? 'bf-number' : undefined}>
                {column.name[language]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows have no name of their own
            <tr key={at}>
              {columns.map((column) => (
                <td key={column.key} className={column.kind === 'number' || column.kind === 'money' ? 'bf-number' : undefined}>
                  {/* Safe: rows of a table are records of values. */}
                  {textOf(column, (row as Readonly<Record<string, FieldValue>>)[column.key], language) || '—'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function RecordActions({ book, record, change }: Parts & { change: () => void }) {
  const t = useT(ledgerWords)
  const go = useGo()
  const [asked, setAsked] = useState<'remove' | 'restore'>()
  const [error, setError] = useState<unknown>()
  const path = ledgerPaths.record(book.templateKey, record.recordId)
  const act = async (reason: string) => {
    await write('POST', `${path}/${asked ?? 'restore'}`, { revision: record.revision, reason })
    if (asked === 'remove') go(pages.book(book.templateKey))
  }
  return (
    <span className="bf-row">
      <Problem error={error} />
      <Button onClick={() => void askFile(`${path}/print`, { format: 'pdf' }).catch(setError)}>{t('print')}</Button>
      {record.can.remove ? <Button onClick={() => setAsked('remove')}>{t('remove')}</Button> : null}
      {record.can.restore && record.isRemoved ? <Button onClick={() => setAsked('restore')}>{t('restore')}</Button> : null}
      {record.can.change ? (
        <Button type="primary" onClick={change}>
          {t('edit')}
        </Button>
      ) : null}
      <ConfirmDialog
        isOpen={asked !== undefined}
        title={t(asked ?? 'remove')}
        confirmText={t(asked ?? 'remove')}
        isDangerous={asked === 'remove'}
        reason={{ label: t('reason'), minLength: 2 }}
        confirm={act}
        close={() => setAsked(undefined)}
      >
        {asked === 'remove' ? t('removeAsk') : null}
      </ConfirmDialog>
    </span>
  )
}
