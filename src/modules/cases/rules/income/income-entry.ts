import { parseFen } from '#kernel/pure/money/index.ts'
import type { IncomeItem, IncomeMember } from './income-records.ts'
import { mostFen, writtenSources, type NewIncomeLine } from './income-requests.ts'
import { incomeWords } from './income-words.ts'

/** The columns of quick entry, in the order in which a sheet of Excel is pasted. */
export const entryColumns = ['item', 'member', 'from', 'to', 'amount', 'source', 'note'] as const
export type EntryColumn = (typeof entryColumns)[number]
export type EntryRow = Readonly<Record<EntryColumn, string>>

export const emptyEntry: EntryRow = { item: '', member: '', from: '', to: '', amount: '', source: '', note: '' }

export type EntryProblem = 'unknown-item' | 'unknown-member' | 'no-month' | 'order' | 'ahead' | 'no-amount' | 'unknown-source'
export type ReadEntry =
  | { readonly state: 'empty' }
  | { readonly state: 'ready'; readonly line: NewIncomeLine }
  | { readonly state: 'bad'; readonly problems: Readonly<Partial<Record<EntryColumn, EntryProblem>>> }

/** What is known of the household while its lines are written. `month`: today's, `YYYYMM`. */
export interface EntryContext {
  readonly items: readonly IncomeItem[]
  readonly members: readonly IncomeMember[]
  readonly month: string
}

/** Reads a written row: items and members by their beginning where it is theirs alone, months as people write them, amounts with or without unit. */
export function readEntry(row: EntryRow, { items, members, month }: EntryContext): ReadEntry {
  if (entryColumns.every((column) => row[column].trim() === '')) return { state: 'empty' }
  const problems: Partial<Record<EntryColumn, EntryProblem>> = {}
  const item = oneOf(
    row.item,
    items.map((one) => one.item),
  )
  if (item === undefined) problems.item = 'unknown-item'
  const isWhole = ['', '全户', 'household'].includes(row.member.trim().toLowerCase())
  const name = isWhole
    ? undefined
    : oneOf(
        row.member,
        members.map((one) => one.name),
      )
  const member = members.find((one) => one.name === name)
  if (!isWhole && member === undefined) problems.member = 'unknown-member'
  const from = readMonthText(row.from)
  const to = row.to.trim() === '' ? from : readMonthText(row.to)
  if (from === undefined) problems.from = 'no-month'
  if (to === undefined) problems.to = 'no-month'
  if (from !== undefined && to !== undefined && to < from) problems.to = 'order'
  if (to !== undefined && to > month) problems[row.to.trim() === '' ? 'from' : 'to'] = 'ahead'
  const fen = parseFen(row.amount)
  if (fen === undefined || Math.abs(fen) > mostFen) problems.amount = 'no-amount'
  const source = readSource(row.source)
  if (source === undefined) problems.source = 'unknown-source'
  if (item === undefined || from === undefined || to === undefined || fen === undefined || source === undefined)
    return { state: 'bad', problems }
  if (Object.keys(problems).length > 0) return { state: 'bad', problems }
  const line = { item, personId: member?.personId ?? null, monthFrom: from, monthTo: to, fen, source, evidenceId: null }
  return { state: 'ready', line: { ...line, sourceNote: row.note.trim().slice(0, 200) } }
}

/** The word itself, or the only one that begins with or holds what was written. */
function oneOf(written: string, words: readonly string[]): string | undefined {
  const text = written.trim()
  if (text === '') return undefined
  if (words.includes(text)) return text
  const begin = words.filter((word) => word.startsWith(text))
  const found = begin.length > 0 ? begin : words.filter((word) => word.includes(text))
  return found.length === 1 ? found[0] : undefined
}

/** `202301`, `2023-1`, `2023.01`, `2023年1月` → `202301`. */
export function readMonthText(written: string): string | undefined {
  const match = /^(\d{4})\s*[-./年]?\s*(\d{1,2})\s*月?$/.exec(written.normalize('NFKC').trim())
  const month = match?.[2]?.padStart(2, '0') ?? ''
  return match === null || month < '01' || month > '12' ? undefined : `${match[1] ?? ''}${month}`
}

function readSource(written: string): NewIncomeLine['source'] | undefined {
  const text = written.trim().toLowerCase()
  if (text === '') return 'said'
  return writtenSources.find((one) => {
    const { zh, en } = incomeWords[`source.${one}`]
    return one === text || zh.startsWith(text) || zh.includes(text) || en.toLowerCase().startsWith(text)
  })
}

/** Changed cells over the rows; a paste may go beyond the last one. Always one empty row at the end. */
export function changeEntries(
  rows: readonly EntryRow[],
  changes: readonly { readonly row: number; readonly columnKey: string; readonly text: string }[],
): EntryRow[] {
  const changed = [...rows]
  for (const { row, columnKey, text } of changes) {
    const column = entryColumns.find((one) => one === columnKey)
    if (column === undefined || row >= mostEntries) continue
    while (changed.length <= row) changed.push(emptyEntry)
    changed[row] = { ...(changed[row] ?? emptyEntry), [column]: text }
  }
  const last = changed[changed.length - 1]
  if (last !== undefined && entryColumns.some((column) => last[column] !== '') && changed.length < mostEntries) changed.push(emptyEntry)
  return changed
}

/** Rows that are saved at a time. */
export const mostEntries = 200
