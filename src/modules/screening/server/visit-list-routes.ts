import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { ExportVisitList, MonthText, VisitListOf } from '../contract.ts'
import type { LeadDeps } from './lead-neighbours.ts'
import { exportVisitList, readVisitList, readVisitVillages } from './visit-list.ts'

/** The visit list of a village: to print, and as a workbook. */
export function visitListRoutes(deps: LeadDeps & { filesDirectory: string }): AnyRoute[] {
  const access = { action: 'print', object: 'screening.visit-list', scope: 'area', fields: 'masked' } as const
  return [
    defineRoute({
      method: 'GET',
      path: '/screening/visit-villages',
      access: { ...access, fields: 'none' },
      query: z.strictObject({ month: MonthText.optional() }),
      handle: (ctx, { query }) => readVisitVillages(ctx, query.month),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/visit-list',
      access,
      query: VisitListOf,
      handle: (ctx, { query }) => readVisitList(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/visit-list.xlsx',
      access,
      query: ExportVisitList,
      handle: (ctx, { query }) => exportVisitList(ctx, query, deps),
    }),
  ]
}
