import { z } from 'zod'
import { makeId } from '#kernel/pure/ids/index.ts'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { keepFile, type StoredFile } from '#kernel/server/files/index.ts'
import { defineRoute, httpErrors, type AnyRoute } from '#kernel/server/http/index.ts'
import { BatchId, Entity, type ImportBatch, type ImportDifference, type ImportProblem } from '../contract.ts'
import { UndoImport, UploadImport } from '../rules/import-requests.ts'
import { registryErrors } from './errors.ts'
import type { ActRow, ImportAct } from './import/act-store.ts'
import { askWork, getBatchThatCan } from './import/ask-work.ts'
import { getBatch, insertBatch, listBatches, showBatch } from './import/batch-store.ts'
import { decideMissing } from './import/decide-missing.ts'
import { makeErrorWorkbook } from './import/error-workbook.ts'
import type { ImportDeps } from './import/import-files.ts'
import { listDifferences, listProblems } from './import/result-store.ts'
import { listMendRoutes } from './import-mend-routes.ts'

const access = { action: 'run', object: 'registry.import', scope: 'county', fields: 'masked' } as const
const params = z.strictObject({ batchId: BatchId })
const paging = { after: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }
const nothing = z.strictObject({}).optional()
const largestFile = 1024 ** 3
/** A clipboard of 100,000 rows; more comes as a file. */
const largestPaste = 64 * 1024 ** 2

/** Routes of imports, for the county office: upload, look, apply, undo. The work goes on in the background; the screen asks the batch. */
export function listImportRoutes(deps: ImportDeps): AnyRoute[] {
  return [...batchRoutes(deps), ...resultRoutes(deps), ...actRoutes(), ...decideRoutes(), ...listMendRoutes(deps)]
}

/** A file or a paste that lies in quarantine becomes a batch, which the background reads. */
function beginBatch(
  ctx: Context,
  given: { kept: StoredFile; fileName: string; source: ImportBatch['source']; query: UploadImport },
): Promise<ImportBatch> {
  const { kept, fileName, source, query } = given
  const batchId = makeId()
  return inTransaction(ctx, async (db) => {
    const file = { fileId: kept.fileId, fileName, fileHash: kept.hash, fileBytes: kept.bytes }
    await insertBatch(db, ctx, { batchId, ...file, source, kind: query.kind, sender: query.sender, asOf: query.asOf ?? ctx.today })
    return showBatch(await askWork(db, ctx, { batchId, did: 'stage' }))
  })
}

function batchRoutes(deps: ImportDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/registry/imports',
      kind: 'upload',
      access,
      query: UploadImport,
      handle: async (ctx, { upload, query }) => {
        if (upload === undefined) throw httpErrors.badRequest({ part: 'body', reason: 'no-file' })
        const kept = await keepFile(deps.filesDirectory, upload.stream, largestFile)
        return beginBatch(ctx, { kept, fileName: upload.fileName, source: 'file', query })
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/imports/paste',
      kind: 'upload',
      access,
      query: UploadImport,
      handle: async (ctx, { upload, query }) => {
        if (upload === undefined) throw httpErrors.badRequest({ part: 'body', reason: 'no-text' })
        const kept = await keepFile(deps.filesDirectory, upload.stream, largestPaste)
        const at = new Date(ctx.now).toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })
        return beginBatch(ctx, { kept, fileName: `粘贴 ${ctx.today} ${at}.txt`, source: 'pasted', query })
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/imports',
      access: { ...access, fields: 'none' },
      query: z.strictObject(paging),
      handle: async (ctx, { query }): Promise<Page<ImportBatch>> => {
        const cursor = readCursor(query.after, ['instant', 'id'])
        const before = cursor === undefined ? undefined : ([String(cursor[0]), String(cursor[1])] as const)
        const found = await inTransaction(ctx, (db) => listBatches(db, ctx, { before, limit: query.limit + 1 }))
        return toPage(found.map(showBatch), query.limit, (batch) => [batch.createdAt, batch.batchId])
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/imports/:batchId',
      access: { ...access, fields: 'none' },
      params,
      handle: async (ctx, input) => showBatch(await inTransaction(ctx, (db) => getBatch(db, ctx, input.params.batchId))),
    }),
  ]
}

