import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { uiWords } from '../words/ui-words.ts'
import { usePreferences, useT } from '../words/use-t.ts'
import { densities } from '../theme/theme.ts'
import { cellsOfPaste, moveCell, type CellChange, type CellPlace, type SheetColumn } from './sheet-moves.ts'
import { SheetCell } from './sheet-cell.tsx'

export interface SheetGridProps {
  label: string
  columns: readonly SheetColumn[]
  rowCount: number
  /** The row's number in the sender's file; it stands at the left and is what people talk about. */
  rowNumber: (row: number) => number
  cell: (row: number, columnKey: string) => { text: string; problem?: string | undefined; isChanged?: boolean | undefined }
  /** All cells of one edit or one paste at once. Without it the grid is read-only. */
  onEdit?: (changes: readonly CellChange[]) => void
  heightRem?: number
}

/** A sheet of any length: only what is on screen is drawn. Arrows move, Enter or typing edits, a block from Excel can be pasted. */
export function SheetGrid(props: SheetGridProps) {
  const { label, columns, rowCount, rowNumber, cell, onEdit, heightRem = 28 } = props
  const t = useT(uiWords)
  const { density } = usePreferences()
  const frame = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<CellPlace>({ row: 0, column: 0 })
  const [draft, setDraft] = useState<string>()
  const rem = densities[density].fontSize
  const rowPx = densities[density].rowHeight * 0.9
  // oxlint-disable-next-line react/incompatible-library -- we do not use the React Compiler
  const rows = useVirtualizer({ count: rowCount, getScrollElement: () => frame.current, estimateSize: () => rowPx, overscan: 8 })
  const cols = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => (columns[index]?.widthRem ?? 9) * rem,
    overscan: 3,
  })
  const goTo = (next: CellPlace) => {
    setPlace(next)
    rows.scrollToIndex(next.row)
    cols.scrollToIndex(next.column)
    frame.current?.focus()
  }
  const isEditable = (at: CellPlace) => onEdit !== undefined && columns[at.column]?.isReadOnly !== true
  const commit = (text: string, direction: 'down' | 'right' | 'stay') => {
    const column = columns[place.column]
    if (column !== undefined && text !== cell(place.row, column.key).text) onEdit?.([{ row: place.row, columnKey: column.key, text }])
    setDraft(undefined)
    goTo(moveCell(place, direction, { rows: rowCount, columns: columns.length }))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (draft !== undefined) return
    const next = moveCell(place, event.key, { rows: rowCount, columns: columns.length })
    if (next.row !== place.row || next.column !== place.column) goTo(next)
    else if ((event.key === 'Enter' || event.key === 'F2') && isEditable(place))
      setDraft(cell(place.row, columns[place.column]?.key ?? '').text)
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && isEditable(place)) setDraft(event.key)
    else return
    event.preventDefault()
  }
  const onPaste = (event: ClipboardEvent) => {
    if (draft !== undefined || onEdit === undefined) return
    event.preventDefault()
    onEdit(cellsOfPaste(event.clipboardData.getData('text/plain'), { place, columns, rowCount }))
  }
  const headWidthPx = 4 * rem
  const problem = rowCount === 0 ? undefined : cell(Math.min(place.row, rowCount - 1), columns[place.column]?.key ?? '').problem
  return (
    <div className="bf-grid-frame">
      <div
        ref={frame}
        className="bf-grid"
        role="grid"
        aria-label={label}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={rowCount === 0 ? undefined : `bf-cell-${place.row}-${place.column}`}
        tabIndex={0}
        style={{ height: `min(${heightRem}rem, ${(rowCount + 1) * rowPx + 20}px)` }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      >
        <div
          style={{ height: rows.getTotalSize() + rowPx, width: cols.getTotalSize() + headWidthPx, position: 'relative' }}
          role="presentation"
        >
          <SheetHead columns={columns} shown={cols.getVirtualItems()} height={rowPx} numberWidth={headWidthPx} />
          {rows.getVirtualItems().map(({ index: row, start }) => (
            <div key={row} role="row" aria-rowindex={row + 2} className="bf-grid-row" style={{ top: start + rowPx, height: rowPx }}>
              <div role="rowheader" aria-colindex={1} className="bf-grid-number bf-figures" style={{ width: headWidthPx }}>
                {rowNumber(row)}
              </div>
              {cols.getVirtualItems().map((column) => {
                const definition = columns[column.index]
                if (definition === undefined) return null
                const isCurrent = row === place.row && column.index === place.column
                return (
                  <SheetCell
                    key={definition.key}
                    id={`bf-cell-${row}-${column.index}`}
                    columnNumber={column.index + 2}
                    label={definition.title}
                    box={{ left: column.start + headWidthPx, width: column.size }}
                    value={cell(row, definition.key)}
                    isCurrent={isCurrent}
                    draft={isCurrent ? draft : undefined}
                    onDraft={setDraft}
                    commit={commit}
                    giveUp={() => {
                      setDraft(undefined)
                      frame.current?.focus()
                    }}
                    point={() => setPlace({ row, column: column.index })}
                    edit={() => isEditable({ row, column: column.index }) && setDraft(cell(row, definition.key).text)}
                  />
                )
              })}
            </div>
          ))}
        </div>
      </div>
      <p className={problem === undefined ? 'bf-quiet' : 'bf-problem'} role="status">
        {problem ?? t('gridHelp')}
      </p>
    </div>
  )
}

interface SheetHeadProps {
  columns: readonly SheetColumn[]
  shown: readonly VirtualItem[]
  height: number
  /** Width of the column of row numbers. */
  numberWidth: number
}

function SheetHead({ columns, shown, height, numberWidth }: SheetHeadProps) {
  const t = useT(uiWords)
  return (
    <div role="row" aria-rowindex={1} className="bf-grid-head" style={{ height }}>
      <div role="columnheader" aria-colindex={1} className="bf-grid-number" style={{ width: numberWidth }}>
        {t('rowNumber')}
      </div>
      {shown.map(({ index, start, size }) => (
        <div
          key={index}
          role="columnheader"
          aria-colindex={index + 2}
          className="bf-grid-cell"
          style={{ left: start + numberWidth, width: size }}
        >
          {columns[index]?.title}
        </div>
      ))}
    </div>
  )
}
