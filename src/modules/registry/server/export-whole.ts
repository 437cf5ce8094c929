import { makeId } from '#kernel/pure/ids/index.ts'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { FilterHouseholds, type DecideExport, type ExportHouseholds, type ListExports } from '../contract.ts'
import { readingPolicy } from '../policy/reading-policy.ts'
import { approvedHours, exportStateAt, mostUnapproved, type ExportRecord } from '../rules/export-records.ts'
import { judgeManyBudget } from '../rules/reveal-budget.ts'
import { registryErrors } from './errors.ts'
import { auditExport, makeExportFile, pathOfScope } from './export-list.ts'
import { membersToExport } from './export-members.ts'
import {
  countMembers,
  countOthersRevealed,
  decideExportRow,
  findExportForUpdate,
  insertExport,
  insertReveals,
  listExportRows,
  noteFetched,
  type ExportRow,
  type NewExport,
  type ShownNumber,
} from './export-store.ts'
import { checkFilters } from './list-households.ts'
import { countElsewhere } from './reveal-budget.ts'
import { lockBudget } from './reveal-store.ts'
import { showExport, showExports } from './show-exports.ts'

// Lists with whole numbers (trust.md §5.3): a short one at once, within the budget of reveals and without minors' numbers;
// any other by a request that another person approves.

export interface ExportDeps {
  vault: Vault
  filesDirectory: string
}

/**
 * The members of the filtered households with whole numbers, at most 200, those of people under 18 masked; each is a reveal of the caller.
 * Throws `registry.approval-needed`, `registry.reveal-budget`.
 */
export async function exportWholeNumbers(ctx: Context, query: ExportHouseholds, deps: ExportDeps): Promise<Download> {
  const { purpose, format, ...filters } = query
  checkFilters(ctx, filters)
  return inTransaction(ctx, async (db) => {
    const persons = await countMembers(db, ctx.scope, filters)
    if (persons > mostUnapproved) throw registryErrors.approvalNeeded({ rows: persons, limit: mostUnapproved })
    const shown: ShownNumber[] = []
    const exportId = makeId()
    const list = membersToExport(ctx, db, { filters, vault: deps.vault, openness: 'adults', note: (one) => shown.push(one) })
    await lockBudget(db, ctx)
    const rows = await readWithinBudget(ctx, db, { rows: list.rows, shown })
    await insertReveals(db, ctx, { shown, reason: purpose })
    const terms = { ...list, purpose, format, exportId, isMasked: false }
    const made = await makeExportFile({ ...ctx, db }, { ...terms, rows: stream(rows), filesDirectory: deps.filesDirectory })
    const facts = {
      ...terms,
      filter: { ...filters },
      areaPath: pathOfScope(ctx),
      rows: made.rows,
      hasMinors: false,
      fileHash: made.fileHash,
    }
    await insertExport(db, ctx, facts)
    await auditExport(ctx, db, { ...facts, did: 'registry.export-whole' })
    return made.download
  })
}

/** Reads a short list; refuses before anything goes out when its people exceed the budget. */
async function readWithinBudget(
  ctx: Context,
  db: Db,
  given: { rows: AsyncIterable<readonly string[]>; shown: readonly ShownNumber[] },
): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = []
  for await (const row of given.rows) rows.push(row)
  const people = [...new Set(given.shown.map((one) => one.personId))]
  const [others, elsewhere] = [await countOthersRevealed(db, ctx, people), await countElsewhere({ ...ctx, db })]
  const seen = { hour: others.hour + elsewhere.hour, day: others.day + elsewhere.day }
  const verdict = judgeManyBudget(seen, people.length, readingPolicy.reveal)
  if (!verdict.ok) throw registryErrors.revealBudget({ limit: verdict.limit, hours: verdict.hours })
  return rows
}

async function* stream(rows: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  yield* rows
}

