import { z } from 'zod'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { destroyFile, keepFile } from '#kernel/server/files/index.ts'
import { defineRoute, httpErrors, type AnyRoute } from '#kernel/server/http/index.ts'
import { BatchId, type ImportBatch } from '../contract.ts'
import type { BadRow, ChangedUnit, DifferenceField } from '../rules/import-records.ts'
import { ChooseWinners, FixCells, ListBadRows, ListChanges, MapColumns, ReplaceValues } from '../rules/import-requests.ts'
import { askWork, getBatchThatCan } from './import/ask-work.ts'
import { listBadRows } from './import/bad-row-store.ts'
import { getBatch, showBatch } from './import/batch-store.ts'
import { chooseWinners } from './import/choose-winners.ts'
import { fixCells } from './import/fix-cells.ts'
import { groupProblems } from './import/group-problems.ts'
import type { ImportDeps } from './import/import-files.ts'
import { mapByHand } from './import/map-by-hand.ts'
import { addReplacement, listShownReplacements, previewReplacement, removeReplacement } from './import/replace-values.ts'
import { countDifferenceFields } from './import/result-store.ts'
import { showBadRows } from './import/show-bad-rows.ts'
import { findTouchers } from './import/touched-by-store.ts'
import { listChangedHouseholds, listChangedVillages } from './import/undo-part-store.ts'

const access = { action: 'run', object: 'registry.import', scope: 'county', fields: 'masked' } as const
const params = z.strictObject({ batchId: BatchId })
const nothing = z.strictObject({}).optional()
const largestReturned = 1024 ** 3
const nobody = '00000000-0000-0000-0000-000000000000'

/** Routes with which a batch is mended before it is applied, and looked into afterwards. */
export function listMendRoutes(deps: ImportDeps): AnyRoute[] {
  return [...rowRoutes(deps), ...wholeFileRoutes(), ...replacementRoutes(deps), ...returnRoutes(deps), ...choiceRoutes(), ...changeRoutes()]
}

function rowRoutes(deps: ImportDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/imports/:batchId/bad-rows',
      access: { ...access, fields: 'plain' },
      params,
      query: ListBadRows,
      handle: (ctx, { params: { batchId }, query }): Promise<Page<BadRow>> =>
        inTransaction(ctx, async (db) => {
          const batch = await getBatch(db, ctx, batchId)
          const seen = readCursor(query.after, ['number'])?.[0]
          const { after: _after, ...filters } = query
          const given = { ...filters, batchId, vault: deps.vault, after: typeof seen === 'number' ? seen : 0, limit: query.limit + 1 }
          const { items, ...page } = toPage(await listBadRows(db, ctx, given), query.limit, (row) => [row.badNo])
          return { ...page, items: await showBadRows(db, ctx, { vault: deps.vault, batch, rows: items }) }
        }),
    }),
    defineRoute({
      method: 'PATCH',
      path: '/registry/imports/:batchId/rows',
      access: { ...access, fields: 'plain' },
      params,
      body: FixCells,
      handle: (ctx, { params: { batchId }, body }) => fixCells(ctx, deps, { batchId, cells: body.cells }),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/imports/:batchId/problem-groups',
      access,
      params,
      handle: (ctx, { params: { batchId } }) => groupProblems(ctx, deps, batchId),
    }),
  ]
}

function wholeFileRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/registry/imports/:batchId/recheck',
      access,
      params,
      body: nothing,
      handle: (ctx, { params: { batchId } }): Promise<ImportBatch> =>
        inTransaction(ctx, async (db) => {
          await getBatchThatCan(db, ctx, { batchId, can: 'recheck' })
          return showBatch(await askWork(db, ctx, { batchId, did: 'stage' }))
        }),
    }),
    defineRoute({
      method: 'PUT',
      path: '/registry/imports/:batchId/columns',
      access,
      params,
      body: MapColumns,
      handle: (ctx, { params: { batchId }, body }) => mapByHand(ctx, { ...body, batchId }),
    }),
  ]
}

