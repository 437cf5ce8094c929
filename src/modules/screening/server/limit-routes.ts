import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { OfMonth, SetLimit } from '../rules/compare-requests.ts'
import { adviseLimits, listVersions, setLimit } from './county-thresholds.ts'
import { readSenderPrecision } from './lead-read.ts'

const readLeads = { action: 'read', object: 'screening.lead', scope: 'area', fields: 'none' } as const
const readRuns = { action: 'read', object: 'screening.run', scope: 'county', fields: 'none' } as const

/** How right the rules have been, what other limits would have meant, and the versions of the limits. */
export function limitRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/screening/sender-precision',
      access: readLeads,
      query: OfMonth,
      handle: async (ctx, { query }) => ({ items: await readSenderPrecision(ctx, query.month) }),
    }),
    defineRoute({
      method: 'GET',
      path: '/screening/limits',
      access: readRuns,
      handle: async (ctx) => ({
        items: await adviseLimits(ctx),
        versions: await listVersions(ctx),
        can: { set: mayDo(ctx, 'screening.list', 'compare') },
      }),
    }),
    defineRoute({
      method: 'POST',
      path: '/screening/limits',
      access: { ...readRuns, action: 'compare', object: 'screening.list' },
      body: SetLimit,
      handle: async (ctx, { body }) => ({ versions: await setLimit(ctx, body) }),
    }),
  ]
}
