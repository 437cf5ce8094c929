import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import {
  AddOrganisation,
  ChangeOrganisation,
  MergeOrganisation,
  OrganisationId,
  SearchOrganisations,
  UnmergeOrganisation,
} from '../contract.ts'
import { mayDo } from './may-do.ts'
import { mergeOrganisation, unmergeOrganisation } from './organisation-merge.ts'
import { listOrganisations } from './organisation-store.ts'
import { addOrganisation, changeOrganisation, readOrganisation, searchOrganisations } from './organisations.ts'

const access = (action: 'read' | 'enter' | 'manage') =>
  ({ action, object: 'identity.organisation', scope: action === 'manage' ? 'county' : 'area', fields: 'none' }) as const
const one = '/identity/organisations/:organisationId'
const params = z.strictObject({ organisationId: OrganisationId })

/** Routes of the register of organisations. */
export function organisationRoutes(): AnyRoute[] {
  return [...listRoutes(), ...oneRoutes()]
}

function listRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/identity/organisations',
      access: access('read'),
      handle: async (ctx) => ({ items: await listOrganisations(ctx), can: { add: mayDo(ctx, 'identity.organisation', 'enter') } }),
    }),
    defineRoute({
      method: 'POST',
      kind: 'question',
      path: '/identity/organisations/search',
      access: access('read'),
      body: SearchOrganisations,
      handle: (ctx, { body }) => searchOrganisations(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/identity/organisations',
      access: access('enter'),
      body: AddOrganisation,
      handle: (ctx, { body }) => addOrganisation(ctx, body),
    }),
  ]
}

function oneRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: one,
      access: access('read'),
      params,
      handle: (ctx, { params: { organisationId } }) => readOrganisation(ctx, organisationId),
    }),
    defineRoute({
      method: 'PATCH',
      path: one,
      access: access('enter'),
      params,
      body: ChangeOrganisation,
      handle: (ctx, { params: { organisationId }, body }) => changeOrganisation(ctx, { ...body, organisationId }),
    }),
    defineRoute({
      method: 'POST',
      path: `${one}/merge`,
      access: access('manage'),
      params,
      body: MergeOrganisation,
      handle: (ctx, { params: { organisationId }, body }) => mergeOrganisation(ctx, { ...body, organisationId }),
    }),
    defineRoute({
      method: 'POST',
      path: `${one}/unmerge`,
      access: access('manage'),
      params,
      body: UnmergeOrganisation,
      handle: (ctx, { params: { organisationId }, body }) => unmergeOrganisation(ctx, { ...body, organisationId }),
    }),
  ]
}
