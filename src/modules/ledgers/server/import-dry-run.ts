import { openCalendar } from '#kernel/server/calendar/index.ts'
import {
  labelsOf,
  openSheetFile,
  readSheetsSandboxed,
  readTables,
  understandTable,
  type KnownTable,
  type TableBlock,
} from '#kernel/server/sheets/index.ts'
import { tidy } from '#kernel/pure/text/index.ts'
import { areasByName } from '#modules/identity/server/index.ts'
import { isLineColumn, isOwnColumn, lineName, lineOf, ownColumns, wantedColumns } from '../rules/import-fields.ts'
import { makeProblem } from '../rules/record-words.ts'
import type { ImportRecord } from '../rules/records.ts'
import type { Field } from '../rules/template.ts'
import { asSystemWithin } from './jobs/as-system.ts'
import { ledgersErrors } from './errors.ts'
import {
  changesOf,
  enterRow,
  judgeRow,
  stagedRow,
  whomOf,
  type EnteredRow,
  type ImportProblem,
  type Importing,
  type JudgedRow,
} from './import-judge.ts'
import { isFilledIn, readKnownFacts } from './fill-known.ts'
import { findPlaceByName } from './find-place.ts'
import { joinLines, type ReadRow } from './import-lines.ts'
import { lookUpLinks } from './import-look-up.ts'
import { copyStaged, findExisting, type StagedRow } from './import-store.ts'
import type { Ledger, Within } from './open-ledger.ts'
import type { RecordRow } from './tables.ts'
import type { LedgerDeps } from './work-out.ts'

/** What a dry run found. */
export interface DryRun {
  readonly columns: ImportRecord['columns']
  readonly missingFields: readonly string[]
  readonly counts: ImportRecord['counts']
}

const rowsAtATime = 2000
/** Rows of one file: what Excel holds. */
const mostRows = 1_048_576

/**
 * Reads a kept file, judges every row and lets it wait (`ledgers.staged_record`): bad, new, changed or same. Nothing of the ledger changes.
 * `chosen`: column → field, by hand. Throws `sheets.*`, `ledgers.nothing-to-import`.
 */
export async function dryRun(
  ctx: Within,
  deps: LedgerDeps,
  given: { ledger: Ledger; importId: string; path: string; fileName: string; chosen?: Readonly<Record<string, string | null>> },
): Promise<DryRun> {
  const { ledger, chosen = {} } = given
  const fields = wantedColumns(ledger.open)
  const file = await openSheetFile({ path: given.path, originalName: given.fileName })
  const importing: Importing = { ctx, deps, ledger, importId: given.importId, calendar: await openCalendar(ctx), seen: new Map() }
  const work = judgeInBlocks(importing)
  const lines = joinLines()
  let columns: ImportRecord['columns'] | undefined
  const tables = readTables(readSheetsSandboxed(file), {
    understand: (block) => understandTable(block, { fields }),
    labels: labelsOf(fields),
  })
  try {
    for await (const block of tables) {
      if (block.known === undefined) continue
      columns ??= describeColumns(ledger, block, chosen)
      const known = [...columnsOf(block.known, chosen)]
      for (const row of block.rows) {
        const cells = cellsOf(ledger, row, known)
        if (cells !== undefined) await work.enter(lines.take({ row: row.row, cells }))
      }
    }
    await work.enter(lines.last())
    await work.end()
  } finally {
    await work.stop()
  }
  if (columns === undefined) throw ledgersErrors.nothingToImport()
  return { columns, missingFields: missingFieldsOf(ledger, columns), counts: work.counts }
}

/** Judges rows as they come, a block at a time: while one is judged and copied, the next one is read. */
function judgeInBlocks(importing: Importing) {
  const counts = { read: 0, bad: 0, new: 0, changed: 0, same: 0 }
  let waiting: EnteredRow[] = []
  let working: Promise<void> = Promise.resolve()
  const judge = async (rows: EnteredRow[]) => {
    for (const outcome of await judgeRows(importing, rows)) counts[outcome] += 1
  }
  const take = async () => {
    await working
    working = judge(waiting)
    working.catch(() => undefined) // reported by whoever awaits it next
    waiting = []
  }
  return {
    counts,
    enter: async (row: ReadRow | undefined) => {
      if (row === undefined) return
      waiting.push(enterRow(importing, row))
      counts.read += 1
      if (counts.read > mostRows) throw ledgersErrors.tooManyRows({ most: mostRows })
      if (waiting.length >= rowsAtATime) await take()
    },
    end: async () => {
      if (waiting.length > 0) await take()
      await working
    },
    /** Nothing of this goes on when the transaction ends, whatever was thrown. */
    stop: () => working.catch(() => undefined),
  }
}

