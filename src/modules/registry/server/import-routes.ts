import { z } from 'zod'
import { makeId } from '#kernel/pure/ids/index.ts'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { keepFile } from '#kernel/server/files/index.ts'
import { defineRoute, httpErrors, type AnyRoute } from '#kernel/server/http/index.ts'
import { BatchId, Entity, ImportKind, type BatchState, type ImportBatch, type ImportDifference, type ImportProblem } from '../contract.ts'
import { registryErrors } from './errors.ts'
import { getBatch, insertBatch, listBatches, updateBatch, type StoredBatch } from './import/batch-store.ts'
import { decideMissing } from './import/decide-missing.ts'
import { makeErrorWorkbook } from './import/error-workbook.ts'
import type { ImportDeps } from './import/import-files.ts'
import { listDifferences, listProblems } from './import/result-store.ts'
import { discardBatch, runApplying, runStaging, runUndoing } from './jobs/run-import.ts'

const access = { action: 'run', object: 'registry.import', scope: 'county', fields: 'masked' } as const
const params = z.strictObject({ batchId: BatchId })
const paging = { after: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }
const nothing = z.strictObject({}).optional()
const largestFile = 1024 ** 3

/** Routes of imports, for the county office: upload, look, apply, undo. The work goes on in the background; the screen asks the batch. */
export function listImportRoutes(deps: ImportDeps): AnyRoute[] {
  return [...batchRoutes(deps), ...resultRoutes(deps), ...actRoutes(deps), ...decideRoutes()]
}

function shown(batch: StoredBatch): ImportBatch {
  const { fileId: _file, diffRevision: _revision, mapping: _mapping, sheets: _sheets, stagedRows: _rows, fixNo: _fix, ...record } = batch
  return record
}

function batchRoutes(deps: ImportDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/registry/imports',
      kind: 'upload',
      access,
      query: z.strictObject({ kind: ImportKind.optional(), sender: z.string().trim().max(100).optional(), asOf: z.iso.date().optional() }),
      handle: async (ctx, { upload, query }) => {
        if (upload === undefined) throw httpErrors.badRequest({ part: 'body', reason: 'no-file' })
        const kept = await keepFile(deps.filesDirectory, upload.stream, largestFile)
        const batchId = makeId()
        await inTransaction(ctx, (db) =>
          insertBatch(db, ctx, {
            batchId,
            fileId: kept.fileId,
            fileName: upload.fileName,
            fileHash: kept.hash,
            fileBytes: kept.bytes,
            kind: query.kind,
            sender: query.sender,
            asOf: query.asOf ?? ctx.today,
          }),
        )
        void runStaging(ctx, deps, batchId) // goes on after the answer; its outcome stands in the batch
        return shown(await inTransaction(ctx, (db) => getBatch(db, ctx, batchId)))
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
        return toPage(found.map(shown), query.limit, (batch) => [batch.createdAt, batch.batchId])
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/imports/:batchId',
      access: { ...access, fields: 'none' },
      params,
      handle: async (ctx, input) => shown(await inTransaction(ctx, (db) => getBatch(db, ctx, input.params.batchId))),
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

/** Puts a batch into the state in which the background works on it, when it may go there. */
async function begin(ctx: Context, batchId: string, given: { can: keyof ImportBatch['can']; state: BatchState }): Promise<ImportBatch> {
  return inTransaction(ctx, async (db) => {
    const batch = await getBatch(db, ctx, batchId)
    if (!batch.can[given.can]) throw registryErrors.wrongState({ state: batch.state })
    await updateBatch(db, ctx, { batchId, patch: { state: given.state, error: null } })
    return shown(await getBatch(db, ctx, batchId))
  })
}

function actRoutes(deps: ImportDeps): AnyRoute[] {
  const reasons = new Map<string, string>()
  return [
    defineRoute({
      method: 'POST',
      path: '/registry/imports/:batchId/apply',
      access,
      params,
      body: nothing,
      handle: (ctx, input) => begin(ctx, input.params.batchId, { can: 'apply', state: 'applying' }),
      afterCommit: (ctx, batch) => void runApplying(ctx, batch.batchId), // its outcome stands in the batch
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/imports/:batchId/retry',
      access,
      params,
      body: nothing,
      handle: (ctx, input) => begin(ctx, input.params.batchId, { can: 'retry', state: 'staging' }),
      afterCommit: (ctx, batch) => void runStaging(ctx, deps, batch.batchId), // its outcome stands in the batch
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/imports/:batchId/undo',
      access,
      params,
      body: z.strictObject({ reason: z.string().trim().min(4).max(200) }),
      handle: async (ctx, { params: { batchId }, body }) => {
        reasons.set(batchId, body.reason)
        return begin(ctx, batchId, { can: 'undo', state: 'undoing' })
      },
      afterCommit: (ctx, batch) => {
        const reason = reasons.get(batch.batchId) ?? ''
        reasons.delete(batch.batchId)
        void runUndoing(ctx, batch.batchId, reason) // its outcome stands in the batch
      },
    }),
  ]
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
      handle: async (ctx, { params: { batchId } }) => {
        const batch = await inTransaction(ctx, (db) => getBatch(db, ctx, batchId))
        const discarded = await begin(ctx, batchId, { can: 'discard', state: 'discarded' })
        await discardBatch(ctx, batch)
        return discarded
      },
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
