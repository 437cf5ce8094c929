import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { CaseFile } from '../rules/case-records.ts'
import { seatPath } from '../rules/case-seat.ts'
import { stepAfter, stepNames, type CaseStep } from '../rules/case-steps.ts'
import { findCase, insertEvent, saveCase } from './case-store.ts'
import { termsOf } from './case-terms.ts'
import { beginClassification, followClassification, type Classified } from './classes/classify-register.ts'
import { openCase } from './open-case.ts'

export { givenCalledMeeting, givenMeeting } from './meeting-given.ts'
export { givenObjection, givenPostedNotice } from './notices/notice-given-store.ts'
export { givenSignedPapers } from './papers/paper-given.ts'

/** Everything that the register holds, classified today by the shipped tables and kept. Needs a system scope. */
export async function givenClassification(ctx: Context): Promise<Classified> {
  const { runId } = await beginClassification(ctx, ctx.today)
  return followClassification(ctx, { clock: () => Date.parse(ctx.now) }, { runId, asOf: ctx.today })
}

/**
 * An open case that stands at a step of identification, help or elimination, passed there by a different person at each step and without what
 * the parts would have asked for. `onDays`: the day on which a step was passed; today otherwise.
 */
export async function givenCaseAt(
  ctx: Context,
  given: { householdId: string; step: CaseStep; onDays?: Partial<Record<CaseStep, string>>; risks?: readonly string[] },
): Promise<CaseFile> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    let file = await openCase(within, { householdId: given.householdId, source: 'visit' })
    const { steps } = await termsOf(within, { areaPath: file.areaPath, asOf: ctx.today })
    const sign = (id: string) => sql`SELECT set_config('app.caller', ${id}, true)`.execute(db)
    while (file.step !== given.step) {
      const from = file.step
      const step = from === 'tracking' ? 'exit-visit' : stepAfter(from)
      if (step === undefined || stepNames.indexOf(step) > stepNames.indexOf(given.step)) throw new Error(`no way leads to ${given.step}`)
      // Safe: tests write days.
      const today = (given.onDays?.[from] ?? ctx.today) as Context['today']
      const actor = {
        ...within,
        today,
        caller: { ...ctx.caller, id: `given:${from}:${makeId()}`, name: `办理人${stepNames.indexOf(from) + 1}` },
      }
      await sign(actor.caller.id)
      const heldBy = seatPath(file.areaPath, steps[step].seat)
      const action = from === 'tracking' ? 'start-exit' : 'pass'
      await insertEvent(db, actor, { file, action, step, state: 'open', round: file.round, heldBy, actorPath: file.heldBy, details: {} })
      const identifiedOn = from === 'decision' ? today : file.identifiedOn
      const eliminatedOn = from === 'exit-decision' ? today : file.eliminatedOn
      const risks = from === 'decision' ? (given.risks ?? ['因病']) : file.risks
      const next = { ...file, step, heldBy, revision: file.revision + 1, stepSince: today, identifiedOn, eliminatedOn, risks }
      await saveCase(db, actor, next)
      file = next
    }
    await sign(ctx.caller.id)
    return (await findCase(db, ctx.scope, file.caseId)) ?? file
  })
}
