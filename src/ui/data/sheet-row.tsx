import { memo } from 'react'
import { uiWords } from '../words/ui-words.ts'
import { useT } from '../words/use-t.ts'
import type { CellRange, SheetCells, SheetColumn } from './sheet-moves.ts'

/** Where the columns stand, in pixels from the sheet's left edge; the column of row numbers comes first. */
export interface SheetLayout {
  readonly gridId: string
  readonly columns: readonly SheetColumn[]
  /** Left edge of each column; one more entry for the right end. */
  readonly lefts: readonly number[]
  readonly numberWidth: number
  /** How many columns stay in sight at the left. */
  readonly frozen: number
  readonly rowHeight: number
  /** The words of the marks; not asked for cell by cell, hundreds of which come and go while the sheet is moved. */
  readonly words: Readonly<Record<Mark, string>>
}
export type Mark = 'bad' | 'doubt' | 'changed'

interface RowProps {
  layout: SheetLayout
  row: number
  top: number
  /** Columns on screen beside the frozen ones: from, to (both included), and the current one wherever it is. */
  from: number
  to: number
  current: number | undefined
  range: CellRange | undefined
  rowNumber: (row: number) => number | undefined
  rowName: ((row: number) => string) | undefined
  cell: SheetCells
}

/** The columns to draw: frozen ones, those on screen, and the current one, in their order. */
export function shownColumns({ layout, from, to, current }: Pick<RowProps, 'layout' | 'from' | 'to' | 'current'>): number[] {
  const shown: number[] = []
  for (let column = 0; column < layout.columns.length; column += 1)
    if (column < layout.frozen || (column >= from && column <= to) || column === current) shown.push(column)
  return shown
}

/** The id of a cell, by which the focus names the one it stands on. */
export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`
}

/** One row of a SheetGrid. It is drawn again only when something of its own has changed. */
export const SheetRow = memo(function SheetRow(props: RowProps) {
  const { layout, row, top, current, range, rowNumber, rowName, cell } = props
  const isInRange = range !== undefined && row >= range.from.row && row <= range.to.row
  return (
    <div role="row" aria-rowindex={row + 2} className="bf-grid-row" style={{ top, height: layout.rowHeight }}>
      <div role="rowheader" aria-colindex={1} className="bf-grid-number bf-figures" style={{ width: layout.numberWidth }}>
        {rowName === undefined ? null : <span className="bf-grid-name">{rowName(row)}</span>}
        {rowNumber(row)}
      </div>
      {shownColumns(props).map((column) => (
        <SheetCell
          key={column}
          layout={layout}
          row={row}
          column={column}
          cell={cell}
          isCurrent={column === current}
          isSelected={isInRange && column >= range.from.column && column <= range.to.column}
        />
      ))}
    </div>
  )
})

interface CellProps {
  layout: SheetLayout
  row: number
  column: number
  cell: SheetCells
  isCurrent: boolean
  isSelected: boolean
}

/** One cell. What is wrong with it stands there as a word and a sign, never as a colour alone; the sentence is its name. */
function SheetCell({ layout, row, column, cell, isCurrent, isSelected }: CellProps) {
  const value = cell(row, layout.columns[column]?.key ?? '')
  const mark = value === undefined ? undefined : markOf(value)
  const classes = ['bf-grid-cell']
  if (mark !== undefined) classes.push(`bf-grid-${mark}`)
  if (column < layout.frozen) classes.push('bf-grid-frozen')
  if (isSelected) classes.push('bf-grid-chosen')
  if (isCurrent) classes.push('bf-grid-current')
  return (
    <div
      id={cellId(layout.gridId, row, column)}
      role="gridcell"
      aria-colindex={column + 2}
      aria-selected={isSelected}
      aria-invalid={mark === 'bad' ? true : undefined}
      aria-busy={value === undefined ? true : undefined}
      className={classes.join(' ')}
      style={boxOf(layout, column)}
      title={value?.problem ?? value?.text}
      data-row={row}
      data-column={column}
    >
      <span className="bf-grid-text">{value === undefined ? '…' : value.text}</span>
      {mark === undefined ? null : (
        <span className="bf-grid-mark">
          <span aria-hidden="true">{signs[mark]}</span>
          {layout.words[mark]}
        </span>
      )}
      {value?.problem === undefined ? null : <span className="bf-unseen">{value.problem}</span>}
    </div>
  )
}

const signs = { bad: '▲', doubt: '◆', changed: '✓' } as const satisfies Record<Mark, string>

function markOf(value: NonNullable<ReturnType<SheetCells>>): Mark | undefined {
  if (value.problem !== undefined) return value.isDoubt === true ? 'doubt' : 'bad'
  return value.isChanged === true ? 'changed' : undefined
}

function boxOf(layout: SheetLayout, column: number) {
  const left = layout.lefts[column] ?? 0
  const width = (layout.lefts[column + 1] ?? left) - left
  return column < layout.frozen ? { left, width, position: 'sticky' as const } : { left, width }
}

interface HeadProps {
  layout: SheetLayout
  nameTitle: string | undefined
  from: number
  to: number
  current: number | undefined
  onHead: ((column: number) => void) | undefined
}

/** The titles of the columns; they stay at the top. */
export const SheetHead = memo(function SheetHead(props: HeadProps) {
  const t = useT(uiWords)
  const { layout, current, nameTitle, onHead } = props
  const title = (column: number) => {
    const { kind, title: text } = layout.columns[column] ?? {}
    return (
      <>
        {kind === undefined ? null : <span className={`bf-grid-kind bf-grid-kind-${kind.tone}`}>{kind.word}</span>}
        <span className="bf-grid-text">{text}</span>
      </>
    )
  }
  return (
    <div role="row" aria-rowindex={1} className="bf-grid-head" style={{ height: layout.rowHeight }}>
      <div role="columnheader" aria-colindex={1} className="bf-grid-number" style={{ width: layout.numberWidth }}>
        {nameTitle === undefined ? null : <span className="bf-grid-name">{nameTitle}</span>}
        {t('rowNumber')}
      </div>
      {shownColumns(props).map((column) => (
        <div
          key={column}
          role="columnheader"
          aria-colindex={column + 2}
          className={`bf-grid-cell${column < layout.frozen ? ' bf-grid-frozen' : ''}${column === current ? ' bf-grid-head-current' : ''}`}
          style={boxOf(layout, column)}
          title={layout.columns[column]?.title}
        >
          {onHead === undefined ? (
            title(column)
          ) : (
            <button type="button" className="bf-grid-head-button" tabIndex={-1} onClick={() => onHead(column)}>
              {title(column)}
            </button>
          )}
        </div>
      ))}
    </div>
  )
})
