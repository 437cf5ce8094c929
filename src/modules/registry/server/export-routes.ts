import { z } from 'zod'
import { inTransaction } from '#kernel/server/database/index.ts'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { ExportOrganisations, ListUsers } from '#modules/identity/contract.ts'
import { DecideExport, ExportHouseholds, exportTerms, ListCorrections, ListExports, ListVillages } from '../contract.ts'
import { duplicateStates } from '../rules/duplicate-records.ts'
import { householdsToExport } from './export-households.ts'
import { exportList } from './export-list.ts'
import { listMoreExportRoutes } from './export-more-routes.ts'
import { membersToExport } from './export-members.ts'
import { correctionsToExport, duplicatesToExport, villagesToExport } from './export-other-lists.ts'
import { organisationsToExport } from './export-organisations.ts'
import { usersToExport } from './export-users.ts'
import { askForExport, decideExport, exportWholeNumbers, fetchExport, listExports, type ExportDeps } from './export-whole.ts'

const masked = { object: 'registry.household', action: 'export', scope: 'area', fields: 'masked' } as const
const whole = { object: 'registry.person', action: 'reveal', scope: 'area', fields: 'plain' } as const
const record = { object: 'registry.export', scope: 'area', fields: 'none' } as const
const exportParams = z.strictObject({ exportId: z.uuid() })
const paged = { after: true, limit: true } as const

/** Routes of exports: every list of the register, the records of who took what out, and requests for whole numbers. */
export function listExportRoutes(deps: ExportDeps): AnyRoute[] {
  return [
    ...ledgerRoutes(deps),
    ...otherListRoutes(deps),
    userListRoute(deps),
    organisationListRoute(deps),
    ...recordRoutes(deps),
    ...listMoreExportRoutes(deps),
  ]
}

function ledgerRoutes(deps: ExportDeps): AnyRoute[] {
  const { vault, filesDirectory } = deps
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/households/export',
      access: masked,
      query: ExportHouseholds,
      handle: (ctx, { query: { purpose, format, ...filters } }) =>
        inTransaction(ctx, (db) =>
          exportList({ ...ctx, db }, { ...householdsToExport(ctx, db, filters), purpose, format, filesDirectory }),
        ),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/persons/export',
      access: masked,
      query: ExportHouseholds,
      handle: (ctx, { query: { purpose, format, ...filters } }) =>
        inTransaction(ctx, (db) => {
          const list = membersToExport(ctx, db, { filters, vault, openness: 'masked' })
          return exportList({ ...ctx, db }, { ...list, purpose, format, filesDirectory })
        }),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/persons/export-whole',
      access: whole,
      notesRefusal: true,
      query: ExportHouseholds,
      handle: (ctx, { query }) => exportWholeNumbers(ctx, query, deps),
    }),
  ]
}

function otherListRoutes({ vault, filesDirectory }: ExportDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/villages/export',
      access: { ...masked, fields: 'none' },
      query: ListVillages.omit(paged).extend(exportTerms),
      handle: (ctx, { query: { purpose, format, ...filter } }) =>
        inTransaction(ctx, (db) =>
          exportList({ ...ctx, db }, { ...villagesToExport({ ...ctx, db }, filter), purpose, format, filesDirectory }),
        ),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/corrections/export',
      access: masked,
      query: ListCorrections.omit(paged).extend(exportTerms),
      handle: (ctx, { query: { purpose, format, ...filter } }) =>
        inTransaction(ctx, (db) =>
          exportList({ ...ctx, db }, { ...correctionsToExport({ ...ctx, db }, filter), purpose, format, filesDirectory }),
        ),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/duplicates/export',
      access: { ...masked, object: 'registry.duplicate' },
      query: z.strictObject({ state: z.enum(duplicateStates).default('open'), ...exportTerms }),
      handle: (ctx, { query: { purpose, format, ...filter } }) =>
        inTransaction(ctx, (db) =>
          exportList({ ...ctx, db }, { ...duplicatesToExport({ ...ctx, db }, filter, { vault }), purpose, format, filesDirectory }),
        ),
    }),
  ]
}

/** The path is that of the accounts, whose list it is; the record of exports is the register's. */
function userListRoute({ vault, filesDirectory }: ExportDeps): AnyRoute {
  return defineRoute({
    method: 'GET',
    path: '/identity/users/export',
    access: { action: 'read', object: 'identity.user', scope: 'county', fields: 'masked' },
    query: ListUsers.omit(paged).extend(exportTerms),
    handle: (ctx, { query: { purpose, format, ...filter } }) =>
      inTransaction(ctx, (db) => {
        const list = usersToExport({ ...ctx, db }, { filter, vault })
        return exportList({ ...ctx, db }, { ...list, purpose, format, filesDirectory })
      }),
  })
}

function recordRoutes(deps: ExportDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/exports',
      access: { ...record, action: 'read' },
      query: ListExports,
      handle: (ctx, { query }) => listExports(ctx, query),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/exports',
      access: { ...whole, fields: 'none' },
      body: ExportHouseholds,
      handle: (ctx, { body }) => askForExport(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/exports/:exportId/decide',
      access: { ...record, action: 'approve' },
      params: exportParams,
      body: DecideExport,
      handle: (ctx, { params, body }) => decideExport(ctx, params.exportId, body),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/exports/:exportId/file',
      access: whole,
      notesRefusal: true,
      params: exportParams,
      handle: (ctx, { params }) => fetchExport(ctx, params.exportId, deps),
    }),
  ]
}

/** The path is that of the organisations, whose list it is. */
function organisationListRoute({ filesDirectory }: ExportDeps): AnyRoute {
  return defineRoute({
    method: 'GET',
    path: '/identity/organisations/export',
    access: { action: 'read', object: 'identity.organisation', scope: 'area', fields: 'none' },
    query: ExportOrganisations.extend(exportTerms),
    handle: (ctx, { query: { purpose, format, ...filter } }) =>
      inTransaction(ctx, (db) => {
        const list = organisationsToExport({ ...ctx, db }, filter)
        return exportList({ ...ctx, db }, { ...list, purpose, format, filesDirectory })
      }),
  })
}
