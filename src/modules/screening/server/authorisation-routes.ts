import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { ListAuthorisations, NoteAuthorisation, RevokeAuthorisation, SetDemand } from '../rules/compare-requests.ts'
import { readDemands, setDemand } from './authorise.ts'
import { importAuthorisations } from './import-authorisations.ts'
import type { LeadDeps } from './lead-neighbours.ts'
import { listAuthorisations, noteAuthorisation, revokeAuthorisation } from './note-authorisation.ts'
import { screeningErrors } from './screening-errors.ts'

const authorisation = { object: 'screening.authorisation', scope: 'area', fields: 'masked' } as const

/** 授权书: read, noted by hand or from a sheet, revoked; and which lists demand one. */
export function authorisationRoutes(deps: LeadDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/screening/authorisations',
      access: { ...authorisation, action: 'read' },
      query: ListAuthorisations,
      handle: async (ctx, { query }) => ({
        ...(await listAuthorisations(ctx, query, deps)),
        can: { note: mayDo(ctx, 'screening.authorisation', 'note') },
      }),
    }),
    defineRoute({
      method: 'POST',
      path: '/screening/authorisations',
      access: { ...authorisation, action: 'note' },
      body: NoteAuthorisation,
      handle: (ctx, { body }) => noteAuthorisation(ctx, body, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/screening/authorisations/:authorisationId/revoke',
      access: { ...authorisation, action: 'note', fields: 'none' },
      params: z.strictObject({ authorisationId: z.uuid() }),
      body: RevokeAuthorisation,
      handle: (ctx, { params, body }) => revokeAuthorisation(ctx, params.authorisationId, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/screening/authorisations/sheet',
      access: { ...authorisation, action: 'note', fields: 'none' },
      kind: 'upload',
      handle: (ctx, { upload }) => {
        if (upload === undefined) throw screeningErrors.noAuthorisations()
        return importAuthorisations(ctx, upload, deps)
      },
    }),
    ...demandRoutes(),
  ]
}

function demandRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/screening/list-demands',
      access: { action: 'read', object: 'screening.run', scope: 'county', fields: 'none' },
      handle: async (ctx) => ({ items: await readDemands(ctx), can: { set: mayDo(ctx, 'screening.list', 'compare') } }),
    }),
    defineRoute({
      method: 'POST',
      path: '/screening/list-demands',
      access: { action: 'compare', object: 'screening.list', scope: 'county', fields: 'none' },
      body: SetDemand,
      handle: async (ctx, { body }) => ({ items: await setDemand(ctx, body) }),
    }),
  ]
}
