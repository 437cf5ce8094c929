import { useCallback, useMemo, useState } from 'react'
import { SheetGrid } from '#ui/data/sheet-grid.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { ImportBatch } from '../contract.ts'
import { sayImportProblem } from '../rules/say-problem.ts'
import type { BadRow, ProblemGroup } from '../rules/import-records.ts'
import { importMendWords } from './import-mend-words.ts'
import type { BadRowFilter } from './import-mend-calls.ts'
import { columnLetters } from './import-show.ts'
import { showCell, useBadRows, type BadRows } from './use-bad-rows.ts'

interface MendSheetProps {
  batch: ImportBatch
  filter: BadRowFilter
  groups: readonly ProblemGroup[]
}

const manyColumns = 12
/** Columns by which people know a row; shown beside those with problems. */
const known = new Set(['name', 'headName', 'householdNo', 'village', 'relationToHead'])

/** The rows with problems as a sheet: mended in place, cell by cell or by a block from Excel; each change is checked at once. */
export function MendSheet({ batch, filter, groups }: MendSheetProps) {
  const t = useT(importMendWords)
  const language = useLanguage()
  const rows = useBadRows(batch.batchId, filter)
  const [isWide, setWide] = useState(batch.columns.length <= manyColumns)
  // A column stays after its last problem is mended: what was just typed must not vanish.
  const [bad, setBad] = useState<readonly number[]>([])
  const added = groups.flatMap(({ column }) => (column === undefined || bad.includes(column) ? [] : column))
  if (added.length > 0) setBad([...bad, ...new Set(added)])
  const columns = useMemo(() => {
    return batch.columns
      .filter(({ column, key }) => isWide || bad.includes(column) || known.has(key ?? ''))
      .map(({ column, label, key }) => ({
        key: String(column),
        title: label === '' ? columnLetters(column) : label,
        widthRem: key === 'idNumber' ? 13 : 10,
        isReadOnly: !batch.can.fix,
      }))
  }, [batch.columns, batch.can.fix, bad, isWide])
  const { rowAt } = rows
  const first = Number(columns[0]?.key ?? 0)
  const cell = useCallback(
    (row: number, key: string) => {
      const found = rowAt(row)
      const say = (problem: BadRow['problems'][number]) => sayImportProblem(problem, language)
      // What is wrong with the row as a whole stands at its first cell.
      const whole = found?.problems.filter(({ column }) => column === undefined || columns.every((one) => one.key !== String(column))) ?? []
      const value = showCell(found, Number(key), say)
      if (value === undefined || Number(key) !== first || whole.length === 0) return value
      const isDoubt = value.isDoubt !== false && whole.every(({ severity }) => severity === 'suspicious')
      return { ...value, problem: [value.problem, ...whole.map(say)].filter((part) => part !== undefined).join('；'), isDoubt }
    },
    [rowAt, language, columns, first],
  )
  const nameColumn = batch.columns.find(({ key }) => key === 'name')?.column
  const rowName = useMemo(
    () => ({ title: t('nameColumn'), of: (row: number) => (nameColumn === undefined ? '' : (rowAt(row)?.cells[nameColumn] ?? '')) }),
    [rowAt, nameColumn, t],
  )
  return (
    <>
      <SheetGrid
        label={t('badRows')}
        columns={columns}
        rowCount={rows.rowCount}
        rowNumber={useCallback((row: number) => rowAt(row)?.row, [rowAt])}
        rowName={rowName}
        cell={cell}
        onShown={rows.show}
        onEdit={(changes) => rows.mend(changes.map(({ row, columnKey, text }) => ({ row, column: Number(columnKey), value: text })))}
        tools={
          <label className="bf-check">
            <input type="checkbox" checked={isWide} onChange={(event) => setWide(event.target.checked)} />
            {t('allColumns', { n: batch.columns.length })}
          </label>
        }
      />
      <MendOutcome rows={rows} />
    </>
  )
}

function MendOutcome({ rows }: { rows: BadRows }) {
  const t = useT(importMendWords)
  return (
    <>
      <Problem error={rows.error} />
      <p className="bf-quiet" role="status">
        {rows.isMending
          ? t('mending')
          : rows.stillBad === undefined
            ? t('mendHelp')
            : rows.stillBad === 0
              ? t('mendedAll')
              : t('mendedStill', { n: rows.stillBad })}
      </p>
    </>
  )
}
