import type { IntakeRow } from './intake-store.ts'
import type { CaseFollower, MovedCase } from '../case-follower.ts'
import { listIntakesOfCase } from './intake-list-store.ts'
import { insertIntakeEvent, saveIntake } from './intake-store.ts'

/** What was declared follows its case: being checked when it opens, decided when the county decided or the case ended without it. */
export const followIntakes: CaseFollower = async (ctx, moved) => {
  if (!matters(moved)) return
  const rows = await listIntakesOfCase(ctx.db, ctx.scope, moved.after)
  for (const row of rows) {
    const after = afterMove(row, moved, ctx.today)
    if (after === undefined) continue
    await saveIntake(ctx.db, ctx, after)
    await insertIntakeEvent(ctx.db, ctx, { row: after, action: 'case', details: { step: moved.after.step, outcome: after.outcome } })
  }
}

/** Whether a move can change an intake: a case was opened for it, decided or ended. */
function matters({ before, after }: MovedCase): boolean {
  return before === undefined ? after.sourceId !== null : after.identifiedOn !== null || after.state === 'ended'
}

function afterMove(row: IntakeRow, { before, after }: MovedCase, today: string): IntakeRow | undefined {
  if (row.state === 'closed') return undefined
  const { caseId, householdId, areaPath } = after
  const within = { ...row, caseId, householdId, areaPath, caseOpenedOn: row.caseOpenedOn ?? today }
  if (after.identifiedOn !== null)
    return { ...within, state: 'closed', outcome: 'identified', caseDecidedOn: after.identifiedOn, closedOn: today }
  if (after.state === 'ended') return { ...within, state: 'closed', outcome: 'not-identified', caseDecidedOn: today, closedOn: today }
  return before === undefined && row.state !== 'in-case' ? { ...within, state: 'in-case' } : undefined
}
