import { Button, Select } from 'antd'
import { useState } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { ImportKind } from '../contract.ts'
import { fieldOf, fieldOptions, isDoubtful, type ColumnChanges, type FileColumn } from './column-choice.ts'
import { importMendWords } from './import-mend-words.ts'
import { importScreenWords } from './import-screen-words.ts'
import { columnLetters, nameField } from './import-show.ts'
import { importStateWords } from './import-state-words.ts'

interface ColumnTableProps {
  columns: readonly FileColumn[]
  kind: ImportKind | undefined
  changes: ColumnChanges
  twice: ReadonlySet<string>
  /** Absent: only to be looked at. */
  change: ((column: number, key: string | null) => void) | undefined
}

/** The columns of the file: label, some values, field, why it was understood so and how surely. */
export function ColumnTable({ columns, kind, changes, twice, change }: ColumnTableProps) {
  const t = useT(importScreenWords)
  const mend = useT(importMendWords)
  const [edited, setEdited] = useState<number>()
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('stepColumns')}>
        <thead>
          <tr>
            <th scope="col">{t('columnNo')}</th>
            <th scope="col">{t('columnLabel')}</th>
            <th scope="col">{mend('samples')}</th>
            <th scope="col">{t('columnField')}</th>
            <th scope="col">{t('columnHow')}</th>
            <th scope="col" className="bf-number">
              {t('columnSure')}
            </th>
            {change === undefined ? null : <th scope="col">{mend('correct')}</th>}
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.column}>
              <td className="bf-figures">{columnLetters(column.column)}</td>
              <td>{column.label}</td>
              <td className="import-samples">{(column.samples ?? []).join('、') || '—'}</td>
              <td>
                {edited === column.column && change !== undefined ? (
                  <FieldSelect
                    column={column}
                    kind={kind}
                    value={fieldOf(column, changes)}
                    choose={(key) => {
                      change(column.column, key)
                      setEdited(undefined)
                    }}
                  />
                ) : (
                  <ChosenField column={column} changes={changes} twice={twice} />
                )}
              </td>
              <td>
                <How column={column} isChanged={changes.has(column.column)} />
              </td>
              <td className="bf-number">
                {column.confidence === undefined || changes.has(column.column) ? '—' : `${Math.round(column.confidence * 100)}%`}
              </td>
              {change === undefined ? null : (
                <td>
                  <Button
                    size="small"
                    aria-label={mend(edited === column.column ? 'asItWasOf' : 'correctOf', {
                      label: column.label || columnLetters(column.column),
                    })}
                    onClick={() => setEdited(edited === column.column ? undefined : column.column)}
                  >
                    {edited === column.column ? mend('asItWas') : mend('correct')}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function ChosenField({ column, changes, twice }: { column: FileColumn; changes: ColumnChanges; twice: ReadonlySet<string> }) {
  const t = useT(importScreenWords)
  const mend = useT(importMendWords)
  const language = useLanguage()
  const key = fieldOf(column, changes)
  if (key === undefined) return <span className="bf-quiet">{t('notKept')}</span>
  return (
    <>
      {nameField(key, language)}
      {twice.has(key) ? <span className="bf-problem">{mend('fieldTwice')}</span> : null}
    </>
  )
}

function FieldSelect(props: {
  column: FileColumn
  kind: ImportKind | undefined
  value: string | undefined
  choose: (key: string | null) => void
}) {
  const { column, kind, value, choose } = props
  const t = useT(importScreenWords)
  const mend = useT(importMendWords)
  const say = useT(importStateWords)
  const language = useLanguage()
  const groups = fieldOptions(kind, language)
  return (
    <Select<string, { value?: string; label?: string; words?: string }>
      aria-label={mend('fieldFor', { label: column.label })}
      ref={focusOnce}
      defaultOpen
      className="import-field"
      value={value ?? ''}
      showSearch={{ filterOption: (typed, option) => option?.words?.includes(typed.toLowerCase()) ?? false }}
      options={[
        { value: '', label: t('notKept'), words: t('notKept') },
        // Not in antd's groups: their headings carry a state that headings have not.
        ...groups.flatMap(({ entity, options }) =>
          options.map((option) => ({ ...option, label: `${option.label} · ${say(`entity.${entity}`)}` })),
        ),
      ]}
      onChange={(key) => choose(key === '' ? null : key)}
    />
  )
}

// The list was opened by a press: typing narrows it at once.
function focusOnce(select: { focus: () => void } | null) {
  select?.focus()
}

const hows = ['label', 'alias', 'pattern', 'remembered', 'hand'] as const

function How({ column, isChanged }: { column: FileColumn; isChanged: boolean }) {
  const t = useT(importScreenWords)
  const mend = useT(importMendWords)
  const language = useLanguage()
  if (isChanged) return <StatusTag level="green" text={mend('notSaved')} />
  const how = hows.find((one) => one === column.how)
  if (column.key === undefined && how !== 'hand') return <StatusTag level="grey" text={t('notKept')} />
  const said = column.why?.[language] ?? (how === undefined ? '—' : t(`how.${how}`))
  return <StatusTag level={isDoubtful(column) ? 'amber' : 'green'} text={said} />
}
