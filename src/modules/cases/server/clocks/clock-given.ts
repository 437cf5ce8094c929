import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import { seatPath } from '../../rules/case-seat.ts'
import type { CaseAction, CaseState, CaseStep } from '../../rules/case-steps.ts'
import { insertEvent, saveCase } from '../case-store.ts'
import { termsOf } from '../case-terms.ts'
import { followClocks } from './clock-follow.ts'

/** A move of a test: what was done on which day, and where it leads. */
export interface GivenMove {
  readonly on: string
  readonly action: CaseAction
  readonly step?: CaseStep
  readonly state?: CaseState
}

/** Moves a case and its clocks, without what the parts would have asked for; every step by another person. */
export async function givenMove(ctx: Context, file: CaseFile, move: GivenMove): Promise<CaseFile> {
  // Safe: tests write days.
  const today = move.on as Context['today']
  const caller = { ...ctx.caller, id: `given:${file.revision}` }
  return inTransaction({ ...ctx, caller }, async (db) => {
    const actor = { ...ctx, db, today, caller }
    const { step = file.step, state = 'open', action } = move
    const { steps } = await termsOf(actor, { areaPath: file.areaPath, asOf: today })
    const heldBy = step === file.step ? file.heldBy : seatPath(file.areaPath, steps[step].seat)
    const round = action === 'relapse' ? file.round + 1 : file.round
    const actorPath = file.heldBy
    const event = await insertEvent(db, actor, { file, action, step, state, round, heldBy, actorPath, reason: '测试', details: {} })
    const passed = action === 'pass' ? file.step : undefined
    const isEnded = state === 'ended'
    const after: CaseFile = {
      ...file,
      step,
      state,
      round,
      heldBy,
      revision: file.revision + 1,
      isGreen: file.isGreen || action === 'green',
      stepSince: step === file.step ? file.stepSince : today,
      identifiedOn: passed === 'decision' ? today : file.identifiedOn,
      ...(isEnded ? { endedOn: today, outcome: 'withdrawn' as const } : {}),
    }
    await saveCase(db, actor, after)
    await followClocks(actor, { before: file, after, event })
    return after
  })
}
