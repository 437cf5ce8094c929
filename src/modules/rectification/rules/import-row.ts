import { parseDay, type Day } from '#kernel/pure/time/index.ts'
import { deadlineOf } from '#modules/policies/rules/index.ts'
import { fill } from '#kernel/pure/words/index.ts'
import type { ImportField } from './import-fields.ts'
import { sourceWords } from './problem-words.ts'
import { sourceKinds, type SourceKind } from './problem-sources.ts'

/** What is wrong with a row; such a row is not written. */
export const badReasons = [
  'no-description',
  'too-long',
  'unknown-source',
  'no-household',
  'no-place',
  'two-places',
  'bad-due',
  'bad-day',
  'day-to-come',
] as const
export type BadReason = (typeof badReasons)[number]
/** What a person should know of a row that is written. */
export const rowNotes = ['no-day', 'unit-unknown', 'no-unit', 'not-complete', 'class-missing', 'name-differs'] as const
export type RowNote = (typeof rowNotes)[number]

/** Which cells may be wrong where a row is bad for a reason. */
export const fieldsOfReason: Readonly<Record<BadReason, readonly ImportField[]>> = {
  'no-description': ['description'],
  'too-long': ['description', 'requirement', 'class', 'cause', 'measures', 'effect', 'person', 'leader', 'evidence', 'head'],
  'unknown-source': ['source'],
  'no-household': ['idNumber', 'householdNo', 'township', 'village'],
  'no-place': ['township', 'village'],
  'two-places': ['township', 'village'],
  'bad-due': ['due'],
  'bad-day': ['foundOn', 'completedOn'],
  'day-to-come': ['foundOn', 'completedOn'],
}

/** A row of the ledger as far as it can be read without looking anything up. */
export interface ReadRow {
  readonly row: number
  readonly cells: Readonly<Partial<Record<ImportField, string>>>
  readonly sourceKind: SourceKind
  readonly class: string
  readonly description: string
  readonly dueOn: string | null
  readonly foundOn: string | null
  readonly completedOn: string | null
  /** The ledger says that it is mended. */
  readonly isDone: boolean
  readonly bad: readonly BadReason[]
  readonly notes: readonly RowNote[]
}

const limits: Partial<Record<ImportField, number>> = {
  description: 2000,
  requirement: 1000,
  class: 60,
  cause: 1000,
  measures: 2000,
  effect: 2000,
  person: 40,
  leader: 40,
  evidence: 500,
  head: 60,
}

/** Reads one row. `year` completes days such as `5月底前`; `fallback` is the source of rows that name none. */
export function readImportRow(given: { row: number; cells: ReadRow['cells'] }, by: { today: string; fallback: SourceKind }): ReadRow {
  const { row, cells } = given
  const text = (key: ImportField) => (cells[key] ?? '').trim()
  const bad: BadReason[] = []
  const notes: RowNote[] = []
  if (text('description').length < 2) bad.push('no-description')
  if (Object.entries(limits).some(([key, most]) => text(key as ImportField).length > most)) bad.push('too-long') // Safe: the entries of `limits`
  const sourceKind = text('source') === '' ? by.fallback : sourceOf(text('source'))
  if (sourceKind === undefined) bad.push('unknown-source')
  const due = readDue(text('due'), by.today)
  if (due === 'bad') bad.push('bad-due')
  if (due === null) notes.push('no-day')
  const [foundOn, completedOn] = [readDayCell(text('foundOn')), readDayCell(text('completedOn'))]
  if (foundOn === 'bad' || completedOn === 'bad') bad.push('bad-day')
  if (
    (completedOn !== null && completedOn > by.today && completedOn !== 'bad') ||
    (foundOn !== null && foundOn !== 'bad' && foundOn > by.today)
  )
    bad.push('day-to-come')
  if (text('class') === '') notes.push('class-missing')
  return {
    row,
    cells,
    sourceKind: sourceKind ?? by.fallback,
    class: text('class') === '' ? '其他' : text('class'),
    description: text('description'),
    dueOn: due === 'bad' ? null : due,
    foundOn: foundOn === 'bad' ? null : foundOn,
    completedOn: completedOn === 'bad' ? null : completedOn,
    isDone: saysDone(text('state')),
    bad,
    notes,
  }
}

/** The source that a cell names: its word, a part of it, or its key. */
function sourceOf(cell: string): SourceKind | undefined {
  const bare = cell.normalize('NFKC').replace(/\s/g, '')
  const exact = sourceKinds.find((kind) => fill(sourceWords[kind], 'zh') === bare || kind === bare)
  return exact ?? sourceHints.find(([pattern]) => pattern.test(bare))?.[1]
}

const sourceHints: readonly (readonly [RegExp, SourceKind])[] = [
  [/信访|来信|来访|12317|12345|热线/, 'petition'],
  [/纪检|监察|纪委|监委/, 'discipline'],
  [/巡视|巡察/, 'patrol'],
  [/审计/, 'audit'],
  [/暗访|明察/, 'unannounced'],
  [/回头/, 'look-back'],
  [/交叉|互查/, 'cross-check'],
  [/自查|自纠|举一反三/, 'self-check'],
  [/满意|认可/, 'satisfaction'],
  [/政策/, 'policy'],
  [/纠错|信息错|信息不准|基本信息/, 'correction'],
  [/数据|系统比对|疑点/, 'data'],
  [/督查|督导|检查|考核|评估|调研|普查|国检|省检|验收|排查|反馈/, 'inspection'],
  [/其他|其它/, 'other'],
]

/** A last day: a day, or words (R13); null for none or for words that say none (近期、立行立改、长期坚持), which get a day when it is assigned (A17). */
function readDue(cell: string, today: string): Day | null | 'bad' {
  const bare = cell.normalize('NFKC').replace(/\s/g, '')
  if (bare === '' || /立行立改|立即|即时|即行|长期|持续|及时|近期|限期|常态/.test(bare)) return null
  const year = Number(/(\d{4})年/.exec(bare)?.[1] ?? today.slice(0, 4))
  const words = bare.replace(/^\d{4}年/, '')
  return deadlineOf(words, year) ?? parseDay(bare.replace(/(以)?前$/, '')) ?? 'bad'
}

function readDayCell(cell: string): Day | null | 'bad' {
  return cell === '' ? null : (parseDay(cell) ?? 'bad')
}

/** Whether a cell says that it is mended: 已完成、整改到位、销号、是; not 未完成、正在整改、部分完成. */
export function saysDone(cell: string): boolean {
  const bare = cell.normalize('NFKC').replace(/\s/g, '')
  if (/未|没有|正在|部分|推进|进行中|整改中|持续|否|基本|预计|计划|尚/.test(bare)) return false
  return /^(是|√|✓|100%|已)$|完成|到位|销号|办结|整改完毕|已整改|解决/.test(bare)
}