/** Required fields that no column of the file fills. */
function missingFieldsOf(ledger: Ledger, columns: ImportRecord['columns']): string[] {
  const mapped = new Set(columns.map(({ field = '' }) => (isLineColumn(field) ? lineOf(field).field : field)))
  return ledger.open.template.fields
    .filter((field) => field.required === true && field.known === undefined && field.computed === undefined && !mapped.has(field.key))
    .map((field) => field.key)
}

/** The cells of a row by field; undefined where all of them are empty. */
function cellsOf(
  { open }: Ledger,
  row: TableBlock<KnownTable>['rows'][number],
  known: readonly (readonly [number, { key: string; label: string }])[],
): ReadRow['cells'] | undefined {
  const cells = new Map<string, { text: string; label: string; lostTail: boolean }>()
  let isEmpty = true
  for (const [column, { key, label }] of known) {
    const field = open.fields.get(key)
    const text = (field !== undefined && isWords(field) ? wordsOf : tidy)(row.cells[column] ?? '')
    if (text !== '') isEmpty = false
    cells.set(key, { text, label, lostTail: row.lostTail?.includes(column) === true })
  }
  return isEmpty ? undefined : cells
}

/** What people write in words keeps its blanks and Chinese signs; numbers, days and choices are read whatever their typography. */
const isWords = ({ kind, format }: Field): boolean =>
  format === undefined && (kind === 'text' || kind === 'long-text' || kind === 'organisation' || kind === 'record')
