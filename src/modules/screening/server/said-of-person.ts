import * as z from 'zod'
import { inTransaction } from '#kernel/server/database/index.ts'
import { defineRoute, httpErrors, type AnyRoute } from '#kernel/server/http/index.ts'
import { findPersonPlaces } from '#modules/registry/server/index.ts'
import type { SaidOfPerson } from '../rules/said-records.ts'
import { listReasonsOfPerson, listSaid } from './said-store.ts'

/** The route of what lists said of a person; out of the caller's scope nobody is there. */
export function saidRoute(): AnyRoute {
  return defineRoute({
    method: 'GET',
    path: '/screening/persons/:personId/said',
    access: { action: 'read', object: 'screening.lead', scope: 'area', fields: 'masked' },
    params: z.strictObject({ personId: z.uuid() }),
    handle: (ctx, { params: { personId } }) =>
      inTransaction(ctx, async (db): Promise<SaidOfPerson> => {
        if (!(await findPersonPlaces(ctx, db, [personId])).has(personId)) throw httpErrors.notFound()
        return { lists: await listSaid(db, ctx.scope, personId), reasons: await listReasonsOfPerson(db, ctx.scope, personId) }
      }),
  })
}
