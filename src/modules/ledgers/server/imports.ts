import { join } from 'node:path'
import { Readable } from 'node:stream'
import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, whileReading } from '#kernel/server/database/index.ts'
import { destroyFile, keepFile, pathOfFile, type StoredFile } from '#kernel/server/files/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { ListImportRows, MapImport, OfBook, OfBookImport, PasteRows } from '../contract.ts'
import { isOwnColumn, lineName } from '../rules/import-fields.ts'
import type { ImportRecord, ImportRowRecord } from '../rules/records.ts'
import { asSystemWithin } from './jobs/as-system.ts'
import { ledgersErrors } from './errors.ts'
import { applyChanged, applyNew, countStale, listBlocks, type Applying } from './import-apply-store.ts'
import { applyOneByOne, isOneByOne, rehearse } from './gather-imports.ts'
import { dryRun, type DryRun } from './import-dry-run.ts'
import {
  deleteStaged,
  endImport,
  findImport,
  insertImport,
  listImports,
  listStaged,
  updateStagedImport,
  type ImportRow,
} from './import-store.ts'
import { undoRows } from './import-undo.ts'
import { openLedger, type Ledger, type Within } from './open-ledger.ts'
import { countyPath } from './place-record.ts'
import type { LedgerDeps } from './work-out.ts'

/** Where files of dry runs wait. */
export const importFolder = ({ filesDirectory }: LedgerDeps): string => join(filesDirectory, 'ledger-imports')
/** The largest file that is taken. Source: trust.md §3.1. */
const mostBytes = 100 * 1_048_576

/** Takes a file and tries it: nothing of the ledger changes until it is applied. Throws `sheets.*`, `ledgers.nothing-to-import`. */
export async function stageFile(
  ctx: Context,
  deps: LedgerDeps,
  given: OfBook & { stream: Readable; fileName: string },
): Promise<ImportRecord> {
  await whileReading(ctx, (db) => openToImport({ ...ctx, db }, given.templateKey))
  const file = await keepFile(importFolder(deps), given.stream, mostBytes)
  return stage({ ...ctx, deadline: 'job' }, deps, { ...given, file, source: 'file' })
}

/** The same with cells pasted from Excel, the header in the first row. */
export async function stagePaste(ctx: Context, deps: LedgerDeps, given: OfBook & PasteRows): Promise<ImportRecord> {
  const text = given.rows.map((row) => row.map((cell) => `"${cell.split('"').join('""')}"`).join(',')).join('\r\n')
  const file = await keepFile(importFolder(deps), Readable.from([Buffer.from(`\ufeff${text}\r\n`)]), mostBytes)
  return stage(ctx, deps, { templateKey: given.templateKey, file, fileName: `粘贴 ${ctx.today}.csv`, source: 'pasted' })
}

async function openToImport(ctx: Within, templateKey: string): Promise<Ledger> {
  const ledger = await openLedger(ctx, templateKey)
  if (ledger.isWithdrawn) throw ledgersErrors.withdrawn()
  if (!ledger.can.import) throw ledgersErrors.mayNotWrite()
  return ledger
}

async function stage(
  ctx: Context,
  deps: LedgerDeps,
  given: OfBook & { file: StoredFile; fileName: string; source: 'file' | 'pasted' },
): Promise<ImportRecord> {
  const { templateKey, file, fileName, source } = given
  try {
    return await inTransaction(ctx, async (db) => {
      const within = { ...ctx, db }
      const ledger = await openToImport(within, templateKey)
      const importId = makeId(Date.parse(ctx.now))
      const found = await tryOut(within, deps, { ledger, importId, path: file.path, fileName })
      const { scope } = ctx
      const areaPath = scope.kind === 'area' ? scope.path : countyPath(scope.countyCode)
      const row = {
        ...found,
        importId,
        templateKey,
        version: ledger.open.version,
        areaPath,
        closed: ledger.isClosed,
        source,
        fileName: fileName.slice(0, 200),
      }
      await insertImport(db, ctx, { ...row, fileId: file.fileId, fileHash: file.hash })
      await audit(db, ctx, {
        did: 'ledgers.try-import',
        objectKind: 'ledgers.import',
        objectId: importId,
        details: { template: templateKey, ...found.counts, hash: file.hash },
      })
      return show(await getImport(within, { templateKey, importId }), ledger)
    })
  } catch (fault) {
    destroyFile(importFolder(deps), file.fileId)
    throw fault
  }
}

