import { z } from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { nationalActions, nationalStates } from '../rules/national-records.ts'
import type { ReadingDeps } from './get-household.ts'
import { getNationalOverview, listNationalChanges, markNationalChange } from './national-changes.ts'
import { startComparison } from './national-start.ts'
import { exportNationalChanges } from './national-workbook.ts'

const national = { object: 'registry.national', scope: 'area', fields: 'masked' } as const
const filters = {
  state: z.enum(nationalStates).default('open'),
  under: z
    .string()
    .regex(/^(\d+\.){1,6}$/)
    .optional(),
  field: z.string().max(60).optional(),
  action: z.enum(nationalActions).optional(),
}
const paging = { after: z.string().max(600).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }

/** Routes of the round trip with the national system: compare, look, mark as entered, take the workbook. */
export function listNationalRoutes(deps: ReadingDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/national',
      access: { ...national, action: 'read', fields: 'none' },
      handle: (ctx) => getNationalOverview(ctx),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/national/compare',
      access: { ...national, action: 'compare', fields: 'none' },
      handle: (ctx) => startComparison(ctx),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/national/changes',
      access: { ...national, action: 'read' },
      query: z.strictObject({ ...filters, ...paging }),
      handle: (ctx, { query }) => listNationalChanges(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/national/changes.xlsx',
      access: { ...national, action: 'export' },
      query: z.strictObject({ ...filters, purpose: z.string().trim().min(4).max(200) }),
      handle: (ctx, { query: { purpose, ...filter } }) => exportNationalChanges(ctx, { filter, purpose }, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/national/changes/:nationalChangeId/mark',
      access: { ...national, action: 'enter' },
      params: z.strictObject({ nationalChangeId: z.uuid() }),
      body: z.strictObject({ revision: z.int(), to: z.enum(['entered', 'open']) }),
      handle: (ctx, { params, body }) => markNationalChange(ctx, params.nationalChangeId, { ...body, deps }),
    }),
  ]
}
