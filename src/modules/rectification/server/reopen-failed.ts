import type { Instant } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { ProblemFile, ProblemOrigin } from '../rules/problem-records.ts'
import { inProblems } from './closed-kinds-store.ts'
import { actOnProblems } from './act-on-problems.ts'
import { listClosedByOrigin } from './record-store.ts'
import { dueOfReopened } from './terms.ts'

/** Data that say again what a problem was made of. */
export interface FailedAgain {
  readonly originId: string
  /** What the history says, for the person who answers for it. */
  readonly reason: string
  /** When the data said so: what was struck off later stays so, also when the same is told twice. */
  readonly at: Instant
}

/**
 * Data say that what was struck off is not mended: its problems are opened again, with a new last day where the old one has passed. Returns the
 * problems that were opened. Needs the system's scope, or a caller who accepts for the office.
 */
export async function reopenFailed(
  ctx: Context,
  given: { origin: ProblemOrigin; failed: readonly FailedAgain[] },
): Promise<Pick<ProblemFile, 'problemId' | 'originId'>[]> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const told = new Map(given.failed.map((one) => [one.originId, one]))
    const closed = await listClosedByOrigin(db, ctx, { origin: given.origin, originIds: [...told.keys()] })
    const failed = closed.filter((one) => (one.closedAt ?? '') < (told.get(one.originId ?? '')?.at ?? ''))
    const opened: Pick<ProblemFile, 'problemId' | 'originId'>[] = []
    for (const [reason, of] of Map.groupBy(failed, (one) => told.get(one.originId ?? '')?.reason ?? '')) {
      const problems = of.map(({ problemId, revision }) => ({ problemId, revision }))
      const act = { action: 'reopen', reason: reason.slice(0, 500), due: await dueOfReopened(within) } as const
      const { done } = await actOnProblems(within, { problems, act, noted: { by: given.origin } })
      const ids = new Set(done.map(({ problemId }) => problemId))
      opened.push(...of.filter(({ problemId }) => ids.has(problemId)))
    }
    return opened
  })
}