/** The dry run; of a ledger of money also in the order of its rows, with what each leaves for the next. */
async function tryOut(ctx: Within, deps: LedgerDeps, given: Parameters<typeof dryRun>[2]): Promise<DryRun> {
  const found = await dryRun(ctx, deps, given)
  if (!(await isOneByOne(ctx, given.ledger))) return found
  return { ...found, counts: await rehearse(ctx, deps, { ...given, counts: found.counts }) }
}

async function getImport(ctx: Within, given: OfBookImport & { isHeld?: boolean }): Promise<ImportRow> {
  const row = await findImport(ctx.db, ctx, given)
  if (row === undefined) throw httpErrors.notFound()
  return row
}

function show(row: ImportRow, ledger: Ledger): ImportRecord {
  const { fileId: _, madeBy: __, appliedAt, undoneAt, ...rest } = row
  const may = ledger.can.import
  const hasRows = row.counts.new + row.counts.changed > 0
  return {
    ...rest,
    ...(appliedAt === null ? {} : { appliedAt }),
    ...(undoneAt === null ? {} : { undoneAt }),
    can: { apply: may && row.state === 'staged' && hasRows, undo: may && row.state === 'applied', discard: may && row.state === 'staged' },
  }
}

/** The last imports into a ledger. */
export async function listBookImports(ctx: Context, { templateKey }: OfBook): Promise<{ items: ImportRecord[] }> {
  return whileReading(ctx, async (db) => {
    const ledger = await openLedger({ ...ctx, db }, templateKey)
    return { items: (await listImports(db, ctx, templateKey)).map((row) => show(row, ledger)) }
  })
}

/** One import. */
export async function readImport(ctx: Context, given: OfBookImport): Promise<ImportRecord> {
  return whileReading(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, given.templateKey)
    return show(await getImport(within, given), ledger)
  })
}

/** Rows of a dry run: the bad ones with row, column and sentence, the changed ones with what changes. */
export async function listImportRows(
  ctx: Context,
  given: OfBookImport & ListImportRows,
): Promise<{ items: ImportRowRecord[]; next?: number }> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, given.templateKey)
    if (!ledger.can.import) throw ledgersErrors.mayNotRead()
    await getImport(within, given)
    const { importId, outcome, after, limit } = given
    const rows = await asSystemWithin(within, 'import', (system) =>
      listStaged(system.db, system, { importId, outcome, after, limit: limit + 1 }),
    )
    const items = rows.slice(0, limit).map(
      ({ recordId, problems, ...row }): ImportRowRecord => ({
        ...row,
        // Safe: written by `stagedRow`.
        problems: problems as ImportRowRecord['problems'],
        ...(recordId === null || row.outcome === 'bad' ? {} : { recordId }),
      }),
    )
    const last = items[items.length - 1]
    return rows.length > limit && last !== undefined ? { items, next: last.row } : { items }
  })
}

async function held(ctx: Within, given: OfBookImport, state: ImportRow['state']): Promise<{ ledger: Ledger; row: ImportRow }> {
  const ledger = await openToImport(ctx, given.templateKey)
  const row = await getImport(ctx, { ...given, isHeld: true })
  if (row.state !== state) throw ledgersErrors.importState({ state: row.state })
  return { ledger, row }
}

