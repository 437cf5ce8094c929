import { useMutation } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { SheetValue } from '#ui/data/sheet-moves.ts'
import type { FixCells } from '../rules/import-requests.ts'
import type { BadRow } from '../rules/import-records.ts'
import { countKnown, findHeld, findWanted, keepPage, noPages, replaceRows, type BadPages } from './bad-row-pages.ts'
import { fixCells, readBadRows, type BadRowFilter } from './import-mend-calls.ts'

/** A cell that is to be changed, by its row on screen and its column in the file. */
export interface CellFix {
  row: number
  column: number
  value: string
}

export interface BadRows {
  /** Rows to scroll through: those that are known, and one more while more may follow. */
  rowCount: number
  rowAt: (row: number) => BadRow | undefined
  show: (from: number, to: number) => void
  mend: (fixes: readonly CellFix[]) => void
  isMending: boolean
  /** Rows that still had problems after the last change. */
  stillBad: number | undefined
  error: unknown
}

/** A request holds at most this many cells. */
const mostCells = 2000

/** The rows with problems of a batch, read where the screen stands; what is mended is checked at once and shown in its place. */
export function useBadRows(batchId: string, filter: BadRowFilter): BadRows {
  const [pages, setPages] = useState<BadPages>(noPages)
  const [error, setError] = useState<unknown>()
  const asked = useRef(new Set<number>())
  const shown = useRef({ from: 0, to: 20 })
  const { severity, column, reason } = filter
  const readWanted = useCallback(
    async (known: BadPages) => {
      for (const page of findWanted(known, shown.current)) {
        if (asked.current.has(page)) continue
        asked.current.add(page)
        try {
          const found = await readBadRows(batchId, { severity, column, reason, after: known.cursors[page] ?? '' })
          setPages((before) => keepPage(before, page, found))
        } catch (fault) {
          setError(fault) // stands below the sheet
        }
        asked.current.delete(page)
      }
    },
    [batchId, severity, column, reason],
  )
  useEffect(() => void readWanted(pages), [pages, readWanted]) // it keeps its own error
  const mending = useMutation({ mutationFn: (cells: FixCells['cells']) => fixCells(batchId, cells) })
  const mend = async (fixes: readonly CellFix[]) => {
    const cells = placesOf(pages, fixes)
    for (let at = 0; at < cells.length; at += mostCells) {
      const fixed = await mending.mutateAsync(cells.slice(at, at + mostCells))
      setPages((before) => replaceRows(before, fixed.rows))
    }
  }
  return {
    rowCount: countKnown(pages) + (pages.isWhole ? 0 : 1),
    rowAt: useCallback((row: number) => findHeld(pages, row), [pages]),
    show: useCallback(
      (from: number, to: number) => {
        shown.current = { from, to }
        void readWanted(pages) // it keeps its own error
      },
      [pages, readWanted],
    ),
    mend: (fixes) => {
      setError(undefined)
      mend(fixes).catch(setError)
    },
    isMending: mending.isPending,
    stillBad: mending.data?.stillBad,
    error,
  }
}

/** The cells by their places in the file. */
function placesOf(pages: BadPages, fixes: readonly CellFix[]): FixCells['cells'] {
  return fixes.flatMap(({ row, column, value }) => {
    const found = findHeld(pages, row)
    return found === undefined ? [] : [{ sheet: found.sheet, row: found.row, column, value }]
  })
}

/** A cell of a bad row as the sheet shows it. */
export function showCell(
  row: BadRow | undefined,
  column: number,
  say: (problem: BadRow['problems'][number]) => string,
): SheetValue | undefined {
  if (row === undefined) return undefined
  const problems = row.problems.filter((problem) => problem.column === column)
  return {
    text: row.cells[column] ?? '',
    ...(problems.length === 0
      ? {}
      : { problem: problems.map(say).join('；'), isDoubt: problems.every(({ severity }) => severity === 'suspicious') }),
    isChanged: row.mended[column] !== undefined,
    isReadOnly: row.masked.includes(column),
  }
}
