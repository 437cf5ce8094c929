import { z } from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { duplicateStates } from '../rules/duplicate-records.ts'
import { decideDuplicate, getDuplicate, getDuplicateState, listDuplicates, startDuplicateSearch } from './duplicates.ts'
import type { ReadingDeps } from './get-household.ts'
import { listMerges, mergePair, previewMerge, undoMerge } from './merge-persons.ts'

const duplicate = { object: 'registry.duplicate', scope: 'area', fields: 'masked' } as const
const pairParams = z.strictObject({ pairId: z.uuid() })
const paging = { after: z.string().max(600).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }
const reason = z.string().trim().min(4).max(200)
const Decide = z.strictObject({
  revision: z.int(),
  decision: z.enum(['different', 'later', 'open']),
  note: z.string().trim().max(200).optional(),
})
const Merge = z.strictObject({ revision: z.int(), staysId: z.uuid(), take: z.array(z.string().max(60)).max(200), reason })

/** Routes of duplicates: search, list, decide, merge, undo. */
export function listDuplicateRoutes(deps: ReadingDeps): AnyRoute[] {
  return [...pairRoutes(deps), ...mergeRoutes(deps)]
}

function pairRoutes(deps: ReadingDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/duplicate-search',
      access: { ...duplicate, action: 'read', fields: 'none' },
      handle: (ctx) => getDuplicateState(ctx),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/duplicate-search',
      access: { ...duplicate, action: 'search', fields: 'none' },
      handle: (ctx) => startDuplicateSearch(ctx),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/duplicates',
      access: { ...duplicate, action: 'read' },
      query: z.strictObject({ state: z.enum(duplicateStates).default('open'), ...paging }),
      handle: (ctx, { query }) => listDuplicates(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/duplicates/:pairId',
      access: { ...duplicate, action: 'read' },
      params: pairParams,
      handle: (ctx, { params }) => getDuplicate(ctx, params.pairId, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/duplicates/:pairId/decide',
      access: { ...duplicate, action: 'decide' },
      params: pairParams,
      body: Decide,
      handle: (ctx, { params, body }) => decideDuplicate(ctx, params.pairId, { ...body, deps }),
    }),
  ]
}

function mergeRoutes(deps: ReadingDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/duplicates/:pairId/merge',
      access: { ...duplicate, action: 'merge' },
      params: pairParams,
      query: z.strictObject({ stays: z.uuid().optional() }),
      handle: (ctx, { params, query }) => previewMerge(ctx, params.pairId, { staysId: query.stays, deps }),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/duplicates/:pairId/merge',
      access: { ...duplicate, action: 'merge' },
      params: pairParams,
      body: Merge,
      handle: (ctx, { params, body }) => mergePair(ctx, params.pairId, { ...body, deps }),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/merges',
      access: { ...duplicate, action: 'read' },
      query: z.strictObject(paging),
      handle: (ctx, { query }) => listMerges(ctx, query),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/merges/:mergeId/undo',
      access: { ...duplicate, action: 'merge', fields: 'none' },
      params: z.strictObject({ mergeId: z.uuid() }),
      body: z.strictObject({ reason }),
      handle: async (ctx, { params, body }) => {
        await undoMerge(ctx, params.mergeId, { ...body, deps })
        return { mergeId: params.mergeId }
      },
    }),
  ]
}
