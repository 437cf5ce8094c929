import { useCallback, useMemo, useState, type KeyboardEvent } from 'react'
import type { DecisionTable } from '#kernel/pure/decisions/index.ts'
import { SheetGrid } from '#ui/data/sheet-grid.tsx'
import type { CellChange, CellPlace, CellRange, SheetColumn } from '#ui/data/sheet-moves.ts'
import type { SheetExtras } from '#ui/data/use-sheet.ts'
import { useT } from '#ui/words/use-t.ts'
import { CellHelp } from './cell-help.tsx'
import { problemOf, readCell, showCell } from './cell-say.ts'
import { editorWords } from './editor-words.ts'
import type { TableColumn } from './table-columns.ts'
import { textAt, writeCells, type CellWrite } from './table-edit.ts'

export interface TableSheetProps {
  name: string
  table: DecisionTable
  columns: readonly TableColumn[]
  /** Cells that differ from the version in force, as `row key`. */
  changedCells: ReadonlySet<string>
  /** Absent: the table is only read. */
  change: ((table: DecisionTable) => void) | undefined
  /** Ctrl+Z, Ctrl+Y, Ctrl+S. */
  onKey: (key: 'undo' | 'redo' | 'save') => void
  goTo: CellPlace | undefined
  onPlace: (place: CellPlace, range: CellRange) => void
  onHead: (column: number) => void
  /** Parameters that a cell may name. */
  offered: readonly string[]
}

/** A decision table as a sheet: conditions, results and notes as columns, rules as rows, and a last line in which new rows are begun. */
export function TableSheet(props: TableSheetProps) {
  const { name, table, columns, change, onKey, goTo, onPlace, onHead, changedCells, offered } = props
  const t = useT(editorWords)
  const [place, setPlace] = useState<CellPlace>({ row: 0, column: 0 })
  const [draft, setDraft] = useState<string>()
  const isOpen = change !== undefined
  const sheetColumns = useMemo(() => columns.map((column) => sheetColumn(column, t, isOpen)), [columns, t, isOpen])
  const cell = useCallback(
    (row: number, key: string) => {
      const column = columns.find((one) => one.key === key)
      if (column === undefined || row >= table.rules.length) return { text: '' }
      const feel = textAt(table, row, column)
      return { text: showCell(feel, column), problem: problemOf(feel, column), isChanged: changedCells.has(`${row} ${key}`) }
    },
    [table, columns, changedCells],
  )
  const write = (writes: readonly CellWrite[]) => change?.(writeCells(table, writes))
  const edit = (changes: readonly CellChange[]) => {
    const writes = changes.flatMap(({ row, columnKey, text }): CellWrite[] => {
      const column = columns.find((one) => one.key === columnKey)
      const isNothing = row >= table.rules.length && text.trim() === '' && changes.length === 1
      return column === undefined || isNothing ? [] : [{ row, column, text: readCell(text, column) }]
    })
    if (writes.length > 0) write(writes)
  }
  const fillDown = (range: CellRange) => write(fillWrites(table, columns, range))
  const extras: SheetExtras = {
    mayGrow: isOpen,
    onPlace: useCallback(
      (next: CellPlace, range: CellRange) => {
        setPlace(next)
        onPlace(next, range)
      },
      [onPlace],
    ),
    onDraft: setDraft,
    goTo,
    onHead,
    onKey: (event, range) => {
      const key = keyOf(event)
      if (key === undefined || (!isOpen && key !== 'save')) return false
      if (key === 'fill') fillDown(range)
      else onKey(key)
      return true
    },
  }
  const column = columns[place.column]
  const current = column === undefined ? '' : textAt(table, place.row, column)
  return (
    <div className="bf-stack">
      {column === undefined ? null : (
        <CellHelp
          row={place.row}
          isNew={place.row >= table.rules.length}
          column={column}
          feel={draft === undefined ? current : readCell(draft, column)}
          offered={offered}
          write={isOpen ? (text) => write([{ row: place.row, column, text }]) : undefined}
        />
      )}
      <SheetGrid
        label={t('sheet', { name })}
        columns={sheetColumns}
        rowCount={table.rules.length + (isOpen ? 1 : 0)}
        rowNumber={(row) => (row < table.rules.length ? row + 1 : undefined)}
        cell={cell}
        {...(isOpen ? { onEdit: edit } : {})}
        extras={extras}
        heightRem={24}
      />
    </div>
  )
}

const tones = { input: 'condition', output: 'result', note: 'note' } as const

function sheetColumn(column: TableColumn, t: (key: `kind.${TableColumn['part']}`) => string, isOpen: boolean): SheetColumn {
  const { key, part, title, form } = column
  const longest = Math.max(...(form.words ?? []).map((word) => word.length), 0)
  const widthRem = part === 'note' ? 16 : Math.min(18, Math.max(7, title.length + 4, longest + 2, form.kind === 'number' ? 10 : 0))
  return { key, title, widthRem, isReadOnly: !isOpen, kind: { word: t(`kind.${part}`), tone: tones[part] } }
}

function keyOf(event: KeyboardEvent): 'undo' | 'redo' | 'save' | 'fill' | undefined {
  if (!event.ctrlKey && !event.metaKey) return undefined
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' ? 'redo' : key === 's' ? 'save' : key === 'd' ? 'fill' : undefined
}

/** Ctrl+D: the first row of what is chosen is written into the others; a single cell takes what stands above it. */
export function fillWrites(table: DecisionTable, columns: readonly TableColumn[], { from, to }: CellRange): CellWrite[] {
  const isOneRow = from.row === to.row
  const source = isOneRow ? from.row - 1 : from.row
  if (source < 0) return []
  const chosen = columns.slice(from.column, to.column + 1)
  const rows = Array.from({ length: to.row - source }, (_, at) => source + 1 + at)
  return rows.flatMap((row) => chosen.map((column) => ({ row, column, text: textAt(table, source, column) })))
}
