import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import type { LeadDeps } from './lead-neighbours.ts'
import { readRepairs, readRested } from './read-runs.ts'
import { decideRepair } from './repair-register.ts'
import { DecideRepair } from '../rules/compare-requests.ts'

const runParams = z.strictObject({ runId: z.uuid() })

/** What a run says of the register's own mistakes, and which reasons rest. */
export function repairRoutes(deps: LeadDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/screening/runs/:runId/repairs',
      access: { action: 'compare', object: 'screening.list', scope: 'county', fields: 'masked' },
      params: runParams,
      handle: (ctx, { params }) => readRepairs(ctx, params.runId, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/screening/repairs/:repairId/decide',
      access: { action: 'propose', object: 'registry.correction', scope: 'county', fields: 'none' },
      params: z.strictObject({ repairId: z.uuid() }),
      body: DecideRepair,
      handle: (ctx, { params, body }) => decideRepair(ctx, { ...params, input: body, vault: deps.vault }),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/runs/:runId/rested',
      access: { action: 'read', object: 'screening.lead', scope: 'area', fields: 'masked' },
      params: runParams,
      handle: (ctx, { params }) => readRested(ctx, params.runId),
    }),
  ]
}
