import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useEffect, useId, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react'
import { densities } from '../theme/theme.ts'
import { uiWords } from '../words/ui-words.ts'
import { usePreferences, useT } from '../words/use-t.ts'
import type { CellChange, SheetCells, SheetColumn } from './sheet-moves.ts'
import { cellId, SheetHead, SheetRow, type SheetLayout } from './sheet-row.tsx'
import { useSheet, type Sheet, type SheetExtras } from './use-sheet.ts'

export interface SheetGridProps {
  label: string
  columns: readonly SheetColumn[]
  rowCount: number
  /** The row's number in the sender's file; it stands at the left and is what people talk about. */
  rowNumber: (row: number) => number | undefined
  /** Who or what a row is about; it stands beside the row's number and stays in sight. A stable function. */
  rowName?: { title: string; of: (row: number) => string }
  /** A stable function while the data stays the same: rows are drawn again when it changes. */
  cell: SheetCells
  /** All cells of one edit or one paste at once. Without it the grid is read-only. */
  onEdit?: (changes: readonly CellChange[]) => void
  /** How many of the first columns stay in sight when the sheet is moved sideways. */
  frozen?: number
  /** Told which rows are on screen, so that they can be read from the server. */
  onShown?: (from: number, to: number) => void
  heightRem?: number
  /** Small things above the sheet, at the left. */
  tools?: ReactNode
  /** What a sheet that is written, not only mended, needs besides. */
  extras?: SheetExtras
}

const noExtras: SheetExtras = {}

/** A sheet of any length, only what is on screen is drawn. Moves, chooses, copies, pastes and edits as Excel does, by keyboard and pointer. */
export function SheetGrid(props: SheetGridProps) {
  const { label, columns, rowCount, rowNumber, rowName, cell, onEdit, onShown, tools, heightRem = 28, extras = noExtras } = props
  const frame = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLTextAreaElement>(null)
  const current = useRef({ row: 0, column: 0 })
  const layout = useLayout(columns, { frozen: props.frozen ?? 0, isNamed: rowName !== undefined })
  const { rowHeight, lefts, numberWidth, frozen, gridId } = layout
  const frozenEnd = lefts[Math.min(frozen, columns.length)] ?? numberWidth
  // oxlint-disable-next-line react/incompatible-library -- we do not use the React Compiler
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 3,
    paddingStart: rowHeight,
    scrollPaddingStart: rowHeight,
    rangeExtractor: (range: Range) => withCurrent(defaultRangeExtractor(range), current.current.row, rowCount),
  })
  const cols = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => (lefts[index + 1] ?? 0) - (lefts[index] ?? 0),
    overscan: 1,
    paddingStart: numberWidth,
    scrollPaddingStart: frozenEnd,
  })
  const sheet = useSheet({
    columns,
    rowCount,
    cell,
    onEdit,
    extras,
    show: (place) => {
      current.current = place
      rows.scrollToIndex(place.row)
      if (place.column >= frozen) cols.scrollToIndex(place.column)
    },
  })
  useLayoutEffect(() => {
    rows.measure()
    cols.measure()
  }, [rows, cols, layout])
  const shownRows = rows.getVirtualItems()
  const shownCols = cols.getVirtualItems()
  const [from, to] = [shownCols[0]?.index ?? 0, shownCols[shownCols.length - 1]?.index ?? 0]
  const range = rows.range
  const [firstRow, lastRow] = [range?.startIndex ?? 0, range?.endIndex ?? 0]
  useEffect(() => onShown?.(firstRow, lastRow), [onShown, firstRow, lastRow])
  const { place } = sheet
  useTellExtras(extras, sheet, input)
  return (
    <div className="bf-grid-frame">
      <SheetTools sheet={sheet} tools={tools} hasRows={rowCount > 0} focus={() => input.current?.focus({ preventScroll: true })} />
      <div
        ref={frame}
        role="presentation"
        className="bf-grid"
        style={{ height: `min(${heightRem}rem, ${(rowCount + 1) * rowHeight + 20}px)` }}
        onPointerDown={sheet.onPointerDown}
        onMouseDown={(event) => {
          if (event.target === input.current) return
          // The focus goes to the cell's input at once: a key pressed right behind the click must not be lost.
          event.preventDefault()
          input.current?.focus({ preventScroll: true })
        }}
        onPointerMove={sheet.onPointerMove}
        onDoubleClick={sheet.open}
      >
        <div style={{ height: rows.getTotalSize(), width: lefts[columns.length], position: 'relative' }}>
          <div
            role="grid"
            id={gridId}
            aria-label={label}
            aria-rowcount={rowCount + 1}
            aria-colcount={columns.length + 1}
            aria-multiselectable="true"
            aria-readonly={onEdit === undefined}
            className="bf-grid-sheet"
          >
            <SheetHead layout={layout} nameTitle={rowName?.title} from={from} to={to} current={place.column} onHead={extras.onHead} />
            {shownRows.map(({ index, start }) => (
              <SheetRow
                key={index}
                layout={layout}
                row={index}
                top={start}
                from={from}
                to={to}
                current={index === place.row ? place.column : undefined}
                range={index >= sheet.range.from.row && index <= sheet.range.to.row ? sheet.range : undefined}
                rowNumber={rowNumber}
                rowName={rowName?.of}
                cell={cell}
              />
            ))}
          </div>
          {rowCount === 0 ? null : <SheetInput sheet={sheet} layout={layout} input={input} rowNumber={rowNumber} cell={cell} />}
        </div>
      </div>
      <SheetStatus sheet={sheet} columns={columns} rowNumber={rowNumber} cell={cell} />
    </div>
  )
}

