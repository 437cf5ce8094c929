import { useCallback, useRef, useState, type ClipboardEvent, type KeyboardEvent, type PointerEvent } from 'react'
import {
  cellsOfPaste,
  fillRange,
  findProblem,
  isSingle,
  moveCell,
  rangeOf,
  writeBlock,
  type CellChange,
  type CellPlace,
  type CellRange,
  type SheetCells,
  type SheetColumn,
} from './sheet-moves.ts'

/** Rows that are copied at most; more are asked for as a file. */
export const mostCopiedRows = 5000

export type SheetRemark = { said: 'pasted'; n: number; left: number } | { said: 'tooMany' | 'notRead' | 'copied'; n: number }

/** What a page may want of a sheet beyond its cells: rows that are added by pasting, keys of its own, to know where one stands. */
export interface SheetExtras {
  /** A paste may go beyond the last row; such changes have numbers behind it. */
  readonly mayGrow?: boolean
  /** Told where one stands and what is chosen. A stable function. */
  readonly onPlace?: (place: CellPlace, range: CellRange) => void
  /** Told what is being typed into the current cell. A stable function. */
  readonly onDraft?: (text: string | undefined) => void
  /** A key while no cell is open; true when it was taken. */
  readonly onKey?: (event: KeyboardEvent, range: CellRange) => boolean
  /** Leads to a cell; a new object leads again. */
  readonly goTo?: CellPlace | undefined
  /** The heads of the columns can be pressed. */
  readonly onHead?: (column: number) => void
}

/** What is typed into the current cell. `typed`: begun by typing, so that arrows take it over and move on, as in Excel. */
export interface SheetDraft {
  readonly text: string
  readonly began: 'typed' | 'opened'
}

interface SheetParts {
  columns: readonly SheetColumn[]
  rowCount: number
  cell: SheetCells
  onEdit: ((changes: readonly CellChange[]) => void) | undefined
  extras: SheetExtras
  /** Brings a cell into sight. */
  show: (place: CellPlace) => void
}

export interface Sheet {
  readonly place: CellPlace
  readonly range: CellRange
  readonly draft: SheetDraft | undefined
  readonly remark: SheetRemark | undefined
  isEditable: boolean
  goTo: (place: CellPlace, isExtending?: boolean) => void
  goToProblem: (by: 1 | -1) => void
  type: (text: string) => void
  open: () => void
  takeOver: () => void
  onKeyDown: (event: KeyboardEvent) => void
  /** Absent while a cell is open: the text box copies and pastes itself. */
  onCopy?: (event: ClipboardEvent) => void
  onPaste?: (event: ClipboardEvent) => void
  onPointerDown: (event: PointerEvent) => void
  onPointerMove: (event: PointerEvent) => void
}

