import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { ActedOnProblems } from '../rules/problem-records.ts'
import type { SourceKind } from '../rules/problem-sources.ts'
import { actOnProblems } from './act-on-problems.ts'
import { listClosedOf } from './record-store.ts'

/**
 * Data say that something which was struck off is not mended (a finding is back, a lead is confirmed again): the problems of a household are opened
 * again, of one source or class where they are told. The same `originId` twice changes nothing more. Needs the county's or the system's scope.
 */
export async function reopenFailed(
  ctx: Context,
  given: { householdId: string; sourceKind?: SourceKind; class?: string; reason: string; originId: string },
): Promise<ActedOnProblems> {
  return inTransaction(ctx, async (db) => {
    const closed = await listClosedOf(db, ctx, [given.householdId])
    const failed = closed.filter(
      (one) => (given.sourceKind ?? one.sourceKind) === one.sourceKind && (given.class ?? one.class) === one.class,
    )
    const problems = failed.map(({ problemId, revision }) => ({ problemId, revision }))
    if (problems.length === 0) return { done: [], refused: [], letters: [] }
    const act = { action: 'reopen', reason: given.reason.slice(0, 500) } as const
    return actOnProblems({ ...ctx, db }, { problems, act, noted: { originId: given.originId } })
  })
}
