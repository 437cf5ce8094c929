import { Button } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { SheetGrid } from '#ui/data/sheet-grid.tsx'
import type { SheetColumn } from '#ui/data/sheet-moves.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { useSending } from '#ui/forms/use-sending.ts'
import { useT } from '#ui/words/use-t.ts'
import {
  changeEntries,
  emptyEntry,
  entryColumns,
  mostEntries,
  readEntry,
  type EntryColumn,
  type EntryRow,
} from '../../rules/income/income-entry.ts'
import { monthOfDay } from '../../rules/income/income-months.ts'
import type { IncomeSheet } from '../../rules/income/income-records.ts'
import { today } from '../case-visits.tsx'
import { addIncomeLines } from './income-calls.ts'
import { incomeScreenWords } from './income-screen-words.ts'

const begin: readonly EntryRow[] = [emptyEntry, emptyEntry, emptyEntry, emptyEntry]
const widths: Readonly<Record<EntryColumn, number>> = { item: 9, member: 6, from: 6.5, to: 6.5, amount: 7, source: 6.5, note: 12 }
const grows = { mayGrow: true }

/** Lines written like a sheet: by keyboard, or a block of Excel pasted in. What cannot be read says so in its cell. */
export function IncomeEntry({ sheet, close }: { sheet: IncomeSheet; close: () => void }) {
  const t = useT(incomeScreenWords)
  const [rows, setRows] = useState<readonly EntryRow[]>(begin)
  const { householdId, items, members } = sheet
  const month = monthOfDay(today())
  const read = useMemo(() => rows.map((row) => readEntry(row, { items, members, month })), [rows, items, members, month])
  const lines = read.flatMap((one) => (one.state === 'ready' ? [one.line] : []))
  const bad = read.filter(({ state }) => state === 'bad').length
  const columns = useMemo((): SheetColumn[] => entryColumns.map((key) => ({ key, title: t(key), widthRem: widths[key] })), [t])
  const cell = useCallback(
    (row: number, key: string) => {
      const column = entryColumns.find((one) => one === key)
      const found = read[row]
      if (column === undefined) return { text: '' }
      const problem = found?.state === 'bad' ? found.problems[column] : undefined
      return { text: rows[row]?.[column] ?? '', problem: problem === undefined ? undefined : t(`problem.${problem}`) }
    },
    [rows, read, t],
  )
  const { error, isBusy, submit } = useSending(async () => {
    await addIncomeLines(householdId, { lines })
    close()
  })
  return (
    <div className="bf-stack">
      <p className="bf-quiet">{t('enterHelp')}</p>
      <SheetGrid
        label={t('enter')}
        columns={columns}
        rowCount={Math.min(rows.length, mostEntries)}
        rowNumber={(row) => row + 1}
        cell={cell}
        onEdit={(changes) => setRows((before) => changeEntries(before, changes))}
        frozen={1}
        heightRem={18}
        extras={grows}
      />
      <details>
        <summary>{t('items')}</summary>
        <p className="bf-quiet">{items.map(({ item }) => item).join('、')}</p>
      </details>
      <Problem error={error} />
      <div className="bf-row">
        <Button
          type="primary"
          disabled={lines.length === 0 || bad > 0}
          loading={isBusy}
          onClick={() => void submit() /* keeps its own refusal */}
        >
          {t('save', { n: lines.length })}
        </Button>
        <Button onClick={close}>{t('cancel')}</Button>
        {bad === 0 ? null : <span className="bf-problem">▲ {t('fix', { n: bad })}</span>}
      </div>
    </div>
  )
}