/** Tells the page where one stands and what is typed, and goes where the page leads. */
function useTellExtras({ onPlace, onDraft, goTo }: SheetExtras, sheet: Sheet, input: { current: HTMLTextAreaElement | null }): void {
  const { place, range, draft } = sheet
  const leads = useRef(sheet.goTo)
  useEffect(() => {
    leads.current = sheet.goTo
  })
  useEffect(() => {
    if (goTo === undefined) return
    leads.current(goTo)
    input.current?.focus({ preventScroll: true })
  }, [goTo, input])
  useEffect(
    () => onPlace?.(place, range),
    // oxlint-disable-next-line react/exhaustive-deps -- the range is a new object each time, its four numbers are what counts
    [onPlace, place.row, place.column, range.from.row, range.from.column, range.to.row, range.to.column],
  )
  useEffect(() => onDraft?.(draft?.text), [onDraft, draft?.text])
}

function withCurrent(shown: number[], current: number, rowCount: number): number[] {
  return current < rowCount && !shown.includes(current) ? [...shown, current].sort((one, other) => one - other) : shown
}

function useLayout(columns: readonly SheetColumn[], { frozen, isNamed }: { frozen: number; isNamed: boolean }): SheetLayout {
  const { density } = usePreferences()
  const gridId = useId()
  const t = useT(uiWords)
  return useMemo(() => {
    const { fontSize, rowHeight } = densities[density]
    const numberWidth = (isNamed ? 10 : 4.25) * fontSize
    const lefts = [numberWidth]
    for (const { widthRem = 9 } of columns) lefts.push((lefts[lefts.length - 1] ?? 0) + widthRem * fontSize)
    const words = { bad: t('cell.bad'), doubt: t('cell.doubt'), changed: t('cell.changed') }
    return { gridId, columns, lefts, numberWidth, frozen, rowHeight: Math.round(rowHeight * 0.9), words }
  }, [columns, frozen, isNamed, density, gridId, t])
}

interface InputProps {
  sheet: Sheet
  layout: SheetLayout
  input: { current: HTMLTextAreaElement | null }
  rowNumber: (row: number) => number | undefined
  cell: SheetCells
}

/** What holds the focus: it lies over the current cell, unseen until something is typed, so that Chinese input methods work at once. */
function SheetInput({ sheet, layout, input, rowNumber, cell }: InputProps) {
  const t = useT(uiWords)
  const { place, draft } = sheet
  const column = layout.columns[place.column]
  const left = layout.lefts[place.column] ?? 0
  const width = (layout.lefts[place.column + 1] ?? left) - left
  const value = cell(place.row, column?.key ?? '')
  const label = t('cellOf', { column: column?.title ?? '', row: rowNumber(place.row) ?? '…' })
  const isFrozen = place.column < layout.frozen
  return (
    <div
      className="bf-grid-typing"
      style={{
        top: (place.row + 1) * layout.rowHeight,
        height: layout.rowHeight,
        paddingLeft: isFrozen ? 0 : left,
        zIndex: isFrozen ? 2 : 1,
      }}
    >
      <textarea
        ref={input}
        rows={1}
        className={draft === undefined ? 'bf-grid-input' : 'bf-grid-input bf-grid-typed'}
        style={isFrozen ? { position: 'sticky', left, width } : { width }}
        aria-label={label}
        aria-activedescendant={cellId(layout.gridId, place.row, place.column)}
        aria-controls={layout.gridId}
        aria-invalid={value?.problem === undefined || value.isDoubt === true ? undefined : true}
        readOnly={!sheet.isEditable}
        value={draft?.text ?? ''}
        onChange={(event) => sheet.type(event.target.value)}
        onBlur={sheet.takeOver}
        onKeyDown={sheet.onKeyDown}
        onCopy={sheet.onCopy}
        onPaste={sheet.onPaste}
      />
    </div>
  )
}

function SheetTools({ sheet, tools, hasRows, focus }: { sheet: Sheet; tools: ReactNode; hasRows: boolean; focus: () => void }) {
  const t = useT(uiWords)
  if (tools === undefined || !hasRows) return null
  return (
    <div className="bf-row bf-grid-tools">
      {tools}
      <span className="bf-spring" />
      {([-1, 1] as const).map((by) => (
        <button
          key={by}
          type="button"
          className="bf-chip"
          onClick={() => {
            sheet.goToProblem(by)
            focus()
          }}
        >
          {t(by === 1 ? 'nextProblem' : 'previousProblem')}
        </button>
      ))}
    </div>
  )
}

/** Below the sheet: what is wrong with the current cell, what a paste did, or how the keys work. */
function SheetStatus(props: {
  sheet: Sheet
  columns: readonly SheetColumn[]
  rowNumber: (row: number) => number | undefined
  cell: SheetCells
}) {
  const t = useT(uiWords)
  const { place, remark } = props.sheet
  const column = props.columns[place.column]
  const value = props.cell(place.row, column?.key ?? '')
  const where = t('cellOf', { column: column?.title ?? '', row: props.rowNumber(place.row) ?? '…' })
  if (remark !== undefined)
    return (
      <p className="bf-quiet" role="status">
        {remark.said === 'pasted' && remark.left > 0
          ? t('pastedLeft', { n: remark.n, left: remark.left })
          : t(remark.said, { n: remark.n })}
      </p>
    )
  if (value?.problem !== undefined)
    return (
      <p className={value.isDoubt === true ? 'bf-doubt' : 'bf-problem'} role="status">
        {where}：{value.problem}
      </p>
    )
  return (
    <p className="bf-quiet" role="status">
      {t('gridHelp')}
    </p>
  )
}