const wordsOf = (cell: string): string =>
  cell
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .trim()
    .replace(/^['`’‘]+/, '')

/** Column → field: what was chosen by hand goes before what was recognised. */
function columnsOf(
  { header, map }: KnownTable,
  chosen: Readonly<Record<string, string | null>>,
): ReadonlyMap<number, { key: string; label: string }> {
  const columns = new Map<number, { key: string; label: string }>()
  const byHand = new Set(Object.values(chosen))
  for (const { key, column, label } of map.columns)
    if (chosen[String(column)] === undefined && !byHand.has(key)) columns.set(column, { key, label })
  for (const [column, key] of Object.entries(chosen)) {
    const label = header.columns.find((one) => one.column === Number(column))?.label ?? ''
    if (key !== null) columns.set(Number(column), { key, label })
  }
  return columns
}

function describeColumns(
  ledger: Ledger,
  block: TableBlock<KnownTable>,
  chosen: Readonly<Record<string, string | null>>,
): ImportRecord['columns'] {
  if (block.known === undefined) return []
  const { header, map } = block.known
  const used = columnsOf(block.known, chosen)
  return header.columns.map(({ column, label }) => {
    const key = used.get(column)?.key
    const name =
      key === undefined ? undefined : isOwnColumn(key) ? ownColumns[key] : (lineName(ledger.open, key) ?? ledger.open.fields.get(key)?.name)
    const how = chosen[String(column)] !== undefined ? 'hand' : map.columns.find((one) => one.column === column)?.how
    const cells = block.rows.map((row) => tidy(row.cells[column] ?? '')).filter((text) => text !== '')
    const samples = [...new Set(cells)]
      .slice(0, 3)
      .map((text) => text.replace(/\d{8,}/g, (digits) => `${digits.slice(0, 3)}****${digits.slice(-2)}`).slice(0, 40))
    return {
      column,
      label,
      ...(key === undefined ? {} : { field: key }),
      ...(name === undefined ? {} : { name }),
      ...(how === undefined ? {} : { how }),
      samples,
    }
  })
}

/** Judges some rows in a few questions and lets them wait. */
async function judgeRows(importing: Importing, rows: EnteredRow[]): Promise<('bad' | 'new' | 'changed' | 'same')[]> {
  const { ctx, deps, ledger } = importing
  await placeRows(importing, rows)
  const find = await lookUpLinks(
    ctx,
    deps,
    ledger.open,
    rows.flatMap((row) => [...row.links.values()]),
  )
  const about = isFilledIn(ledger.open) ? rows.flatMap((row) => whomOf(importing, row, find) ?? []) : []
  const known = await readKnownFacts(ctx, ledger.open, about)
  const first = rows.map((row) => judgeRow(importing, row, { find, before: undefined, known }))
  const existing = await existingOf(importing, first)
  const outcomes: ('bad' | 'new' | 'changed' | 'same')[] = []
  const staged: StagedRow[] = []
  for (const judged of first) {
    const before = existing(judged)
    const again = before === undefined ? judged : judgeRow(importing, judged.entered, { find, before })
    const row = decideRow(importing, again, before)
    outcomes.push(row.outcome)
    staged.push(stagedRow(importing, again, { ...row, before }))
  }
  await asSystemWithin(ctx, 'import', (system) => copyStaged(system.db, staged))
  return outcomes
}

/** Where rows belong by the names of township and village that they bring. */
async function placeRows({ ctx }: Importing, rows: readonly EnteredRow[]): Promise<void> {
  if (!rows.some((row) => row.cells.has('$village'))) return
  const areas = await areasByName(ctx)
  for (const row of rows) {
    const [village, township] = [row.cells.get('$village')?.text ?? '', row.cells.get('$township')?.text ?? '']
    if (village === '' && township === '') continue
    const found = findPlaceByName(areas, { text: village === '' ? township : village, township: village === '' ? '' : township })
    if ('refused' in found) {
      const label = row.cells.get('$village')?.label
      row.problems.push({
        ...makeProblem(found.refused, { name: ownColumns.$village, values: { value: village } }),
        cell: village,
        ...(label === undefined ? {} : { label }),
      })
    } else row.said = found.areaPath
  }
}

async function existingOf(importing: Importing, rows: readonly JudgedRow[]): Promise<(row: JudgedRow) => RecordRow | undefined> {
  const { ctx, ledger } = importing
  const texts = (of: (row: JudgedRow) => string | null) => [...new Set(rows.flatMap((row) => of(row) ?? []))]
  const asked = {
    unique1: texts((row) => row.derived.unique1),
    unique2: texts((row) => row.derived.unique2),
    numbers: texts((row) => row.entered.no || null),
  }
  if (asked.unique1.length + asked.unique2.length + asked.numbers.length === 0) return () => undefined
  const found = await asSystemWithin(ctx, 'unique', (system) =>
    findExisting(system.db, system, { templateKey: ledger.templateKey, ...asked }),
  )
  const kept = found.filter((row) => row.removedAt === null)
  const index = (of: (row: (typeof kept)[number]) => string | null) =>
    new Map(kept.flatMap((row) => (of(row) === null ? [] : [[of(row), row] as const])))
  const [byNo, by1, by2] = [index((row) => row.recordNo), index((row) => row.unique1), index((row) => row.unique2)]
  return ({ entered, derived }) => byNo.get(entered.no) ?? by1.get(derived.unique1) ?? by2.get(derived.unique2)
}

function decideRow(
  importing: Importing,
  judged: JudgedRow,
  before: RecordRow | undefined,
): { outcome: 'bad' | 'new' | 'changed' | 'same'; problems: ImportProblem[]; changes: Record<string, [string, string]> } {
  const { ledger, ctx } = importing
  const problems: ImportProblem[] = [...judged.problems, ...twiceInFile(importing, judged)]
  const isSeen = before === undefined || isReached(ctx, before)
  if (!isSeen) problems.push(makeProblem('not-unique', { values: { names: uniqueNames(ledger, 0) } }))
  const changes = before === undefined || !isSeen ? {} : changesOf(ledger, before.body, judged.body)
  const isChanged = Object.keys(changes).length > 0
  if (isSeen && before !== undefined && isChanged && before.settled) problems.push(makeProblem('settled'))
  if (isSeen && before !== undefined && isChanged && before.version !== ledger.open.version)
    problems.push(makeProblem('older-version', { values: { version: before.version } }))
  const isBad = problems.some((problem) => problem.level === 'refuse')
  const outcome = isBad ? 'bad' : before === undefined ? 'new' : isChanged ? 'changed' : 'same'
  return { outcome, problems, changes }
}

function isReached({ scope }: Within, row: RecordRow): boolean {
  if (scope.kind === 'area') return row.areaPath >= scope.lo && row.areaPath < scope.hi
  return scope.kind !== 'households'
}

function twiceInFile({ seen, ledger }: Importing, { entered, derived }: JudgedRow): ImportProblem[] {
  const problems: ImportProblem[] = []
  for (const [no, unique] of [derived.unique1, derived.unique2].entries()) {
    if (unique === null) continue
    const other = seen.get(unique)
    if (other === undefined) seen.set(unique, entered.row)
    else problems.push(makeProblem('twice-in-file', { values: { other, names: uniqueNames(ledger, no) } }))
  }
  return problems
}

const uniqueNames = ({ open }: Ledger, no: number): string =>
  (open.template.unique?.[no] ?? []).map((key) => open.fields.get(key)?.name.zh ?? key).join('、')
