import * as z from 'zod'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { defineRoute, type Access, type AnyRoute } from '#kernel/server/http/index.ts'
import { ImportAreas, ListAreas } from '../contract.ts'
import { listAreas } from './area-store.ts'
import { saveFilingNumber } from './county-store.ts'
import { identityErrors } from './errors.ts'
import { importAreas } from './import-areas.ts'
import { mayDo } from './may-do.ts'

const areas = (action: 'read' | 'import'): Access => ({
  action,
  object: 'identity.area',
  scope: action === 'read' ? 'area' : 'county',
  fields: 'none',
})
const EditCounty = z.strictObject({ filingNumber: z.string().trim().max(60) })

/** Areas and the county's own settings. */
export function areaRoutes(): AnyRoute[] {
  return [
    defineRoute({ method: 'GET', path: '/identity/areas', access: areas('read'), query: ListAreas, handle: readAreas }),
    defineRoute({
      method: 'POST',
      path: '/identity/areas/import',
      access: areas('import'),
      body: ImportAreas,
      handle: (ctx, { body }) => importAreas(ctx, body),
    }),
    defineRoute({
      method: 'PATCH',
      path: '/identity/county',
      access: { action: 'edit', object: 'identity.county', scope: 'county', fields: 'none' },
      body: EditCounty,
      handle: (ctx, { body }) =>
        inTransaction(ctx, async (db) => {
          await saveFilingNumber(db, ctx, body.filingNumber)
          await audit(db, ctx, { did: 'identity.county-edit', objectKind: 'identity.county', objectId: ctx.scope.countyCode })
        }),
    }),
  ]
}

/** The areas below the caller's own; a helper sees those above the villages, for his filters. */
async function readAreas(ctx: Context, { query }: { query: ListAreas }) {
  const level = query.level ?? 'village'
  const own = ctx.scope.kind === 'area' ? ctx.scope.path : undefined
  const under = query.under ?? own
  if (own !== undefined && under?.startsWith(own) === false) throw identityErrors.areaNotFound()
  const isNarrow = ctx.scope.kind === 'households'
  const items = await listAreas(ctx, { ...(under === undefined ? {} : { under }), level: isNarrow ? 'township' : level })
  return { items, can: { import: mayDo(ctx, 'identity.area', 'import') } }
}
