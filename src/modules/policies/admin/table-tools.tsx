import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { DecisionTable } from '#kernel/pure/decisions/index.ts'
import type { CellRange } from '#ui/data/sheet-moves.ts'
import { useT } from '#ui/words/use-t.ts'
import { editorWords } from './editor-words.ts'
import type { TableColumn } from './table-columns.ts'
import { deleteRows, duplicateRows, insertRows, moveRows, writeCells } from './table-edit.ts'
import { fillWrites } from './table-sheet.tsx'

interface TableToolsProps {
  table: DecisionTable
  columns: readonly TableColumn[]
  range: CellRange
  change: (table: DecisionTable) => void
  /** After rows have moved the cursor goes with them. */
  goTo: (row: number) => void
  history: { canUndo: boolean; canRedo: boolean; undo: () => void; redo: () => void }
  /** How the checks stand; at the right end. */
  summary: ReactNode
  panel: { open: 'column' | 'add' | undefined; set: (panel: 'column' | 'add' | undefined) => void }
}

/** What may be done with the rows and columns that are chosen in the sheet. */
export function TableTools({ table, columns, range, change, goTo, history, panel, summary }: TableToolsProps) {
  const t = useT(editorWords)
  const last = table.rules.length - 1
  const [from, to] = [Math.min(range.from.row, last), Math.min(range.to.row, last)]
  const isNewLine = range.from.row > last
  const count = to - from + 1
  const tool = (label: string, isOff: boolean, act: () => void) => (
    <Button key={label} size="small" disabled={isOff} onClick={act}>
      {label}
    </Button>
  )
  const toggle = (which: 'column' | 'add') => () => panel.set(panel.open === which ? undefined : which)
  return (
    <div className="policies-tools" role="toolbar" aria-label={t('sheet', { name: '' })}>
      {tool(t('undo'), !history.canUndo, history.undo)}
      {tool(t('redo'), !history.canRedo, history.redo)}
      <span className="policies-tools-gap" />
      {tool(t('rowAbove'), isNewLine, () => change(insertRows(table, from, count)))}
      {tool(t('rowBelow'), isNewLine, () => {
        change(insertRows(table, to + 1, count))
        goTo(to + 1)
      })}
      {tool(t('rowDouble'), isNewLine, () => {
        change(duplicateRows(table, from, to))
        goTo(to + 1)
      })}
      {tool(t('rowUp'), isNewLine || from === 0, () => {
        change(moveRows(table, { from, to }, -1))
        goTo(from - 1)
      })}
      {tool(t('rowDown'), isNewLine || to === last, () => {
        change(moveRows(table, { from, to }, 1))
        goTo(from + 1)
      })}
      {tool(t('rowDelete'), isNewLine || last < 0, () => change(deleteRows(table, from, to)))}
      {tool(t('fillDown'), range.to.row === 0, () => change(writeCells(table, fillWrites(table, columns, range))))}
      <span className="policies-tools-gap" />
      {tool(t('columnSettings'), false, toggle('column'))}
      {tool(t('addColumn'), false, toggle('add'))}
      {summary}
    </div>
  )
}
