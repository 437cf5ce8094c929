import * as z from 'zod'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { defineRoute, type Access, type AnyRoute } from '#kernel/server/http/index.ts'
import { AddOrganisation, ImportAreas, ListAreas, type Organisation } from '../contract.ts'
import { countyPathOf } from '../rules/area-codes.ts'
import { findArea, listAreas } from './area-store.ts'
import { saveFilingNumber } from './county-store.ts'
import { identityErrors } from './errors.ts'
import { importAreas } from './import-areas.ts'
import { mayDo } from './may-do.ts'
import { insertOrganisation, listOrganisations } from './organisation-store.ts'
import { translating } from './system-store.ts'

const areas = (action: 'read' | 'import'): Access => ({
  action,
  object: 'identity.area',
  scope: action === 'read' ? 'area' : 'county',
  fields: 'none',
})
const organisations = (action: 'read' | 'manage'): Access => ({ action, object: 'identity.organisation', scope: 'county', fields: 'none' })
const EditCounty = z.strictObject({ filingNumber: z.string().trim().max(60) })

/** Areas, organisations, the county's own settings. */
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
      method: 'GET',
      path: '/identity/organisations',
      access: organisations('read'),
      handle: async (ctx) => ({ items: await listOrganisations(ctx), can: { add: mayDo(ctx, 'identity.organisation', 'manage') } }),
    }),
    defineRoute({
      method: 'POST',
      path: '/identity/organisations',
      access: organisations('manage'),
      body: AddOrganisation,
      handle: (ctx, { body }) => addOrganisation(ctx, body),
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

async function addOrganisation(ctx: Context, input: AddOrganisation): Promise<Organisation> {
  return inTransaction(ctx, async (db) => {
    const areaPath = input.areaPath ?? countyPathOf(ctx.scope.countyCode)
    if ((await findArea({ ...ctx, db }, areaPath)) === undefined) throw identityErrors.unknownArea()
    const organisation = await translating(db, ctx, {
      work: (inner) => insertOrganisation(inner, ctx, { ...input, areaPath }),
      errors: { organisation_county_code_name_key: () => identityErrors.organisationExists() },
    })
    const objectId = organisation.organisationId
    await audit(db, ctx, { did: 'identity.organisation-add', objectKind: 'identity.organisation', objectId })
    return organisation
  })
}
