import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { areasByName } from '../../../identity/server/index.ts'
import type { FixedRows } from '../../rules/import-records.ts'
import type { FixCells } from '../../rules/import-requests.ts'
import { registryErrors } from '../errors.ts'
import { getBatchThatCan } from './ask-work.ts'
import { countBadRows, findBadRows, setSeverities, type StoredBadRow } from './bad-row-store.ts'
import { getBatch, type StoredBatch } from './batch-store.ts'
import { checkRow, severityOf } from './check-row.ts'
import { findSheetOf, keptSheetsOf } from './describe-columns.ts'
import { dropFixes, noteMending, readMending, saveFixes } from './fix-store.ts'
import type { ImportDeps } from './import-files.ts'
import { makeMending, type CellFix } from './mended-rows.ts'
import { listProblemsOf, replaceProblems } from './problem-store.ts'
import { showBadRows } from './show-bad-rows.ts'
import type { Problem } from './staged-rows.ts'

/** Cells of one batch that are mended on the page; a corrected file may bring more. */
const mostFixes = 20_000

/**
 * Mends cells of rows with problems and checks these rows at once; the whole file is checked again before it can be applied. A cell that
 * is again as the file has it is no longer mended. Throws `registry.no-such-row`, `registry.number-hidden`, `registry.too-many-fixes`.
 */
export async function fixCells(ctx: Context, deps: ImportDeps, input: { batchId: string; cells: FixCells['cells'] }): Promise<FixedRows> {
  const { batchId, cells } = input
  return inTransaction(ctx, async (db) => {
    const batch = await getBatchThatCan(db, ctx, { batchId, can: 'fix' })
    if (batch.fixes.cells + cells.length > mostFixes) throw registryErrors.tooManyFixes({ limit: mostFixes })
    const rows = await getRows(db, ctx, { deps, batchId, cells })
    await refuseHidden(db, ctx, { deps, batch, rows, cells })
    await save(db, ctx, { deps, batchId, rows, cells })
    await checkRows(db, ctx, { deps, batch, rows, cells })
    await noteMending(db, ctx, batchId)
    const details = { cells: cells.length, rows: rows.length }
    await audit(db, ctx, { did: 'registry.import-fix', objectKind: 'registry.import-batch', objectId: batchId, details })
    const now = await getBatch(db, ctx, batchId)
    return {
      rows: await showBadRows(db, ctx, { vault: deps.vault, batch: now, rows }),
      stillBad: await countBadRows(db, ctx, batchId),
      fixes: now.fixes,
    }
  })
}

async function getRows(
  db: Db,
  ctx: Context,
  given: { deps: ImportDeps; batchId: string; cells: FixCells['cells'] },
): Promise<StoredBadRow[]> {
  const places = [...new Map(given.cells.map(({ sheet, row }) => [`${row}\0${sheet}`, { sheet, row }])).values()]
  const rows = await findBadRows(db, ctx, { vault: given.deps.vault, batchId: given.batchId, places })
  const missing = places.find((place) => !rows.some((row) => row.row === place.row && row.sheet === place.sheet))
  if (missing !== undefined) throw registryErrors.noSuchRow({ row: missing.row })
  return rows
}

/** A number that is not shown cannot be mended here: the page knows it only with stars in it. */
async function refuseHidden(
  db: Db,
  ctx: Context,
  given: { deps: ImportDeps; batch: StoredBatch; rows: readonly StoredBadRow[]; cells: FixCells['cells'] },
): Promise<void> {
  const shown = await showBadRows(db, ctx, { vault: given.deps.vault, batch: given.batch, rows: given.rows })
  for (const { sheet, row, column } of given.cells) {
    const found = shown.find((one) => one.row === row && one.sheet === sheet)
    if (found?.masked.includes(column) !== true) continue
    const label = given.batch.columns.find((one) => one.column === column)?.label ?? ''
    throw registryErrors.numberHidden({ row, label })
  }
}

async function save(
  db: Db,
  ctx: Context,
  given: { deps: ImportDeps; batchId: string; rows: readonly StoredBadRow[]; cells: FixCells['cells'] },
): Promise<void> {
  const { deps, batchId, rows } = given
  const byPlace = new Map(rows.map((row) => [`${row.row}\0${row.sheet}`, row]))
  const fixes: CellFix[] = []
  const dropped: CellFix[] = []
  for (const cell of given.cells) {
    const row = byPlace.get(`${cell.row}\0${cell.sheet}`)
    const isAsBefore = row !== undefined && !row.realigned && (row.cells[cell.column] ?? '') === cell.value
    ;(isAsBefore ? dropped : fixes).push(cell)
  }
  // A row whose cells were put right below their labels is mended whole: the fixes are laid over the row as the file has it.
  const whole = rows.filter((row) => row.realigned && fixes.some((fix) => fix.row === row.row && fix.sheet === row.sheet))
  const chosen = new Set(fixes.map((fix) => `${fix.row}\0${fix.column}\0${fix.sheet}`))
  for (const row of whole)
    for (const [column, value] of row.cells.entries())
      if (!chosen.has(`${row.row}\0${column}\0${row.sheet}`)) fixes.push({ sheet: row.sheet, row: row.row, column, value })
  await dropFixes(db, ctx, { batchId, cells: dropped })
  await saveFixes(db, ctx, { vault: deps.vault, batchId, fixes: lastOfEach(fixes), origin: 'hand' })
}

/** Of several values for one cell the last. */
function lastOfEach(fixes: readonly CellFix[]): CellFix[] {
  return [...new Map(fixes.map((fix) => [`${fix.row}\0${fix.column}\0${fix.sheet}`, fix])).values()]
}

async function checkRows(
  db: Db,
  ctx: Context,
  given: { deps: ImportDeps; batch: StoredBatch; rows: readonly StoredBadRow[]; cells: FixCells['cells'] },
): Promise<void> {
  const { deps, batch, rows } = given
  const { batchId } = batch
  const mend = makeMending(await readMending(db, ctx, { vault: deps.vault, batchId, rows }))
  const before = await listProblemsOf(db, ctx, { batchId, rows })
  const countyName = (await areasByName(ctx)).findByCode(ctx.scope.countyCode)?.name
  const tools = { vault: deps.vault, countyCode: ctx.scope.countyCode, batchId, countyName }
  const checked = rows.map((row) => {
    const own = (one: { sheet: string; row: number }): boolean => one.row === row.row && one.sheet === row.sheet
    const sheet = findSheetOf(keptSheetsOf(batch.sheets), row)
    if (sheet === undefined) throw registryErrors.noSuchRow({ row: row.row })
    const mended = new Set(given.cells.filter(own).map((cell) => cell.column))
    const mendedRow = mend(row.sheet, { row: row.row, cells: row.cells })
    return { row, problems: checkRow(tools, { sheet, row: mendedRow, before: before.filter(own), mended }) }
  })
  const problems: Problem[] = checked.flatMap((one) => one.problems)
  await replaceProblems(db, ctx, { batchId, rows, problems })
  const severities = checked.map(({ row, problems: own }) => ({ badNo: row.badNo, severity: severityOf(own) }))
  await setSeverities(db, ctx, { batchId, rows: severities })
}