/** The state and the keys of a sheet: the current cell, the chosen range, what is being typed, the clipboard. */
export function useSheet(parts: SheetParts): Sheet {
  const { columns, rowCount, cell, onEdit, show } = parts
  const [chosen, setChosen] = useState<{ place: CellPlace; anchor: CellPlace }>({ place: start, anchor: start })
  const [draft, setDraft] = useState<SheetDraft>()
  const [remark, setRemark] = useState<SheetRemark>()
  const size = { rows: rowCount, columns: columns.length }
  const place = within(chosen.place, size)
  const range = rangeOf(place, within(chosen.anchor, size))
  const column = columns[place.column]
  const isEditable = onEdit !== undefined && column !== undefined && mayChange(parts, place.row, column)
  const change = (changes: readonly CellChange[]) => changeOpen(parts, changes)
  const goTo = (next: CellPlace, isExtending = false) => {
    setChosen((before) => ({ place: next, anchor: isExtending ? before.anchor : next }))
    setRemark(undefined)
    show(next)
  }
  const commit = () => {
    if (draft === undefined || column === undefined) return
    setDraft(undefined)
    if (draft.text !== cell(place.row, column.key)?.text) change([{ row: place.row, columnKey: column.key, text: draft.text }])
  }
  const open = () => {
    if (isEditable && column !== undefined) setDraft({ text: cell(place.row, column.key)?.text ?? '', began: 'opened' })
  }
  const goToProblem = (by: 1 | -1) => goTo(findProblem(place, { by, columns, rowCount, cell }))
  const giveUp = () => setDraft(undefined)
  const { onKey } = parts.extras
  const keys: SheetKeys = { place, range, size, draft, columns, change, goTo, goToProblem, commit, open, giveUp, onKey }
  return {
    place,
    range,
    draft,
    remark,
    isEditable,
    goTo,
    goToProblem,
    type: (text) => {
      if (draft !== undefined) setDraft({ ...draft, text })
      else if (isEditable) setDraft({ text, began: 'typed' })
    },
    open,
    takeOver: commit,
    onKeyDown: (event) => {
      if (!event.nativeEvent.isComposing && (draft === undefined ? pressInSheet(event, keys) : pressInCell(event, keys)))
        event.preventDefault()
    },
    ...(draft === undefined ? clipboardOf(parts, { range, setRemark }) : {}),
    ...usePointer({ goTo, commit, isBusy: draft !== undefined }),
  }
}

/** Whether a cell is there and may be written into. */
function mayChange({ cell }: SheetParts, row: number, column: Pick<SheetColumn, 'key' | 'isReadOnly'>): boolean {
  const value = cell(row, column.key)
  return column.isReadOnly !== true && value !== undefined && value.isReadOnly !== true
}

/** Hands on the changes that are possible; returns how many. */
function changeOpen(parts: SheetParts, changes: readonly CellChange[]): number {
  const isNew = (row: number) => parts.extras.mayGrow === true && row >= parts.rowCount
  const possible = changes.filter(({ row, columnKey }) => isNew(row) || mayChange(parts, row, { key: columnKey }))
  if (possible.length > 0) parts.onEdit?.(possible)
  return possible.length
}

/** The clipboard while no cell is open: blocks as Excel and WPS write and read them. */
function clipboardOf(parts: SheetParts, given: { range: CellRange; setRemark: (remark: SheetRemark) => void }) {
  const { columns, rowCount, cell, onEdit } = parts
  const { range, setRemark } = given
  return {
    onCopy: (event: ClipboardEvent) => {
      event.preventDefault()
      const copied = copyOf(range, { columns, cell })
      if (typeof copied === 'string') event.clipboardData.setData('text/plain', copied)
      setRemark({ said: typeof copied === 'string' ? 'copied' : copied.refused, n: range.to.row - range.from.row + 1 })
    },
    onPaste: (event: ClipboardEvent) => {
      if (onEdit === undefined) return
      event.preventDefault()
      const end = parts.extras.mayGrow === true ? Infinity : rowCount
      const { changes, left } = cellsOfPaste(event.clipboardData.getData('text/plain'), { range, columns, rowCount: end })
      const n = changeOpen(parts, changes)
      setRemark({ said: 'pasted', n, left: left + changes.length - n })
    },
  }
}

const start: CellPlace = { row: 0, column: 0 }

function within(place: CellPlace, size: { rows: number; columns: number }): CellPlace {
  return moveCell(place, '', size)
}

interface SheetKeys {
  place: CellPlace
  range: CellRange
  size: { rows: number; columns: number }
  draft: SheetDraft | undefined
  columns: readonly SheetColumn[]
  change: (changes: readonly CellChange[]) => number
  goTo: Sheet['goTo']
  goToProblem: Sheet['goToProblem']
  commit: () => void
  open: () => void
  giveUp: () => void
  onKey: SheetExtras['onKey']
}

