import type { Readable } from 'node:stream'
import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { AppliedImport, BadRow, StagedImport, StagedRow } from '../rules/import-records.ts'
import { readImportRow, type RowNote } from '../rules/import-row.ts'
import type { MendImport } from '../rules/problem-requests.ts'
import type { ProblemFile } from '../rules/problem-records.ts'
import type { SourceKind } from '../rules/problem-sources.ts'
import { inProblems } from './closed-kinds-store.ts'
import { findCampaign } from './campaign-store.ts'
import { rectificationErrors } from './errors.ts'
import { endImport, holdImport, insertImport, keepRows, wasApplied, type ImportRow, type KeptBadRow } from './import-store.ts'
import { lookUpRows } from './look-up-rows.ts'
import { insertRecords } from './problem-store.ts'
import { readLedger } from './read-import.ts'
import { placesOf } from './read-problems.ts'
import { addProblems } from './record-problems.ts'
import { findOrigins } from './record-store.ts'
import { translated } from './refused-by-database.ts'
import { seatOf } from './seat-store.ts'

export interface ImportDeps {
  readonly vault: Vault
  readonly filesDirectory: string
}
type Within = Context & { readonly db: Db }
const shown = 50

/** Reads a ledger that came as a file or paste and shows what would be written; nothing is yet. Throws `rectification.import-unread`, `imported-before`. */
export async function stageImport(
  ctx: Context,
  deps: ImportDeps,
  given: { campaignId: string; sourceKind: SourceKind; stream: Readable; fileName: string },
): Promise<StagedImport> {
  const { campaignId, sourceKind, stream, fileName } = given
  const read = await readLedger(deps.filesDirectory, { stream, fileName })
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    if ((await findCampaign(db, ctx, { campaignId })) === undefined) throw rectificationErrors.noSuchCampaign()
    if (await wasApplied(db, ctx, { campaignId, hash: read.hash })) throw rectificationErrors.importedBefore()
    const rows = read.rows.map((row) => readImportRow(row, { today: ctx.today, fallback: sourceKind }))
    const { good, bad } = await lookUpRows(within, deps, { campaignId, rows })
    const { sheet, columns, hash } = read
    const importId = makeId(Date.parse(ctx.now))
    const sealed = seal(deps, importId, bad, sourceKind)
    const file = { fileName: fileName.slice(0, 200), hash, sheet, columns }
    const kept = { importId, campaignId, areaPath: seatOf(ctx).path, ...file, rows: good, bad: sealed }
    await insertImport(db, ctx, kept)
    const details = { campaignId, hash, good: good.length, bad: bad.length }
    await audit(db, ctx, { did: 'rectification.stage-import', objectKind: 'rectification.import', objectId: importId, details })
    return show(within, deps, { ...kept, state: 'staged', byId: ctx.caller.id })
  })
}

const place = (rowId: string) => ({ table: 'rectification.import', column: 'bad', rowId })

/** Cells of bad rows may hold numbers of people: they wait encrypted, with the source of rows that name none. */
function seal({ vault }: ImportDeps, importId: string, bad: readonly BadRow[], fallback: SourceKind): KeptBadRow[] {
  return bad.map(({ cells, ...row }) => ({
    ...row,
    sealed: vault.encrypt(JSON.stringify({ cells, fallback }), place(importId)).toString('base64'),
  }))
}

function unseal({ vault }: ImportDeps, importId: string, row: KeptBadRow): { cells: BadRow['cells']; fallback: SourceKind } {
  // Safe: written by `seal`.
  return JSON.parse(vault.decrypt(Buffer.from(row.sealed, 'base64'), place(importId))) as { cells: BadRow['cells']; fallback: SourceKind }
}

async function show(ctx: Within, deps: ImportDeps, row: ImportRow): Promise<StagedImport> {
  const places = await placesOf(ctx)
  const notes: Partial<Record<RowNote, number>> = {}
  for (const one of row.rows) for (const note of one.notes) notes[note] = (notes[note] ?? 0) + 1
  const { importId, campaignId, fileName, state, sheet, columns, bad } = row
  const head = row.rows.slice(0, shown).map((one) => ({
    row: one.row,
    sourceKind: one.sourceKind,
    class: one.class,
    description: one.description,
    dueOn: one.dueOn,
    isDone: one.isDone,
    notes: one.notes,
    headName: one.headName,
    unitName: one.unit?.name ?? one.unitWritten,
    place: places(one.areaPath),
  }))
  const counts = { rows: row.rows.length + bad.length, good: row.rows.length, bad: bad.length, notes }
  const shownBad = bad.slice(0, 200).map(({ sealed, ...one }) => ({ ...one, cells: unseal(deps, importId, { ...one, sealed }).cells }))
  return { importId, campaignId, fileName, state, sheet, columns, counts, bad: shownBad, head }
}

async function getStaged(ctx: Within, importId: string): Promise<ImportRow> {
  const held = await holdImport(ctx.db, ctx, importId)
  if (held === undefined) throw httpErrors.notFound()
  if (held.state !== 'staged') throw rectificationErrors.importEnded()
  return held
}