/** Asks for the members of the filtered households with whole numbers, of whatever age and number; another person decides. */
export async function askForExport(ctx: Context, input: ExportHouseholds): Promise<ExportRecord> {
  const { purpose, format, ...filters } = input
  checkFilters(ctx, filters)
  return inTransaction(ctx, async (db) => {
    const facts: NewExport = {
      exportId: makeId(),
      areaPath: pathOfScope(ctx),
      list: 'registry.persons',
      filter: filters,
      format,
      purpose,
      rows: await countMembers(db, ctx.scope, filters),
      isMasked: false,
      hasMinors: true,
      fileHash: undefined,
    }
    await insertExport(db, ctx, facts)
    await auditExport(ctx, db, { ...facts, list: 'registry.persons', did: 'registry.ask-export' })
    return showExport({ ...ctx, db }, await getExport(ctx, db, facts.exportId))
  })
}

/** Approves or refuses a request of somebody else. Throws `registry.not-found`, `own-request`, `wrong-state`, `reason-needed`. */
export async function decideExport(ctx: Context, exportId: string, input: DecideExport): Promise<ExportRecord> {
  return inTransaction(ctx, async (db) => {
    const row = await getExport(ctx, db, exportId)
    if (row.state !== 'asked') throw registryErrors.wrongState({ state: row.state })
    if (row.asked_by === ctx.caller.id) throw registryErrors.ownRequest()
    if (input.decision === 'refuse' && (input.note ?? '') === '') throw registryErrors.reasonNeeded()
    await decideExportRow(db, ctx, { exportId, isApproved: input.decision === 'approve', note: input.note, hours: approvedHours })
    await audit(db, ctx, {
      did: `registry.${input.decision}-export`,
      objectKind: 'registry.export',
      objectId: exportId,
      ...(input.note === undefined ? {} : { reason: input.note }),
      details: { rows: row.rows },
    })
    return showExport({ ...ctx, db }, await getExport(ctx, db, exportId))
  })
}

/**
 * Makes the file of an approved request, for who asked and within 24 hours, under the rights he has now. Throws `registry.not-found` for
 * anybody else, `wrong-state`, `export-expired`, `export-grown` when the list has more people than were approved.
 */
export async function fetchExport(ctx: Context, exportId: string, deps: ExportDeps): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const row = await getExport(ctx, db, exportId)
    if (row.asked_by !== ctx.caller.id || row.is_masked) throw registryErrors.notFound()
    const state = exportStateAt(row.state, row.expires_at ?? undefined, ctx.now)
    if (state === 'expired') throw registryErrors.exportExpired()
    if (state !== 'approved') throw registryErrors.wrongState({ state })
    const filters = FilterHouseholds.parse(row.filter)
    const persons = await countMembers(db, ctx.scope, filters)
    if (persons > row.rows) throw registryErrors.exportGrown({ approved: row.rows, rows: persons })
    const list = membersToExport(ctx, db, { filters, vault: deps.vault, openness: 'whole' })
    const terms = { ...list, purpose: row.purpose, format: row.format, exportId, isMasked: false }
    const made = await makeExportFile({ ...ctx, db }, { ...terms, filesDirectory: deps.filesDirectory })
    await noteFetched(db, ctx, { exportId, fileHash: made.fileHash, rows: made.rows })
    await auditExport(ctx, db, { ...terms, rows: made.rows, fileHash: made.fileHash, did: 'registry.fetch-export' })
    return made.download
  })
}

/** Exports and requests within the scope, newest first. */
export async function listExports(ctx: Context, query: ListExports): Promise<Page<ExportRecord>> {
  return inTransaction(ctx, async (db) => {
    const after = readCursor(query.after, ['instant', 'id'])
    const rows = await listExportRows(db, { scope: ctx.scope, isWaiting: query.waiting === 'true', after, limit: query.limit })
    const page = toPage(rows, query.limit, (row) => [row.asked_at, row.export_id])
    return { ...page, items: await showExports({ ...ctx, db }, page.items) }
  })
}

async function getExport(ctx: Context, db: Db, exportId: string): Promise<ExportRow> {
  const row = await findExportForUpdate(db, ctx.scope, exportId)
  if (row === undefined) throw registryErrors.notFound()
  return row
}