function numberOf(after: string | undefined): number {
  const value = readCursor(after, ['number'])?.[0]
  return typeof value === 'number' ? value : 0
}

/** Reads what belongs to a batch; an empty list would say of a missing batch that it had nothing. Throws `registry.not-found`. */
function readOf<Found>(ctx: Context, batchId: string, read: (db: Db) => Promise<Found>): Promise<Found> {
  return inTransaction(ctx, async (db) => {
    await getBatch(db, ctx, batchId)
    return read(db)
  })
}

function resultRoutes(deps: ImportDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/imports/:batchId/problems',
      access: { ...access, fields: 'none' },
      params,
      query: z.strictObject({ ...paging, severity: z.enum(['refused', 'suspicious', 'corrected']).optional() }),
      handle: async (ctx, { params: { batchId }, query }): Promise<Page<ImportProblem>> => {
        const given = { batchId, after: numberOf(query.after), limit: query.limit + 1, severity: query.severity }
        const found = await readOf(ctx, batchId, (db) => listProblems(db, ctx, given))
        return toPage(found, query.limit, (problem) => [problem.problemNo])
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/imports/:batchId/problems/workbook',
      access: { ...access, fields: 'plain' },
      params,
      handle: (ctx, input) => makeErrorWorkbook(ctx, deps, input.params.batchId),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/imports/:batchId/differences',
      access,
      params,
      query: z.strictObject({ ...paging, entity: Entity.optional(), status: z.enum(['changed', 'conflict', 'missing']).optional() }),
      handle: async (ctx, { params: { batchId }, query }): Promise<Page<ImportDifference>> => {
        const given = { batchId, after: numberOf(query.after), limit: query.limit + 1, entity: query.entity, status: query.status }
        const found = await readOf(ctx, batchId, (db) => listDifferences(db, ctx, given))
        return toPage(found, query.limit, (difference) => [difference.differenceNo])
      },
    }),
  ]
}

/** Asks the background for something, when it may be done with the batch now. */
function ask(ctx: Context, asked: Parameters<typeof askWork>[2] & { can: keyof ImportBatch['can'] }): Promise<ImportBatch> {
  return inTransaction(ctx, async (db) => {
    await getBatchThatCan(db, ctx, asked)
    return showBatch(await askWork(db, ctx, asked))
  })
}

function actRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/registry/imports/:batchId/apply',
      access,
      params,
      body: nothing,
      handle: (ctx, { params: { batchId } }) => ask(ctx, { batchId, can: 'apply', did: 'apply' }),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/imports/:batchId/retry',
      access,
      params,
      body: nothing,
      handle: (ctx, { params: { batchId } }) => ask(ctx, { batchId, can: 'retry', did: 'stage' }),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/imports/:batchId/undo',
      access,
      params,
      body: UndoImport,
      handle: (ctx, { params: { batchId }, body: { reason, part } }) =>
        ask(ctx, { batchId, can: 'undo', did: 'undo', reason, ...partOf(part) }),
    }),
  ]
}

function partOf(part: UndoImport['part']): { details?: ImportAct['details']; rows?: ActRow[] } {
  if (part === undefined) return {}
  if (part === 'untouched') return { details: { part } }
  const rows: ActRow[] = [
    ...part.householdIds.map((id) => ({ entity: 'household' as const, id })),
    ...part.personIds.map((id) => ({ entity: 'person' as const, id })),
    ...part.villageIds.map((id) => ({ entity: 'village' as const, id })),
  ]
  if (rows.length === 0) throw registryErrors.nothingToUndo()
  return { details: { part: 'chosen' }, rows }
}

/** What needs no work in the background. */
function decideRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/registry/imports/:batchId/discard',
      access,
      params,
      body: nothing,
      handle: (ctx, { params: { batchId } }) => ask(ctx, { batchId, can: 'discard', did: 'discard' }),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/imports/:batchId/decisions',
      access,
      params,
      body: z.strictObject({ differenceNos: z.array(z.number().int().positive()).min(1).max(1000), decision: z.enum(['keep', 'left']) }),
      handle: (ctx, { params: { batchId }, body }) => decideMissing(ctx, batchId, body),
    }),
  ]
}