/** Reads bad rows again with the cells that somebody has mended; what is right now joins those that will be written, the rest stays. Nothing is lost. */
export async function mendImport(ctx: Context, deps: ImportDeps, given: { importId: string } & MendImport): Promise<StagedImport> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const held = await getStaged(within, given.importId)
    const mended = new Map(given.rows.map(({ row, cells }) => [row, cells]))
    const open = held.bad.map((row) => ({ row: row.row, ...unseal(deps, held.importId, row) }))
    const rows = open.flatMap(({ row, cells, fallback }) => {
      const said = mended.get(row)
      return said === undefined ? [] : [readImportRow({ row, cells: { ...cells, ...said } }, { today: ctx.today, fallback })]
    })
    const taken = new Set(held.rows.map(({ originId }) => originId))
    const { good, bad } = await lookUpRows(within, deps, { campaignId: held.campaignId, rows, taken })
    const fallback = open[0]?.fallback ?? 'inspection'
    const rest = [...held.bad.filter(({ row }) => !mended.has(row)), ...seal(deps, held.importId, bad, fallback)]
    const byRow = (one: { row: number }, other: { row: number }) => one.row - other.row
    const kept = { ...held, rows: [...held.rows, ...good].sort(byRow), bad: rest.sort(byRow) }
    await keepRows(db, ctx, kept)
    const details = { mended: good.length, left: rest.length }
    await audit(db, ctx, { did: 'rectification.mend-import', objectKind: 'rectification.import', objectId: held.importId, details })
    return show(within, deps, kept)
  })
}

/**
 * Writes all rows that were read, or none: bad rows refuse the whole unless they are left out on purpose, and then wait to be mended. Rows that stand
 * there already are counted.
 */
export async function applyImport(ctx: Context, deps: ImportDeps, given: { importId: string; leaveBad: boolean }): Promise<AppliedImport> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const { importId, leaveBad } = given
    const held = await getStaged(within, importId)
    if (held.bad.length > 0 && !leaveBad) throw rectificationErrors.importBad({ n: held.bad.length })
    const before = await findOrigins(db, ctx, { origin: 'import', originIds: held.rows.map(({ originId }) => originId) })
    const fresh = held.rows.filter(({ originId }) => !before.has(originId))
    const { campaignId } = held
    const files = await addProblems(within, {
      origin: 'import',
      campaignId,
      dueOn: null,
      problems: fresh.map((row) => ({ ...foundOf(row), become: becomeOf(ctx, row) })),
    })
    const records = files.flatMap((problem, at) => {
      const text = fresh[at]?.evidence ?? ''
      return text === '' ? [] : [{ problem, text }]
    })
    await insertRecords(db, ctx, records)
    const isOver = held.bad.length === 0
    const kept = { ...held, rows: [] }
    await translated(() => (isOver ? endImport(db, ctx, { importId, state: 'applied' }) : keepRows(db, ctx, kept)))
    const applied = { added: fresh.length, known: held.rows.length - fresh.length, left: held.bad.length }
    await audit(db, ctx, {
      did: 'rectification.apply-import',
      objectKind: 'rectification.import',
      objectId: importId,
      details: { ...applied },
    })
    return isOver ? applied : { ...applied, rest: await show(within, deps, kept) }
  })
}

function foundOf(row: StagedRow) {
  const { originId, sourceKind, description, requirement, householdId, areaPath, subject, foundOn } = row
  return { originId, sourceKind, class: row.class, description, requirement, householdId, areaPath, subject, foundOn }
}

/** How far a row has come: done with all parts waits for acceptance by somebody else; with a unit and measures it is being mended; else it is found. */
function becomeOf(ctx: Context, row: StagedRow): Partial<ProblemFile> {
  const { unit, headName, dueOn, cause, measures, effect, completedOn } = row
  const place = unit === null ? {} : { unitKind: unit.kind, unitId: unit.id, unitName: unit.name, unitLevel: unit.level }
  const leader =
    row.leaderName === null
      ? {}
      : { leaderName: row.leaderName, leaderLevel: seatOf(ctx).isCounty ? ('county' as const) : ('township' as const), listedOn: ctx.today }
  const evidenceCount = row.evidence === '' ? 0 : 1
  const said = { ...place, ...leader, headName, dueOn, cause, measures, effect, completedOn, evidenceCount }
  const worked = { workedBy: [ctx.caller.id] }
  if (row.isDone)
    return { ...said, ...worked, state: 'completed', completedAt: ctx.now, completedBy: ctx.caller.id, completedName: ctx.caller.name }
  if (unit !== null && (cause !== '' || measures !== '')) return { ...said, ...worked, state: 'rectifying' }
  return said
}

/** Forgets what was read. */
export async function discardImport(ctx: Context, importId: string): Promise<{ done: true }> {
  return inProblems(ctx, async (db) => {
    await getStaged({ ...ctx, db }, importId)
    await endImport(db, ctx, { importId, state: 'discarded' })
    await audit(db, ctx, { did: 'rectification.discard-import', objectKind: 'rectification.import', objectId: importId })
    return { done: true }
  })
}
