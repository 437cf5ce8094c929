import { z } from 'zod'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { defineRoute, type AnyRoute, type Download } from '#kernel/server/http/index.ts'
import { BatchId, Entity, exportTerms, ListExports } from '../contract.ts'
import { ListHouseholdEvents } from '../rules/household-event-requests.ts'
import { exportsToExport, householdEventsToExport, mergesToExport } from './export-acts.ts'
import { differencesToExport, importsToExport, totalsToExport } from './export-imports.ts'
import { exportList, type ExportTerms, type ListToExport } from './export-list.ts'

const masked = { object: 'registry.household', action: 'export', scope: 'area', fields: 'masked' } as const
const ofImports = { object: 'registry.import', action: 'run', scope: 'county', fields: 'masked' } as const
const paged = { after: true, limit: true } as const
const termsOnly = z.strictObject(exportTerms)
const differenceStates = z.enum(['changed', 'conflict', 'missing'])

type Deps = Pick<ExportTerms, 'filesDirectory'>

/** Makes a list inside one transaction and sends it. */
function send(
  ctx: Context,
  terms: ExportTerms,
  make: (within: Context & { db: Db }) => ListToExport | Promise<ListToExport>,
): Promise<Download> {
  return inTransaction(ctx, async (db) => exportList({ ...ctx, db }, { ...(await make({ ...ctx, db })), ...terms }))
}

/** Exports of what people have done: events, merges, imports, exports; and the totals. */
export function listMoreExportRoutes({ filesDirectory }: Deps): AnyRoute[] {
  return [...actRoutes({ filesDirectory }), ...importRoutes({ filesDirectory })]
}

function actRoutes({ filesDirectory }: Deps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/household-events/export',
      access: masked,
      query: ListHouseholdEvents.omit({ ...paged, householdId: true }).extend(exportTerms),
      handle: (ctx, { query: { purpose, format, ...filter } }) =>
        send(ctx, { purpose, format, filesDirectory }, (within) => householdEventsToExport(within, filter)),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/merges/export',
      access: { ...masked, object: 'registry.duplicate' },
      query: termsOnly,
      handle: (ctx, { query }) => send(ctx, { ...query, filesDirectory }, (within) => mergesToExport(within)),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/exports/export',
      access: { object: 'registry.export', action: 'read', scope: 'area', fields: 'none' },
      query: ListExports.omit(paged).extend(exportTerms),
      handle: (ctx, { query: { purpose, format, ...filter } }) =>
        send(ctx, { purpose, format, filesDirectory }, (within) => exportsToExport(within, filter)),
    }),
  ]
}

function importRoutes({ filesDirectory }: Deps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/imports/export',
      access: { ...ofImports, fields: 'none' },
      query: termsOnly,
      handle: (ctx, { query }) => send(ctx, { ...query, filesDirectory }, (within) => importsToExport(within)),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/imports/:batchId/differences/export',
      access: ofImports,
      params: z.strictObject({ batchId: BatchId }),
      query: z.strictObject({ entity: Entity.optional(), status: differenceStates.optional(), ...exportTerms }),
      handle: (ctx, { params: { batchId }, query: { purpose, format, ...filter } }) =>
        send(ctx, { purpose, format, filesDirectory }, (within) => differencesToExport(within, { batchId, filter })),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/totals/export',
      access: { ...masked, fields: 'none' },
      query: termsOnly,
      handle: (ctx, { query }) => send(ctx, { ...query, filesDirectory }, (within) => totalsToExport(within)),
    }),
  ]
}
