import { Button, Select } from 'antd'
import { useState } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { ColumnMapping, ListKind, RecognisedSheet } from '../contract.ts'
import type { ListKindChoice, StagedList } from '../rules/compare-requests.ts'
import type { SuggestedMapping } from '../rules/compare-records.ts'
import { correctMapping, removeList, suggestMapping, useListKinds } from './compare-calls.ts'
import { compareWords } from './compare-words.ts'
import { MappingTable } from './mapping-table.tsx'
import { wizardWords } from './wizard-words.ts'

/** Below this a person should look. */
const sure = 0.7

/** The lists as they were understood: kind, how sure, columns; each can be put right, and is remembered for the sender. */
export function StagedFiles({ runId, files, changed }: { runId: string; files: readonly StagedList[]; changed: () => void }) {
  const t = useT(compareWords)
  const w = useT(wizardWords)
  const kinds = useListKinds()
  const [error, setError] = useState<unknown>()
  const [isSaved, setSaved] = useState(false)
  const strange = files.filter((file) => file.sheets.every((sheet) => sheet.kind === null)).length
  const act = async (work: () => Promise<unknown>, saves: boolean) => {
    setError(undefined)
    setSaved(false)
    try {
      await work()
      setSaved(saves)
      changed()
    } catch (fault) {
      setError(fault)
    }
  }
  return (
    <Section title={t('files')}>
      <p className="bf-quiet">{t('filesNote')}</p>
      {strange === 0 ? null : <Notice kind="warning">{w('unmapped', { n: strange })}</Notice>}
      <Problem error={error} />
      {isSaved ? <Notice kind="success">{t('savedMapping')}</Notice> : null}
      <ScrollBox>
        <table className="bf-table">
          <thead>
            <tr>
              <th scope="col">{t('file')}</th>
              <th scope="col">{t('kind')}</th>
              <th scope="col">{t('confidence')}</th>
              <th scope="col">{t('column')}</th>
              <th scope="col">{t('action')}</th>
            </tr>
          </thead>
          <tbody>
            {files.flatMap((file) =>
              file.sheets.map((sheet, index) => (
                <SheetRow
                  key={`${file.receiptId} ${sheet.sheet}`}
                  file={file}
                  sheet={sheet}
                  isFirst={index === 0}
                  choices={kinds.data?.items ?? []}
                  // `act` shows its own refusal
                  save={(to) => void act(() => correctMapping(runId, file.receiptId, { sheets: [{ sheet: sheet.sheet, ...to }] }), true)}
                  suggest={(kind) => suggestMapping(runId, file.receiptId, { sheet: sheet.sheet, kind })}
                  remove={() => void act(() => removeList(runId, file.receiptId), false)}
                />
              )),
            )}
          </tbody>
        </table>
      </ScrollBox>
    </Section>
  )
}

interface SheetRowProps {
  file: StagedList
  sheet: RecognisedSheet
  isFirst: boolean
  choices: readonly ListKindChoice[]
  save: (to: { kind: ListKind | null; columns: ColumnMapping }) => void
  suggest: (kind: ListKind) => Promise<SuggestedMapping>
  remove: () => void
}

/** One sheet: what it is taken for. Another kind is only taken over when its columns have been looked at and saved. */
function SheetRow({ file, sheet, isFirst, choices, save, suggest, remove }: SheetRowProps) {
  const t = useT(compareWords)
  const language = useLanguage()
  const [proposed, setProposed] = useState<SuggestedMapping>()
  const [error, setError] = useState<unknown>()
  const shown = proposed?.sheet ?? sheet
  const kind = choices.find((one) => one.kind === shown.kind)
  const missing = kind === undefined ? [] : missingOf(kind, shown.columns)
  const labelOf = (key: string) => kind?.fields.find((field) => field.key === key)?.label ?? key
  const look = async (as: ListKind | null) => {
    setError(undefined)
    setProposed(undefined)
    if (as === null) return save({ kind: null, columns: {} })
    try {
      const found = await suggest(as)
      setProposed(as === sheet.kind ? { ...found, sheet } : found)
    } catch (fault) {
      setError(fault)
    }
  }
  return (
    <>
      <tr>
        <td>
          {isFirst ? file.fileName : null}
          {file.sheets.length > 1 ? <span className="bf-source">{sheet.sheet}</span> : null}
        </td>
        <td>
          <Select<ListKind | ''>
            aria-label={`${t('kind')} ${file.fileName} ${sheet.sheet}`}
            style={{ minWidth: '14rem' }}
            value={shown.kind ?? ''}
            onChange={(value) => void look(value === '' ? null : value) /* shows its own refusal */}
            options={[{ value: '', label: t('kindNone') }, ...choices.map((one) => ({ value: one.kind, label: one.words[language] }))]}
          />
        </td>
        <td>
          <SureTag sheet={shown} />
        </td>
        <td>
          {kind === undefined ? '—' : t('columnsOk', { n: Object.keys(shown.columns).length })}
          {missing.length === 0 ? null : (
            <span className="bf-problem">
              ▲ {t('missingColumns', { columns: missing.map((group) => group.map(labelOf).join(t('or'))).join('、') })}
            </span>
          )}
          <Problem error={error} />
        </td>
        <td>
          <div className="bf-row">
            {kind === undefined ? null : (
              <Button
                size="small"
                aria-expanded={proposed !== undefined}
                aria-label={`${t('checkColumns')}：${file.fileName} ${sheet.sheet}`}
                onClick={() => (proposed === undefined ? void look(kind.kind) : setProposed(undefined)) /* shows its own refusal */}
              >
                {t('checkColumns')}
              </Button>
            )}
            {isFirst ? (
              <Button size="small" aria-label={`${t('removeFile')}：${file.fileName}`} onClick={remove}>
                {t('removeFile')}
              </Button>
            ) : null}
          </div>
        </td>
      </tr>
      {proposed !== undefined && kind !== undefined ? (
        <tr>
          <td colSpan={5}>
            <MappingTable
              key={`${kind.kind} ${JSON.stringify(shown.columns)}`}
              kind={kind}
              sheet={shown}
              samples={proposed.samples}
              isNew={kind.kind !== sheet.kind}
              save={(columns) => {
                save({ kind: kind.kind, columns })
                setProposed(undefined)
              }}
            />
          </td>
        </tr>
      ) : null}
    </>
  )
}

/** Groups of fields of which a list of this kind needs one, and has none. */
function missingOf(kind: ListKindChoice, columns: ColumnMapping): string[][] {
  return kind.needs.filter((group) => !group.some((key) => key in columns))
}

function SureTag({ sheet }: { sheet: RecognisedSheet }) {
  const t = useT(compareWords)
  if (sheet.kind === null) return <StatusTag level="grey" text={t('kindUnknown')} />
  if (sheet.remembered) return <StatusTag level="green" text={t('remembered')} />
  return <StatusTag level={sheet.confidence >= sure ? 'green' : 'amber'} text={t('sure', { n: Math.round(sheet.confidence * 100) })} />
}
