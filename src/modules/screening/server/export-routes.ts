import * as z from 'zod'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { defineRoute, type AnyRoute, type Download } from '#kernel/server/http/index.ts'
import { exportTerms } from '#modules/registry/contract.ts'
import { exportList, type ExportTerms, type ListToExport } from '#modules/registry/server/index.ts'
import { MonthText } from '../contract.ts'
import { ListAuthorisations } from '../rules/compare-requests.ts'
import {
  authorisationsToExport,
  receiptsToExport,
  repairsToExport,
  restedToExport,
  rulePrecisionToExport,
  runsToExport,
  senderPrecisionToExport,
} from './export-runs.ts'
import type { LeadDeps } from './lead-neighbours.ts'

const ofRuns = { action: 'compare', object: 'screening.list', scope: 'county', fields: 'masked' } as const
const ofLeads = { action: 'export', object: 'screening.lead', scope: 'area', fields: 'masked' } as const
const termsOnly = z.strictObject(exportTerms)
const ofMonth = z.strictObject({ month: MonthText.optional(), ...exportTerms })
const runParams = z.strictObject({ runId: z.uuid() })

type Deps = LeadDeps & Pick<ExportTerms, 'filesDirectory'>

/** Makes a list inside one transaction and sends it. */
function send(
  ctx: Context,
  terms: ExportTerms,
  make: (within: Context & { db: Db }) => ListToExport | Promise<ListToExport>,
): Promise<Download> {
  return inTransaction(ctx, async (db) => exportList({ ...ctx, db }, { ...(await make({ ...ctx, db })), ...terms }))
}

/** Exports of runs, receipts, repairs, reasons that rest, authorisations and precision. */
export function listExportRoutes(deps: Deps): AnyRoute[] {
  return [...runRoutes(deps), ...precisionRoutes(deps)]
}

function runRoutes(deps: Deps): AnyRoute[] {
  const { filesDirectory } = deps
  return [
    defineRoute({
      method: 'GET',
      path: '/screening/runs/export',
      access: { ...ofRuns, fields: 'none' },
      query: termsOnly,
      handle: (ctx, { query }) => send(ctx, { ...query, filesDirectory }, (within) => runsToExport(within)),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/runs/:runId/receipts/export',
      access: { ...ofRuns, fields: 'none' },
      params: runParams,
      query: termsOnly,
      handle: (ctx, { params, query }) => send(ctx, { ...query, filesDirectory }, (within) => receiptsToExport(within, params.runId)),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/runs/:runId/repairs/export',
      access: ofRuns,
      params: runParams,
      query: termsOnly,
      handle: (ctx, { params, query }) => send(ctx, { ...query, filesDirectory }, (within) => repairsToExport(within, params.runId, deps)),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/runs/:runId/rested/export',
      access: ofLeads,
      params: runParams,
      query: termsOnly,
      handle: (ctx, { params, query }) => send(ctx, { ...query, filesDirectory }, (within) => restedToExport(within, params.runId)),
    }),
  ]
}

function precisionRoutes(deps: Deps): AnyRoute[] {
  const { filesDirectory } = deps
  return [
    defineRoute({
      method: 'GET',
      path: '/screening/authorisations/export',
      access: { ...ofLeads, action: 'note', object: 'screening.authorisation' },
      query: ListAuthorisations.omit({ after: true, limit: true, householdId: true }).extend(exportTerms),
      handle: (ctx, { query: { purpose, format, ...filter } }) =>
        send(ctx, { purpose, format, filesDirectory }, (within) => authorisationsToExport(within, filter, deps)),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/lead-precision/export',
      access: { ...ofLeads, fields: 'none' },
      query: ofMonth,
      handle: (ctx, { query: { month, ...terms } }) =>
        send(ctx, { ...terms, filesDirectory }, (within) => rulePrecisionToExport(within, month)),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/sender-precision/export',
      access: { ...ofLeads, fields: 'none' },
      query: ofMonth,
      handle: (ctx, { query: { month, ...terms } }) =>
        send(ctx, { ...terms, filesDirectory }, (within) => senderPrecisionToExport(within, month)),
    }),
  ]
}
