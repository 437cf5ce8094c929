import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { ExportUnstable, ListUnstable, ReadExitGate } from '../../rules/exits/exit-requests.ts'
import { readExitGate } from './exit-gate.ts'
import { exportUnstable, readUnstable } from './exit-unstable.ts'

const reading = { action: 'read', object: 'cases.case', scope: 'area', fields: 'plain' } as const

/** The gate of elimination of a case, and eliminated households whose facts fell below it. */
export function exitRoutes(deps: { filesDirectory: string }): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/files/:caseId/exit-gate',
      access: reading,
      params: z.strictObject({ caseId: z.uuid() }),
      query: ReadExitGate,
      handle: (ctx, { params, query }) => readExitGate(ctx, { ...params, ...query }),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/unstable-eliminations',
      access: { ...reading, fields: 'masked' },
      query: ListUnstable,
      handle: (ctx, { query }) => readUnstable(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/unstable-eliminations/export',
      access: { ...reading, action: 'export', fields: 'masked' },
      query: ExportUnstable,
      handle: (ctx, { query }) => exportUnstable(ctx, query, deps),
    }),
  ]
}
