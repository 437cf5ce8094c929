import { setImmediate } from 'node:timers/promises'
import { readTables, type RowBlock, type SheetRow, type TableBlock } from '#kernel/pure/tables/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { openSheetFile, readSheetsSandboxed, sheetErrors } from '#kernel/server/sheets/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { areasByName } from '../../../identity/server/index.ts'
import type { Progress, RowCounts } from '../../contract.ts'
import { registryErrors } from '../errors.ts'
import { insertBadRows, type StoredBadRow } from './bad-row-store.ts'
import { noteBatch, updateBatch, type StoredBatch } from './batch-store.ts'
import { describeColumns, describeSheet } from './describe-columns.ts'
import { makeMending, mendBlocks, type Mending } from './mended-rows.ts'
import { allLabels, isOtherSheet, openSheet, type OpenInput, type OpenSheet } from './open-import.ts'
import { makePlaceBook, type PlaceBook } from './place-book.ts'
import { makeRowStager, type RowStager } from './stage-rows.ts'
import type { Problem, StagedVillage } from './staged-rows.ts'
import { countStaged, insertLayouts, insertPlaces, packStaged, saveStaged, type StagedBlock } from './staging-store.ts'

/** A file in quarantine with all that was said of it. */
export interface StageFileInput {
  vault: Vault
  batch: StoredBatch
  path: string
  open: OpenInput
  mending: Mending
  /** The day of which the file speaks, when it does not say so itself. */
  asOf: string | undefined
  onProgress: ((progress: Progress) => void) | undefined
}

/** Rows per COPY block and transaction of staging. */
const blockRows = 8_000
/** Suspicious and corrected cells, and rows with problems, that are kept one by one; all are counted, refused rows are all listed. */
const listedProblems = 100_000

interface Staging {
  ctx: Context
  input: StageFileInput
  stager: RowStager
  places: PlaceBook
  block: StagedBlock
  villages: StagedVillage[]
  badRows: StoredBadRow[]
  badNo: number
  counts: RowCounts
  problemNo: number
  /** Rows that were staged when the last block was written. */
  flushed: number
  /** The block that is on its way into the waiting tables while the next one is read. */
  writing: Promise<void>
  /** The data tables in their order, with the first rows of the first one. */
  tables: OpenSheet[]
  firstBlock: RowBlock | undefined
  /** Rows that were read and not judged yet, as the file has them. */
  originals: Map<string, Map<number, SheetRow>>
  counties: Map<string, number>
  /** Why the last sheet that is no data sheet was passed over; thrown when there is no other. */
  refusal: unknown
}

/**
 * Reads a file, with what was mended laid over it, into waiting rows, problems and rows with problems. Throws `sheets.*` and `registry.*`
 * refusals; its columns are noted also then, so that a person may map them.
 */
export async function stageFile(ctx: Context, input: StageFileInput): Promise<void> {
  const { batch, path, vault } = input
  const file = await openSheetFile({ path, originalName: batch.fileName })
  const county = (await areasByName(ctx)).findByCode(ctx.scope.countyCode)
  const places = makePlaceBook(county?.name)
  const staging: Staging = {
    ctx,
    input,
    places,
    stager: makeRowStager({ countyCode: ctx.scope.countyCode, batchId: batch.batchId, vault, places }),
    block: emptyBlock(),
    villages: [],
    badRows: [],
    badNo: 1,
    counts: { read: 0, staged: 0, corrected: 0, suspicious: 0, refused: 0, notData: 0 },
    problemNo: 1,
    flushed: 0,
    writing: Promise.resolve(),
    tables: [],
    firstBlock: undefined,
    originals: new Map(),
    counties: new Map(),
    refusal: undefined,
  }
  const mend = makeMending(input.mending)
  const keep = (sheet: string, row: SheetRow) => {
    const rows = staging.originals.get(sheet) ?? new Map<number, SheetRow>()
    staging.originals.set(sheet, rows.set(row.row, row))
  }
  const understand = (block: RowBlock) => openOne(staging, block)
  try {
    for await (const table of readTables(mendBlocks(readSheetsSandboxed(file), mend, keep), { labels: allLabels, understand })) {
      takeTable(staging, table)
      packRowsTaken(staging, false)
      await setImmediate() // others have their turn after every few hundred rows
      if (staging.counts.staged - staging.flushed + staging.block.problems.length >= blockRows) await flush(staging, false)
    }
    await finish(staging, county?.name)
  } finally {
    await staging.writing.catch(() => undefined) // nothing is written any more when this ends; its fault was thrown by who waited for it
  }
}

