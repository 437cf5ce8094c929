import { Button, Select } from 'antd'
import { useState } from 'react'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { ListKind, ListKindChoice, RecognisedSheet, StagedList } from '../contract.ts'
import { correctMapping, removeList, useListKinds } from './compare-calls.ts'
import { compareWords } from './compare-words.ts'
import { MappingTable } from './mapping-table.tsx'

/** Below this a person should look. */
const sure = 0.7

/** One list as it was understood: kind, how sure, columns; each can be put right, and is remembered for the sender. */
export function StagedFile({ runId, file, changed }: { runId: string; file: StagedList; changed: () => void }) {
  const t = useT(compareWords)
  const [error, setError] = useState<unknown>()
  const remove = async () => {
    setError(undefined)
    try {
      await removeList(runId, file.receiptId)
      changed()
    } catch (fault) {
      setError(fault)
    }
  }
  const extra = (
    <Button size="small" onClick={() => void remove() /* shows its own refusal */} aria-label={`${t('removeFile')}：${file.fileName}`}>
      {t('removeFile')}
    </Button>
  )
  return (
    <Section title={file.fileName} extra={extra}>
      <Problem error={error} />
      {file.sheets.map((sheet) => (
        <SheetPart
          key={sheet.sheet}
          runId={runId}
          receiptId={file.receiptId}
          sheet={sheet}
          isOnly={file.sheets.length === 1}
          changed={changed}
        />
      ))}
    </Section>
  )
}

interface SheetPartProps {
  runId: string
  receiptId: string
  sheet: RecognisedSheet
  isOnly: boolean
  changed: () => void
}

function SheetPart({ runId, receiptId, sheet, isOnly, changed }: SheetPartProps) {
  const t = useT(compareWords)
  const language = useLanguage()
  const kinds = useListKinds()
  const [error, setError] = useState<unknown>()
  const [isSaved, setSaved] = useState(false)
  const choices = kinds.data?.items ?? []
  const kind = choices.find((one) => one.kind === sheet.kind)
  const save = async (to: { kind: ListKind | null; columns: RecognisedSheet['columns'] }) => {
    setError(undefined)
    setSaved(false)
    try {
      await correctMapping(runId, receiptId, { sheets: [{ sheet: sheet.sheet, ...to }] })
      setSaved(true)
      changed()
    } catch (fault) {
      setError(fault)
    }
  }
  const missing = sheet.missing.map((key) => kind?.fields.find((field) => field.key === key)?.label ?? key)
  return (
    <div className="bf-stack">
      {isOnly ? null : <h3>{sheet.sheet}</h3>}
      <div className="bf-filters">
        <Field label={t('kind')}>
          {(control) => (
            <Select<ListKind | ''>
              {...control}
              value={sheet.kind ?? ''}
              onChange={(value) => void save({ kind: value === '' ? null : value, columns: {} }) /* shows its own refusal */}
              options={[{ value: '', label: t('kindNone') }, ...choices.map((one) => ({ value: one.kind, label: one.words[language] }))]}
            />
          )}
        </Field>
        <SureTag sheet={sheet} />
      </div>
      {sheet.kind !== null && missing.length > 0 ? (
        <Notice kind="warning">{t('missingColumns', { columns: missing.join('、') })}</Notice>
      ) : null}
      <Problem error={error} />
      {isSaved ? <Notice kind="success">{t('savedMapping')}</Notice> : null}
      {kind === undefined ? null : (
        <Columns kind={kind} sheet={sheet} save={(columns) => void save({ kind: kind.kind, columns }) /* shows its own refusal */} />
      )}
    </div>
  )
}

function Columns({
  kind,
  sheet,
  save,
}: {
  kind: ListKindChoice
  sheet: RecognisedSheet
  save: (columns: RecognisedSheet['columns']) => void
}) {
  const t = useT(compareWords)
  return (
    <details open={sheet.missing.length > 0}>
      <summary>{t('mapping', { n: Object.keys(sheet.columns).length })}</summary>
      <MappingTable key={JSON.stringify(sheet.columns)} kind={kind} sheet={sheet} save={save} />
    </details>
  )
}

function SureTag({ sheet }: { sheet: RecognisedSheet }) {
  const t = useT(compareWords)
  if (sheet.kind === null) return <StatusTag level="grey" text={t('kindUnknown')} />
  if (sheet.remembered) return <StatusTag level="green" text={t('remembered')} />
  return <StatusTag level={sheet.confidence >= sure ? 'green' : 'amber'} text={t('sure', { n: Math.round(sheet.confidence * 100) })} />
}
