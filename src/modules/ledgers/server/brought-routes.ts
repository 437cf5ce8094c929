import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { OfBook, OfField } from '../contract.ts'
import { WorkOut } from '../rules/brought-requests.ts'
import { readWhy } from './read-why.ts'
import { access } from './record-routes.ts'
import type { LedgerDeps } from './work-out.ts'
import { previewRecord } from './work-out-preview.ts'

/** Routes of gathered and decided fields: how a record would be, and why a field says what it says. */
export function broughtRoutes(deps: LedgerDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      kind: 'question',
      path: '/ledgers/books/:templateKey/work-out',
      access: access('write'),
      params: OfBook,
      body: WorkOut,
      handle: (ctx, { params, body }) => previewRecord(ctx, deps, { ...params, ...body }),
    }),
    defineRoute({
      method: 'GET',
      path: '/ledgers/books/:templateKey/records/:recordId/why/:fieldKey',
      access: access('read'),
      params: OfField,
      handle: (ctx, { params }) => readWhy(ctx, params),
    }),
  ]
}
