import { z } from 'zod'
import { inTransaction } from '#kernel/server/database/index.ts'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { DecideCorrection, ListCorrections, ProposeCorrection } from '../contract.ts'
import { countCorrections } from './correction-store.ts'
import { decideCorrection, listCorrections, proposeCorrection } from './correct-register.ts'
import type { ReadingDeps } from './get-household.ts'

const correction = { object: 'registry.correction', scope: 'area', fields: 'masked' } as const
const period = z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() })

/** Routes of corrections (M-008): propose, list, count, decide. */
export function listCorrectionRoutes(deps: ReadingDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/corrections',
      access: { action: 'read', object: 'registry.household', scope: 'area', fields: 'masked' },
      query: ListCorrections,
      handle: (ctx, { query }) => listCorrections(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/corrections/counts',
      access: { action: 'read', object: 'registry.household', scope: 'area', fields: 'none' },
      query: period,
      handle: (ctx, { query }) => inTransaction(ctx, async (db) => ({ counts: await countCorrections(db, ctx.scope, query) })),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/corrections',
      access: { ...correction, action: 'propose' },
      body: ProposeCorrection,
      isSecret: true,
      handle: (ctx, { body }) => proposeCorrection(ctx, body, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/corrections/:correctionId/decide',
      access: { ...correction, action: 'decide' },
      params: z.strictObject({ correctionId: z.uuid() }),
      body: DecideCorrection,
      handle: (ctx, { params, body }) => decideCorrection(ctx, params.correctionId, { ...body, deps }),
    }),
  ]
}