function replacementRoutes(deps: ImportDeps): AnyRoute[] {
  const one = z.strictObject({ batchId: BatchId, replacementId: z.uuid() })
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/imports/:batchId/replacements',
      access,
      params,
      handle: (ctx, { params: { batchId } }) => listShownReplacements(ctx, deps, batchId),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/imports/:batchId/replacements/preview',
      kind: 'question',
      access,
      params,
      body: ReplaceValues,
      handle: (ctx, { params: { batchId }, body }) => previewReplacement(ctx, deps, { ...body, batchId }),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/imports/:batchId/replacements',
      access,
      params,
      body: ReplaceValues,
      handle: (ctx, { params: { batchId }, body }) => addReplacement(ctx, deps, { ...body, batchId }),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/imports/:batchId/replacements/:replacementId/remove',
      access,
      params: one,
      body: nothing,
      handle: (ctx, input) => removeReplacement(ctx, deps, input.params),
    }),
  ]
}

function returnRoutes(deps: ImportDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/registry/imports/:batchId/returned',
      kind: 'upload',
      access,
      params,
      handle: async (ctx, { params: { batchId }, upload }): Promise<ImportBatch> => {
        if (upload === undefined) throw httpErrors.badRequest({ part: 'body', reason: 'no-file' })
        await inTransaction(ctx, (db) => getBatchThatCan(db, ctx, { batchId, can: 'fix' }))
        const { fileId } = await keepFile(deps.filesDirectory, upload.stream, largestReturned)
        try {
          return await inTransaction(ctx, async (db) => {
            await getBatchThatCan(db, ctx, { batchId, can: 'fix' })
            return showBatch(await askWork(db, ctx, { batchId, did: 'return', details: { fileId, fileName: upload.fileName } }))
          })
        } catch (fault) {
          destroyFile(deps.filesDirectory, fileId)
          throw fault
        }
      },
    }),
  ]
}

function choiceRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/imports/:batchId/difference-fields',
      access: { ...access, fields: 'none' },
      params,
      handle: (ctx, { params: { batchId } }): Promise<DifferenceField[]> =>
        readOf(ctx, batchId, (db) => countDifferenceFields(db, ctx, batchId)),
    }),
    defineRoute({
      method: 'PUT',
      path: '/registry/imports/:batchId/choices',
      access,
      params,
      body: ChooseWinners,
      handle: (ctx, { params: { batchId }, body }) => chooseWinners(ctx, { batchId, choices: body }),
    }),
  ]
}

/** Reads what belongs to a batch; an empty list would say of a missing batch that it had nothing. Throws `registry.not-found`. */
function readOf<Found>(ctx: Context, batchId: string, read: (db: Db) => Promise<Found>): Promise<Found> {
  return inTransaction(ctx, async (db) => {
    await getBatch(db, ctx, batchId)
    return read(db)
  })
}

/** Households that a batch changed, those that were changed since with who did it. */
async function listHouseholds(db: Db, ctx: Context, given: { batchId: string; after: string; limit: number }): Promise<ChangedUnit[]> {
  const { differences } = await getBatch(db, ctx, given.batchId)
  const hasMade = (differences.household?.new ?? 0) + (differences.person?.new ?? 0) > 0
  const units = await listChangedHouseholds(db, ctx, { ...given, hasMade })
  const householdIds = units.filter((unit) => unit.touched).map((unit) => unit.id)
  const touchers = await findTouchers(db, ctx, { batchId: given.batchId, householdIds })
  return units.map((unit) => {
    const touchedBy = touchers.get(unit.id)
    return touchedBy === undefined ? unit : { ...unit, touchedBy }
  })
}

function changeRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/imports/:batchId/changes',
      access,
      params,
      query: ListChanges,
      handle: async (ctx, { params: { batchId }, query }): Promise<Page<ChangedUnit>> => {
        const after = readCursor(query.after, ['id'])?.[0]
        const given = { batchId, after: typeof after === 'string' ? after : nobody, limit: query.limit + 1 }
        const units = await readOf(ctx, batchId, (db) =>
          query.entity === 'village' ? listChangedVillages(db, ctx, given) : listHouseholds(db, ctx, given),
        )
        return toPage(units, query.limit, (unit) => [unit.id])
      },
    }),
  ]
}
