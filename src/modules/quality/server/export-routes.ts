import * as z from 'zod'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { defineRoute, type AnyRoute, type Download } from '#kernel/server/http/index.ts'
import { exportTerms } from '#modules/registry/contract.ts'
import { exportList, type ExportTerms, type ListToExport } from '#modules/registry/server/index.ts'
import { FilterFindings, ListExceptions, ReadOverview } from '../contract.ts'
import { exceptionsToExport, findingsToExport, overviewToExport } from './export-lists.ts'
import type { WorklistDeps } from './worklist-neighbours.ts'

const access = { action: 'export', object: 'quality.worklist', scope: 'area', fields: 'masked' } as const

/** Makes a list inside one transaction and sends it. */
function send(
  ctx: Context,
  terms: ExportTerms,
  make: (within: Context & { db: Db }) => ListToExport | Promise<ListToExport>,
): Promise<Download> {
  return inTransaction(ctx, async (db) => exportList({ ...ctx, db }, { ...(await make({ ...ctx, db })), ...terms }))
}

/** Exports of findings, exceptions and the overview, as they are filtered. */
export function listExportRoutes(deps: WorklistDeps & Pick<ExportTerms, 'filesDirectory'>): AnyRoute[] {
  const { filesDirectory } = deps
  return [
    defineRoute({
      method: 'GET',
      path: '/quality/findings/export',
      access,
      query: FilterFindings.extend(exportTerms),
      handle: (ctx, { query: { purpose, format, ...filter } }) =>
        send(ctx, { purpose, format, filesDirectory }, (within) => findingsToExport(within, filter, deps)),
    }),
    defineRoute({
      method: 'GET',
      path: '/quality/exceptions/export',
      access,
      query: ListExceptions.omit({ after: true, limit: true }).extend(exportTerms),
      handle: (ctx, { query: { purpose, format, ...filter } }) =>
        send(ctx, { purpose, format, filesDirectory }, (within) => exceptionsToExport(within, filter)),
    }),
    defineRoute({
      method: 'GET',
      path: '/quality/overview/export',
      access: { ...access, fields: 'none' },
      query: ReadOverview.extend({ by: z.enum(['places', 'rules']).default('places'), ...exportTerms }),
      handle: (ctx, { query: { purpose, format, by, under } }) =>
        send(ctx, { purpose, format, filesDirectory }, (within) => overviewToExport(within, { by, under })),
    }),
  ]
}
