import type { StepCheck } from '../step-check.ts'
import { findOpenRecheck } from './objection-store.ts'

/** What is final waits until the county has looked again; anything else is told. */
export const missingRecheck: StepCheck = async (ctx, { file, action }) => {
  if (action !== 'settle' && action !== 'pass' && action !== 'start-exit') return []
  const open = await findOpenRecheck(ctx.db, ctx.scope, file.caseId)
  const isFinal = action === 'settle' || (action === 'pass' && (file.step === 'decision' || file.step === 'exit-decision'))
  return open === undefined ? [] : [{ code: 'notice-recheck', blocks: isFinal, details: open }]
}
