import { isNamedError } from '#kernel/pure/errors/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { judgeRow, openSheetFile, readSheetsSandboxed, sheetErrors, type SheetRow } from '#kernel/server/sheets/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { areasByName } from '../../../identity/server/index.ts'
import type { ImportKind, Progress, RowCounts } from '../../contract.ts'
import { registryErrors } from '../errors.ts'
import { getBatch, insertBatch, noteBatch, whileImporting, type StoredBatch } from './batch-store.ts'
import { compareImport } from './compare-import.ts'
import { isOtherSheet, openSheet, type OpenSheet } from './open-import.ts'
import { makePlaceBook, type PlaceBook } from './place-book.ts'
import { makeRowStager, type RowStager } from './stage-rows.ts'
import type { Problem } from './staged-rows.ts'
import { clearStaged, insertLayouts, insertPlaces, saveStaged, type StagedBlock } from './staging-store.ts'

/** A file that lies in quarantine, and what its sender said of it. */
export interface StageInput {
  /** Given when a file is staged again; else a batch is made. */
  batchId?: string
  path: string
  fileId?: string
  fileName: string
  fileHash: string
  fileBytes: number
  /** What the sender says it is; refused when the columns say otherwise. */
  kind?: ImportKind
  sender?: string
  /** The day of which the file speaks, when it does not say so itself. */
  asOf?: string
  onProgress?: (progress: Progress) => void
}

/** Rows per COPY block and transaction of staging. */
const blockRows = 2_000
/** Blocks after which the batch shows how far the reading is. */
const blocksPerNote = 10
/** Suspicious and corrected cells that are listed one by one; all are counted, refused rows are all listed. */
const listedProblems = 100_000

/**
 * Reads a file into waiting rows and computes what it would change; nothing of the register is touched. Needs a system scope.
 * A file that cannot be read ends in state `refused` with the reason, which is thrown too (`sheets.*`, `registry.*`).
 */
export async function stageImport(ctx: Context, deps: { vault: Vault }, input: StageInput): Promise<StoredBatch> {
  const batchId = input.batchId ?? makeId()
  if (input.batchId === undefined)
    await inTransaction(ctx, (db) => insertBatch(db, ctx, { ...input, batchId, asOf: input.asOf ?? ctx.today }))
  return whileImporting(ctx, { mayWait: true }, async () => {
    try {
      await inTransaction(ctx, (db) => clearStaged(db, ctx, { batchId, withNotes: true }))
      await noteBatch(ctx, batchId, { state: 'staging', error: null, progress: { step: 'read', done: 0 } })
      await stageFile(ctx, { ...input, vault: deps.vault, batchId })
      await compareImport(ctx, deps, batchId)
      return await inTransaction(ctx, (db) => getBatch(db, ctx, batchId))
    } catch (fault) {
      const error = isNamedError(fault) ? { code: fault.code, details: fault.details } : { code: 'registry.fault', details: {} }
      await noteBatch(ctx, batchId, { state: isNamedError(fault) ? 'refused' : 'interrupted', error })
      await inTransaction(ctx, (db) => clearStaged(db, ctx, { batchId, withNotes: false }))
      throw fault
    }
  })
}

interface Staging {
  ctx: Context
  input: StageInput & { batchId: string; vault: Vault }
  stager: RowStager
  places: PlaceBook
  block: StagedBlock
  counts: RowCounts
  problemNo: number
  /** Rows that were staged when the last block was written. */
  flushed: number
  blocks: number
  sheets: Map<string, OpenSheet | undefined>
  counties: Map<string, number>
  /** Why the last sheet that is no data sheet was passed over; thrown when there is no other. */
  refusal: unknown
}