/** Opens a table at its first rows; later ones must be of the kind of the first, covers and other sheets are passed over. */
function openOne(staging: Staging, block: RowBlock): OpenSheet | undefined {
  const { open } = staging.input
  const first = staging.tables[0]
  if (first === undefined) staging.firstBlock ??= block
  try {
    const table = openSheet(block, { ...open, kind: first?.kind ?? open.kind })
    if (table !== undefined) {
      if (first === undefined) staging.firstBlock = block
      staging.tables.push(table)
    }
    return table
  } catch (fault) {
    if (!isOtherSheet(fault)) {
      if (first === undefined) staging.firstBlock = block
      throw fault
    }
    staging.refusal = fault
    return undefined
  }
}

function takeTable(staging: Staging, table: TableBlock<OpenSheet>): void {
  const { counts } = staging
  const { sheet, known } = table
  const moved = new Set(table.drifted.filter((one) => one.mended).map((one) => one.row))
  const slipped = new Map<number, SheetRow>()
  for (const { row, why } of table.aside) {
    const original = takeOriginal(staging, sheet, row)
    if (why === 'drifted' && original !== undefined) slipped.set(row, original)
    else {
      counts.read += 1
      counts.notData += 1
    }
  }
  const inOrder = slipped.size === 0 ? table.rows : [...table.rows, ...slipped.values()].sort((one, other) => one.row - other.row)
  for (const row of inOrder) {
    if (slipped.has(row.row)) stageSlipped(staging, { known, sheet, row })
    else stageRow(staging, { known, sheet, row, isMoved: moved.has(row.row) })
  }
}

/** So many wrong cells say that a row did slip; with fewer it only looked so (a column left empty, another kind of number). */
const wrongCellsOfSlipped = 3

/** A row whose cells seem to stand beside their labels, with nothing to prove it: refused where its values agree with that. */
function stageSlipped(staging: Staging, given: { known: OpenSheet | undefined; sheet: string; row: SheetRow }): void {
  const { known, sheet, row } = given
  const problems = known === undefined ? [] : staging.stager.check(known, row)
  const isSlipped = problems.some((one) => one.severity === 'refused') || problems.length >= wrongCellsOfSlipped
  if (!isSlipped) return stageRow(staging, { known, sheet, row, isMoved: false })
  staging.counts.read += 1
  staging.counts.refused += 1
  noteProblems(staging, [{ severity: 'refused', sheet, row: row.row, reason: 'cells-drifted' }])
  noteBadRow(staging, { sheet, row, severity: 'refused', realigned: false })
}

function takeOriginal(staging: Staging, sheet: string, row: number): SheetRow | undefined {
  const rows = staging.originals.get(sheet)
  const original = rows?.get(row)
  rows?.delete(row)
  return original
}

function stageRow(staging: Staging, given: { known: OpenSheet | undefined; sheet: string; row: SheetRow; isMoved: boolean }): void {
  const { counts } = staging
  const { known, sheet, row } = given
  counts.read += 1
  const original = takeOriginal(staging, sheet, row.row) ?? row
  if (known === undefined) {
    counts.notData += 1
    return
  }
  const staged = staging.stager.stage(known, row)
  if (given.isMoved) staged.problems.push({ severity: 'corrected', sheet, row: row.row, reason: 'cells-moved' })
  noteProblems(staging, staged.problems)
  const isSuspicious = staged.problems.some((problem) => problem.severity === 'suspicious')
  if (staged.isRefused || isSuspicious) {
    const severity = staged.isRefused ? 'refused' : 'suspicious'
    noteBadRow(staging, { sheet, row: given.isMoved ? row : original, severity, realigned: given.isMoved })
  }
  if (staged.isRefused) {
    counts.refused += 1
    return
  }
  counts.staged += 1
  if (staged.problems.some((problem) => problem.severity === 'corrected')) counts.corrected += 1
  if (isSuspicious) counts.suspicious += 1
  if (staged.village !== undefined) staging.villages.push(staged.village)
}

