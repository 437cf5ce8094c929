import { createElement, useCallback, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { SheetGrid } from '#ui/data/sheet-grid.tsx'
import type { CellChange } from '#ui/data/sheet-moves.ts'

// A sheet by itself, as large as the promise of ux.md §9: 100,000 rows of 20 columns. Every 97th row has a bad cell.
const rowCount = 100_000
const columns = Array.from({ length: 20 }, (_, index) => ({
  key: `c${index}`,
  title: index === 0 ? '姓名' : `第 ${index} 列`,
  widthRem: 8,
  isReadOnly: index === 1,
}))

function SheetPage() {
  const [changed, setChanged] = useState<ReadonlyMap<string, string>>(new Map())
  const cell = useCallback(
    (row: number, key: string) => {
      const text = changed.get(`${row} ${key}`)
      if (text !== undefined) return { text, isChanged: true }
      const isBad = row % 97 === 3 && key === 'c12'
      return { text: `${key.slice(1)}·${row}`, problem: isBad ? '“第 12 列”不是日期' : undefined }
    },
    [changed],
  )
  const onEdit = (changes: readonly CellChange[]) =>
    setChanged((before) => new Map([...before, ...changes.map(({ row, columnKey, text }) => [`${row} ${columnKey}`, text] as const)]))
  return createElement(SheetGrid, {
    label: '十万行',
    columns,
    rowCount,
    rowNumber: (row) => row + 2,
    cell,
    onEdit,
    frozen: 2,
    tools: '试验',
  })
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(createElement(SheetPage))