async function stageFile(ctx: Context, input: StageInput & { batchId: string; vault: Vault }): Promise<void> {
  const file = await openSheetFile({ path: input.path, originalName: input.fileName })
  const county = (await areasByName(ctx)).findByCode(ctx.scope.countyCode)
  const places = makePlaceBook(county?.name)
  const staging: Staging = {
    ctx,
    input,
    places,
    stager: makeRowStager({ countyCode: ctx.scope.countyCode, batchId: input.batchId, vault: input.vault, places }),
    block: emptyBlock(),
    counts: { read: 0, staged: 0, corrected: 0, suspicious: 0, refused: 0, notData: 0 },
    problemNo: 1,
    flushed: 0,
    blocks: 0,
    sheets: new Map(),
    counties: new Map(),
    refusal: undefined,
  }
  for await (const block of readSheetsSandboxed(file)) {
    if (!staging.sheets.has(block.sheet)) staging.sheets.set(block.sheet, openOne(staging, block))
    const sheet = staging.sheets.get(block.sheet)
    for (const row of block.rows) stageRow(staging, sheet, row)
    if (staging.counts.staged - staging.flushed + staging.block.problems.length >= blockRows) await flush(staging, false)
  }
  await finish(staging, county?.name)
}

/** Opens a sheet at its first block; later sheets must be of the kind of the first, covers and other sheets are passed over. */
function openOne(staging: Staging, block: Parameters<typeof openSheet>[0]): OpenSheet | undefined {
  const first = [...staging.sheets.values()].find((sheet) => sheet !== undefined)
  try {
    return openSheet(block, { kind: first?.kind ?? staging.input.kind, fileName: staging.input.fileName })
  } catch (fault) {
    if (!isOtherSheet(fault)) throw fault
    staging.refusal = fault
    return undefined
  }
}

function stageRow(staging: Staging, sheet: OpenSheet | undefined, row: SheetRow): void {
  const { counts, block } = staging
  counts.read += 1
  if (sheet === undefined || judgeRow(sheet.header, row) !== undefined) {
    counts.notData += 1
    return
  }
  const staged = staging.stager.stage(sheet, row)
  noteProblems(staging, staged.problems)
  if (staged.isRefused) {
    counts.refused += 1
    return
  }
  counts.staged += 1
  if (staged.problems.some((problem) => problem.severity === 'corrected')) counts.corrected += 1
  if (staged.problems.some((problem) => problem.severity === 'suspicious')) counts.suspicious += 1
  if (staged.village !== undefined) block.villages.push(staged.village)
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

async function flush(staging: Staging, isEnd: boolean): Promise<void> {
  const { ctx, block, input } = staging
  Object.assign(block, staging.stager.take(isEnd))
  staging.flushed = staging.counts.staged
  await inTransaction(ctx, (db) => saveStaged(db, ctx, { batchId: input.batchId, block, firstProblemNo: staging.problemNo }))
  staging.problemNo += block.problems.length
  staging.block = emptyBlock()
  const progress: Progress = { step: 'read', done: staging.counts.read }
  input.onProgress?.(progress)
  staging.blocks += 1
  if (staging.blocks % blocksPerNote === 0) await noteBatch(ctx, input.batchId, { progress })
}

async function finish(staging: Staging, countyName: string | undefined): Promise<void> {
  const { ctx, input, counts } = staging
  const sheet = [...staging.sheets.values()].find((one) => one !== undefined)
  if (sheet === undefined) throw staging.refusal ?? sheetErrors.noHeader({ sheet: [...staging.sheets.keys()][0] ?? '', seen: [] })
  refuseOtherCounty(staging, countyName)
  await flush(staging, true)
  await inTransaction(ctx, (db) => insertPlaces(db, ctx, { batchId: input.batchId, places: staging.places.places }))
  await inTransaction(ctx, (db) => insertLayouts(db, ctx, staging.stager.layouts))
  const columns = sheet.header.columns.map(({ column, label }) => {
    const mapped = sheet.map.columns.find((one) => one.column === column)
    return mapped === undefined ? { column, label } : { column, label, key: mapped.key, how: mapped.how, confidence: mapped.confidence }
  })
  const asOf = input.asOf ?? sheet.asOf
  await noteBatch(ctx, input.batchId, { kind: sheet.kind, columns, counts, ...(asOf === undefined ? {} : { asOf }) })
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
