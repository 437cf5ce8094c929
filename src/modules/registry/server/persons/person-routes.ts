import { z } from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { PersonId } from '../../contract.ts'
import type { ReadingDeps } from '../get-household.ts'
import { getPerson } from './person-page.ts'

/** The route of a person's page: who may see a household may see its members. */
export function personPageRoutes(deps: ReadingDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/persons/:personId',
      access: { object: 'registry.household', action: 'read', scope: 'area', fields: 'masked' },
      params: z.strictObject({ personId: PersonId }),
      handle: (ctx, { params }) => getPerson(ctx, params.personId, deps),
    }),
  ]
}
