import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { DecideException } from '../contract.ts'
import { exceptionAfter, judgeException } from '../rules/exception-states.ts'
import type { ExceptionRecord } from '../rules/worklist-records.ts'
import { longestDay, showExceptions } from './exception-read.ts'
import { findExceptionForUpdate, followExceptions, listExceptionsOf, saveDecision, type StoredException } from './exception-store.ts'
import { addFindingEvents, saveAnswer } from './finding-event-store.ts'
import { worklistErrors } from './worklist-errors.ts'

/** Grants an exception until a day, refuses it, or ends it before its day. Whoever asked never grants; the database holds that too. */
export async function decideException(ctx: Context, given: { exceptionId: string; input: DecideException }): Promise<ExceptionRecord> {
  const { exceptionId, input } = given
  return inTransaction(ctx, async (db) => {
    const found = await findExceptionForUpdate(db, ctx.scope, exceptionId)
    if (found === undefined) throw httpErrors.notFound()
    if (found.revision !== input.revision) throw worklistErrors.exceptionChanged({ revision: found.revision })
    const { decision, untilOn, note } = input
    const facts = { ...found, decidedBy: ctx.caller.id, decision, untilOn, note, today: ctx.today, longestOn: longestDay(ctx) }
    const verdict = judgeException(facts)
    if (!verdict.ok) throw worklistErrors.exceptionRefused({ reason: verdict.reason })
    await saveDecision(db, ctx, { exceptionId, state: exceptionAfter[decision], untilOn: decision === 'grant' ? untilOn : undefined, note })
    await followDecision({ ...ctx, db }, found, input)
    await audit(db, ctx, {
      did: `quality.exception-${decision}`,
      objectKind: 'quality.exception',
      objectId: exceptionId,
      ...(note === undefined ? {} : { reason: note }),
      details: { rule: found.rule, covers: found.covers, ...(untilOn === undefined ? {} : { untilOn }) },
    })
    const [shown] = await showExceptions({ ...ctx, db }, await reread(ctx, db, found))
    if (shown === undefined) throw httpErrors.notFound()
    return shown
  })
}

/** What the decision does to the findings: covered, open again, or asked for anew. */
async function followDecision(ctx: Context & { db: Db }, found: StoredException, input: DecideException): Promise<void> {
  const { db } = ctx
  if (input.decision === 'refuse') {
    await saveAnswer(db, ctx, { findingId: found.findingId, answer: undefined, note: undefined })
    await addFindingEvents(db, ctx, { kind: 'refused', findings: [found], note: input.note })
    return
  }
  if (input.decision === 'end') await addFindingEvents(db, ctx, { kind: 'ended', findings: [found], note: input.note })
  await followExceptions(db, ctx)
}

async function reread(ctx: Context, db: Db, found: StoredException): Promise<StoredException[]> {
  return (await listExceptionsOf(db, ctx.scope, [found.findingId])).filter((one) => one.exceptionId === found.exceptionId)
}