function noteBadRow(
  staging: Staging,
  given: { sheet: string; row: SheetRow; severity: 'refused' | 'suspicious'; realigned: boolean },
): void {
  if (staging.badNo > listedProblems) return
  const { sheet, severity, realigned, row } = given
  staging.badRows.push({ badNo: staging.badNo, sheet, row: row.row, severity, realigned, cells: row.cells })
  staging.badNo += 1
}

function noteProblems(staging: Staging, problems: readonly Problem[]): void {
  for (const problem of problems) {
    if (problem.reason === 'other-county') {
      const named = problem.details?.['county']
      const county = typeof named === 'string' ? named : ''
      staging.counties.set(county, (staging.counties.get(county) ?? 0) + 1)
    }
    if (problem.severity === 'refused' || staging.problemNo + staging.block.problems.length <= listedProblems)
      staging.block.problems.push(problem)
  }
}

/** Rows are packed after every few hundred: kept as objects until the block is full they cost the collector more than their making. */
function packRowsTaken(staging: Staging, isEnd: boolean): void {
  packStaged(staging.block, { ...staging.stager.take(isEnd), villages: staging.villages })
  staging.villages = []
}

/** Sends the block on its way once the one before has arrived; the last one is waited for. */
async function flush(staging: Staging, isEnd: boolean): Promise<void> {
  packRowsTaken(staging, isEnd)
  const { block, badRows, counts } = staging
  await staging.writing
  staging.writing = writeBlock(staging, { block, badRows, firstProblemNo: staging.problemNo, read: counts.read })
  staging.writing.catch(() => undefined) // whoever waits next is told
  staging.flushed = counts.staged
  staging.problemNo += block.problems.length
  staging.block = emptyBlock()
  staging.badRows = []
  if (isEnd) await staging.writing
}

interface FullBlock {
  block: StagedBlock
  badRows: StoredBadRow[]
  firstProblemNo: number
  read: number
}

async function writeBlock({ ctx, input }: Staging, given: FullBlock): Promise<void> {
  const { batchId } = input.batch
  const { block, badRows, firstProblemNo } = given
  await inTransaction(ctx, async (db) => {
    await saveStaged(db, ctx, { batchId, block, firstProblemNo })
    await insertBadRows(db, ctx, { vault: input.vault, batchId, rows: badRows })
  })
  const progress: Progress = { step: 'read', done: given.read }
  input.onProgress?.(progress)
  await noteBatch(ctx, batchId, { progress })
}

async function finish(staging: Staging, countyName: string | undefined): Promise<void> {
  const { ctx, input, counts } = staging
  const { batchId } = input.batch
  const first = staging.tables[0]
  if (first === undefined) throw staging.refusal ?? sheetErrors.noHeader({ sheet: staging.firstBlock?.sheet ?? '', seen: [] })
  refuseOtherCounty(staging, countyName)
  await flush(staging, true)
  await inTransaction(ctx, async (db) => {
    await insertPlaces(db, ctx, { batchId, places: staging.places.places })
    await insertLayouts(db, ctx, staging.stager.layouts)
    const asOf = input.asOf ?? first.asOf
    await updateBatch(db, ctx, {
      batchId,
      patch: {
        kind: first.kind,
        columns: staging.firstBlock === undefined ? [] : describeColumns(staging.firstBlock, first),
        sheets: staging.tables.map(describeSheet),
        counts,
        stagedRows: await countStaged(db, ctx, batchId),
        stagedFixNo: input.batch.fixNo,
        ...(asOf === undefined ? {} : { asOf }),
      },
    })
  })
  if (counts.staged === 0) throw registryErrors.nothingToImport({ refused: counts.refused })
}

/** A file of another county is refused whole; single rows of others are refused one by one. */
function refuseOtherCounty(staging: Staging, countyName: string | undefined): void {
  const others = [...staging.counties.values()].reduce((sum, rows) => sum + rows, 0)
  if (others === 0 || others * 20 < staging.counts.staged + others) return
  const counties = [...staging.counties.keys()].slice(0, 5)
  if (staging.counts.staged === 0 && counties.length === 1)
    throw registryErrors.otherCounty({ expected: countyName ?? '', found: counties[0] ?? '', rows: others })
  throw registryErrors.severalCounties({ counties: [countyName ?? '', ...counties].join('、') })
}

function emptyBlock(): StagedBlock {
  return { households: [], persons: [], villages: [], problems: [] }
}
