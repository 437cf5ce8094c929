import * as z from 'zod'
import { instantOf } from '#kernel/pure/time/index.ts'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { AskSimulatedNames, AskSimulation, AskWhyQuery, PolicyKey, Subject } from '../contract.ts'
import { factCatalogue } from '../policy/facts.ts'
import { listSimulatedNames, simulate } from './simulate.ts'
import { explainHousehold } from './why-household.ts'

const ofPolicy = z.strictObject({ policyKey: PolicyKey })
const simulating = { action: 'simulate', object: 'policies.policy', scope: 'area' } as const

/** The catalogue of facts, 模拟全县 and 为什么. */
export function factRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/policies/facts',
      access: { action: 'read', object: 'policies.policy', scope: 'area', fields: 'none' },
      query: z.strictObject({ of: Subject.optional() }),
      handle: (_ctx, { query }) => Promise.resolve({ items: factCatalogue.filter(({ of }) => query.of === undefined || of === query.of) }),
    }),
    // Questions: nothing is changed, and a draft is too long for an address.
    defineRoute({
      method: 'POST',
      path: '/policies/:policyKey/simulate',
      kind: 'question',
      access: { ...simulating, fields: 'none' },
      params: ofPolicy,
      body: AskSimulation,
      handle: (ctx, { params, body }) => simulate(ctx, { key: params.policyKey, ask: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/policies/:policyKey/simulate/names',
      kind: 'question',
      access: { ...simulating, fields: 'masked' },
      params: ofPolicy,
      body: AskSimulatedNames,
      handle: (ctx, { params, body }) => listSimulatedNames(ctx, { key: params.policyKey, ask: body }),
    }),
    defineRoute({
      method: 'GET',
      path: '/policies/households/:householdId/why',
      access: { action: 'read', object: 'registry.household', scope: 'area', fields: 'masked' },
      params: z.strictObject({ householdId: z.uuid() }),
      query: AskWhyQuery,
      handle: async (ctx, { params, query }) => ({
        items: await explainHousehold(ctx, {
          householdId: params.householdId,
          asOf: query.asOf ?? ctx.today,
          knownAt: query.knownAt === undefined ? undefined : instantOf(Date.parse(query.knownAt)),
          keys: query.key === undefined ? undefined : [query.key],
        }),
      }),
    }),
  ]
}
