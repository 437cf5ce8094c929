import { Button } from 'antd'
import type { ClipboardEvent } from 'react'
import { readBlock } from '#ui/data/sheet-moves.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { FieldValue, TableRow } from '../rules/records.ts'
import type { Column, Field } from '../rules/template.ts'
import { nameOf } from './form-parts.ts'
import type { RecordForm } from './form-state.ts'
import { formWords } from './form-words.ts'
import { PlainInput } from './plain-input.tsx'
import { textOf } from './value-text.ts'

type Row = Readonly<Record<string, unknown>>

interface TableProps {
  field: Field
  value: unknown
  change: (value: unknown) => void
  form: RecordForm
}

/** A repeating table: rows are added with a button or pasted from Excel; computed columns follow at once. */
export function TableInput({ field, value, change, form }: TableProps) {
  const t = useT(formWords)
  const language = useLanguage()
  const columns = field.columns ?? []
  const rows = rowsOf(value)
  const judged = form.values[field.key]
  // Blank rows are left out of what was judged: the computed row is found by how many written ones stand before it.
  const computed: readonly TableRow[] = Array.isArray(judged) ? (judged as TableRow[]) : [] // safe: a table holds rows
  const put = (at: number, key: string, cell: unknown) => change(rows.map((row, index) => (index === at ? { ...row, [key]: cell } : row)))
  const problemOf = (at: number, key: string) =>
    form.problems.find((one) => one.field === field.key && one.row === writtenBefore(rows, at) + 1 && one.column === key)?.said[language]
  const paste = (event: ClipboardEvent, at: number, key: string) => {
    const block = readBlock(event.clipboardData.getData('text/plain'))
    if (block.length < 2 && (block[0]?.length ?? 0) < 2) return
    event.preventDefault()
    change(pasteRows(rows, { at, key, columns, block }))
  }
  return (
    <div className="ledger-rows">
      {rows.map((row, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- rows have no name of their own, and their inputs hold no state
        <div key={at} className="ledger-row-card" role="group" aria-label={t('rowNo', { n: at + 1 })}>
          <div className="ledger-row-cells">
            {columns.map((column) => (
              <Cell
                key={column.key}
                column={column}
                label={t('cellOf', { column: column.name[language], n: at + 1 })}
                value={row[column.key]}
                shown={computed[writtenBefore(rows, at)]?.[column.key]}
                problem={problemOf(at, column.key)}
                change={(cell) => put(at, column.key, cell)}
                paste={(event) => paste(event, at, column.key)}
              />
            ))}
          </div>
          <button
            type="button"
            className="ledger-icon"
            aria-label={t('removeRow', { n: at + 1 })}
            onClick={() => change(rows.filter((_, index) => index !== at))}
          >
            ✕
          </button>
        </div>
      ))}
      <div className="bf-row">
        <Button onClick={() => change([...rows, {}])}>{t('addRow')}</Button>
        <span className="bf-quiet">{t('rowsPaste')}</span>
      </div>
    </div>
  )
}

function Cell(props: {
  column: Column
  label: string
  value: unknown
  shown: FieldValue | undefined
  problem: string | undefined
  change: (value: unknown) => void
  paste: (event: ClipboardEvent) => void
}) {
  const { column, label, value, shown, problem, change, paste } = props
  const language = useLanguage()
  const id = `${label}`.replace(/\s/g, '-')
  return (
    <div className="bf-field" onPaste={paste}>
      <label htmlFor={id}>
        <span aria-hidden="true">
          {nameOf(column, language)}
          {column.required === true ? ' *' : ''}
        </span>
        <span className="bf-unseen">{label}</span>
      </label>
      {column.computed === undefined ? (
        <PlainInput
          field={column}
          control={{ id, ...(problem === undefined ? {} : { 'aria-invalid': true as const }) }}
          value={value}
          change={change}
        />
      ) : (
        <output id={id} className="ledger-computed bf-figures">
          {textOf(column, shown, language) || '—'}
        </output>
      )}
      {problem === undefined ? null : <span className="bf-problem">{problem}</span>}
    </div>
  )
}

function rowsOf(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter((row): row is Row => typeof row === 'object' && row !== null) : []
}

const isWritten = (row: Row) => Object.values(row).some((cell) => cell !== undefined && cell !== null && cell !== '')

function writtenBefore(rows: readonly Row[], at: number): number {
  return rows.slice(0, at).filter(isWritten).length
}

/** Puts a block of Excel into the rows from one cell on; columns that are computed are passed over. */
export function pasteRows(
  rows: readonly Row[],
  given: { at: number; key: string; columns: readonly Column[]; block: readonly (readonly string[])[] },
): Row[] {
  const { at, key, columns, block } = given
  const first = Math.max(
    0,
    columns.findIndex((column) => column.key === key),
  )
  const targets = columns.slice(first).filter((column) => column.computed === undefined)
  const result: Row[] = [...rows]
  for (const [down, cells] of block.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue
    const row: Record<string, unknown> = { ...result[at + down] }
    for (const [right, column] of targets.entries()) if (cells[right] !== undefined) row[column.key] = cellOf(column, cells[right].trim())
    result[at + down] = row
  }
  return result.slice(0, 200)
}

function cellOf(column: Column, text: string): unknown {
  if (column.kind === 'yes-no') return /^(是|有|√|1|y)/i.test(text) ? true : text === '' ? null : false
  if (column.kind === 'choice') return column.choices?.find((choice) => choice.name.zh === text || choice.key === text)?.key ?? text
  return text
}