/** A key while no cell is open; true when it was ours. Tab walks along the row and leaves the sheet at its ends, so that nobody is held in it. */
function pressInSheet(event: KeyboardEvent, keys: SheetKeys): boolean {
  const { place, range, size, columns } = keys
  const isFar = event.ctrlKey || event.metaKey
  if (keys.onKey?.(event, range) === true) return true
  if (event.key === 'Tab') return walk(event.shiftKey ? 'left' : 'right', keys)
  if (event.key === 'F8') {
    keys.goToProblem(event.shiftKey ? -1 : 1)
    return true
  }
  if (event.key === 'a' && isFar) {
    keys.goTo({ row: size.rows - 1, column: size.columns - 1 })
    keys.goTo({ row: 0, column: 0 }, true)
    return true
  }
  if (isFar && event.key.length === 1) return false // the browser's own: copy, paste, find
  if (event.key === 'Enter' || event.key === 'F2') {
    keys.open()
    return true
  }
  if (event.key === 'Delete' || event.key === 'Backspace') {
    keys.change(fillRange('', { range, columns }))
    return true
  }
  const next = moveCell(place, event.key, { ...size, isFar })
  const isMove = event.key.startsWith('Arrow') || ['Home', 'End', 'PageUp', 'PageDown'].includes(event.key)
  if (isMove) keys.goTo(next, event.shiftKey)
  else if (event.key === 'Escape' && !isSingle(range)) keys.goTo(place)
  return isMove
}

function walk(direction: 'left' | 'right', { place, size, goTo }: SheetKeys): boolean {
  const next = moveCell(place, direction, size)
  if (next.column === place.column) return false
  goTo(next)
  return true
}

/** A key while a cell is open: Enter and Tab take over what was typed, Esc gives it up; Alt+Enter breaks the line within the cell. */
function pressInCell(event: KeyboardEvent, keys: SheetKeys): boolean {
  const { place, size, draft } = keys
  const move = (direction: string) => {
    keys.commit()
    keys.goTo(moveCell(place, direction, size))
    return true
  }
  if (event.key === 'Escape') {
    keys.giveUp()
    return true
  }
  if (event.key === 'Enter') return event.altKey ? false : move(event.shiftKey ? 'up' : 'down')
  if (event.key === 'Tab') return move(event.shiftKey ? 'left' : 'right')
  return draft?.began === 'typed' && event.key.startsWith('Arrow') ? move(event.key) : false
}

/** The range as Excel reads it, or why it is not copied: rows that have not been read must not come out empty. */
function copyOf(
  { from, to }: CellRange,
  { columns, cell }: { columns: readonly SheetColumn[]; cell: SheetCells },
): string | { refused: 'tooMany' | 'notRead' } {
  if (to.row - from.row >= mostCopiedRows) return { refused: 'tooMany' }
  const rows: string[][] = []
  for (let row = from.row; row <= to.row; row += 1) {
    const values = columns.slice(from.column, to.column + 1).map(({ key }) => cell(row, key)?.text)
    if (values.includes(undefined)) return { refused: 'notRead' }
    rows.push(values.map((value) => value ?? ''))
  }
  return writeBlock(rows)
}

/** A press chooses a cell, with Shift the range up to it, a drag the range under way. */
function usePointer(given: { goTo: Sheet['goTo']; commit: () => void; isBusy: boolean }) {
  const isDragging = useRef(false)
  const placeOf = useCallback((event: PointerEvent): CellPlace | undefined => {
    const found = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]') : null
    return found === null ? undefined : { row: Number(found.dataset['row']), column: Number(found.dataset['column']) }
  }, [])
  return {
    onPointerDown: (event: PointerEvent) => {
      const place = placeOf(event)
      if (place === undefined || event.button !== 0) return
      if (given.isBusy) given.commit()
      isDragging.current = event.pointerType === 'mouse'
      given.goTo(place, event.shiftKey)
    },
    onPointerMove: (event: PointerEvent) => {
      if (!isDragging.current) return
      if (event.buttons === 0) isDragging.current = false
      const place = isDragging.current ? placeOf(event) : undefined
      if (place !== undefined) given.goTo(place, true)
    },
  }
}
