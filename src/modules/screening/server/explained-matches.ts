import { z } from 'zod'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import type { MergeAsker } from '#modules/registry/server/index.ts'
import type { ShownExplained } from '../rules/lead-records.ts'
import { listExplained, repointPerson } from './explained-store.ts'
import { readBriefs, readMembers, type LeadDeps } from './lead-neighbours.ts'
import { getRun } from './read-runs.ts'

const Query = z.strictObject({
  class: z.enum(['repaired', 'fuzzy']).optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
})

/** Rows of a run that were not matched as written, each with the person, the score and its steps; the weakest first, to be looked at. */
export function listExplainedRoutes(deps: LeadDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/screening/runs/:runId/explained-matches',
      access: { action: 'compare', object: 'screening.list', scope: 'area', fields: 'masked' },
      params: z.strictObject({ runId: z.uuid() }),
      query: Query,
      handle: (ctx, { params, query }) => listExplainedMatches(ctx, { ...params, ...query }, deps),
    }),
  ]
}

async function listExplainedMatches(
  ctx: Context,
  query: z.infer<typeof Query> & { runId: string },
  deps: LeadDeps,
): Promise<Page<ShownExplained>> {
  return inTransaction(ctx, async (db) => {
    await getRun(db, ctx, query.runId)
    const after = readCursor(query.after, ['number', 'id'])
    const rows = await listExplained(db, ctx.scope.countyCode, { runId: query.runId, class: query.class, after, limit: query.limit })
    const page = toPage(rows, query.limit, (row) => [Math.round(row.why.score * 10), row.matchedRowId])
    const householdIds = [...new Set(page.items.map((row) => row.householdId))]
    const within = { ...ctx, db }
    const briefs = await readBriefs(within, householdIds)
    const members = await readMembers(within, householdIds, deps)
    const items = page.items.map((row): ShownExplained => {
      const person = members.get(row.householdId)?.find((one) => one.personId === row.personId)
      const home = briefs.get(row.householdId)
      const place = [home?.township ?? '', home?.village ?? '', home?.group ?? ''].filter((part) => part !== '').join(' ')
      return { ...row, name: person?.name ?? '', idMasked: person?.idMasked ?? '', home: place }
    })
    return { ...page, items }
  })
}

/** Rows and reasons of a person who is merged into another go along; screening has no objection to a merge. */
export const screeningMerge: MergeAsker = {
  name: 'screening',
  ask: () => Promise.resolve([]),
  repoint: (ctx, db, { loserId, winnerId }) => repointPerson(db, ctx, { from: loserId, to: winnerId }),
  putBack: async (ctx, db, { loserId, winnerId, moved }) => {
    await repointPerson(db, ctx, { from: winnerId, to: loserId, only: moved })
  },
}