/** Judges a dry run anew with other columns. */
export async function mapImport(ctx: Context, deps: LedgerDeps, given: OfBookImport & MapImport): Promise<ImportRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { ledger, row } = await held(within, given, 'staged')
    for (const key of Object.values(given.columns))
      if (key !== null && !isOwnColumn(key) && lineName(ledger.open, key) === undefined && !ledger.open.fields.has(key))
        throw ledgersErrors.unknownField({ field: key })
    if (row.fileId === null) throw ledgersErrors.importGone()
    await asSystemWithin(within, 'import', (system) => deleteStaged(system.db, system, row.importId))
    const path = pathOfFile(importFolder(deps), row.fileId)
    const found = await tryOut(within, deps, { ledger, importId: row.importId, path, fileName: row.fileName, chosen: given.columns })
    await updateStagedImport(db, ctx, { ...found, importId: row.importId, version: ledger.open.version })
    return show(await getImport(within, given), ledger)
  })
}

/** Rows that are written at a time. Source: trust.md §1.3. */
const rowsAtATime = 25_000

/** Takes the good rows of a dry run over, all or none. Throws `ledgers.import-stale` where the ledger changed since. */
export async function applyImport(ctx: Context, deps: LedgerDeps, given: OfBookImport): Promise<ImportRecord> {
  const answer = await inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { ledger, row } = await held(within, given, 'staged')
    if (row.version !== ledger.open.version) throw ledgersErrors.importStale({ rows: row.counts.read })
    const { importId, templateKey, version } = row
    const applying: Applying = { importId, templateKey, version, closed: ledger.isClosed, numbering: ledger.open.template.numbering }
    const alone = await isOneByOne(within, ledger)
    await asSystemWithin(within, 'import', async (system) => {
      const stale = await countStale(system.db, system, importId)
      if (stale > 0) throw ledgersErrors.importStale({ rows: stale })
    })
    if (alone) await applyOneByOne(within, deps, { ledger, importId })
    await refusingTwins(() =>
      asSystemWithin(within, 'import', async (system) => {
        if (alone) return deleteStaged(system.db, system, importId, ['bad', 'changed'])
        for (const block of await listBlocks(system.db, system, { importId, size: rowsAtATime }))
          await applyNew(system.db, system, { ...applying, ...block })
        await applyChanged(system.db, system, applying)
        await deleteStaged(system.db, system, importId, ['bad', 'changed'])
      }),
    )
    await endImport(db, ctx, { importId, state: 'applied' })
    await audit(db, ctx, {
      did: 'ledgers.import',
      objectKind: 'ledgers.import',
      objectId: importId,
      details: { template: templateKey, ...row.counts },
    })
    return { record: show(await getImport(within, given), ledger), fileId: row.fileId }
  })
  if (answer.fileId !== null) destroyFile(importFolder(deps), answer.fileId)
  return answer.record
}

async function refusingTwins(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (fault) {
    const constraint = fault instanceof Error && 'constraint' in fault && typeof fault.constraint === 'string' ? fault.constraint : ''
    throw constraint.startsWith('record_unique_') ? ledgersErrors.importStale({ rows: 1 }) : fault
  }
}

/** Throws a dry run away. */
export async function discardImport(ctx: Context, deps: LedgerDeps, given: OfBookImport): Promise<ImportRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { ledger, row } = await held(within, given, 'staged')
    await asSystemWithin(within, 'import', (system) => deleteStaged(system.db, system, row.importId))
    await endImport(db, ctx, { importId: row.importId, state: 'discarded' })
    await audit(db, ctx, { did: 'ledgers.discard-import', objectKind: 'ledgers.import', objectId: row.importId })
    if (row.fileId !== null) destroyFile(importFolder(deps), row.fileId)
    return show(await getImport(within, given), ledger)
  })
}

/** Takes an import back: what it made is removed, what it changed says again what it said; refused when somebody touched one of its records since. */
export async function undoImport(ctx: Context, deps: LedgerDeps, given: OfBookImport): Promise<ImportRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { ledger, row } = await held(within, given, 'applied')
    const undone = await undoRows(within, deps, { ledger, importId: row.importId })
    await endImport(db, ctx, { importId: row.importId, state: 'undone' })
    await audit(db, ctx, { did: 'ledgers.undo-import', objectKind: 'ledgers.import', objectId: row.importId, details: { ...undone } })
    return show(await getImport(within, given), ledger)
  })
}
