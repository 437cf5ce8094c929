import { z } from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { getVillage } from './village-page.ts'

/** The route of a village's page; the numbers are sums, and names nobody. */
export function villagePageRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/villages/:villagePath',
      access: { object: 'registry.household', action: 'read', scope: 'area', fields: 'none' },
      params: z.strictObject({ villagePath: z.string().regex(/^(\d+\.){5}$/) }),
      handle: (ctx, { params }) => getVillage(ctx, params.villagePath),
    }),
  ]
}
