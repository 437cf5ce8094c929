import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { caseEliminated, caseEnded, caseIdentified, caseRelapsed, caseReverted } from '../contract.ts'
import type { CaseFile } from '../rules/case-records.ts'
import type { CaseAction } from '../rules/case-steps.ts'

/** Tells the other modules what a move means to them; most moves mean nothing outside. */
export async function announceMove(
  ctx: Context & { readonly db: Db },
  moved: { before: CaseFile; after: CaseFile; action: CaseAction },
): Promise<void> {
  const { before, after, action } = moved
  const { caseId, householdId, round } = after
  const about = { caseId, householdId, round, on: ctx.today }
  if (action === 'pass' && before.step === 'decision') {
    await announce(ctx.db, ctx, caseIdentified, { ...about, kind: after.kind ?? '', risks: [...after.risks] })
  }
  if (action === 'pass' && before.step === 'exit-decision') await announce(ctx.db, ctx, caseEliminated, about)
  if (action === 'revert') await announce(ctx.db, ctx, caseReverted, about)
  if (action === 'relapse') await announce(ctx.db, ctx, caseRelapsed, about)
  if (after.outcome !== null && before.outcome !== after.outcome)
    await announce(ctx.db, ctx, caseEnded, { ...about, outcome: after.outcome })
}
