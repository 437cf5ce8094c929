import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { riskConfirmed, type AnswerLead, type CloseLeads, type ReturnLead } from '../contract.ts'
import { judgeAnswers } from '../rules/lead-answers.ts'
import type { ClosedLeads, LeadFile } from '../rules/lead-records.ts'
import { judgeAnswering, judgeClosing, judgeReturning, receiverOfReturn } from '../rules/lead-states.ts'
import { seatOfCaller } from './lead-cards.ts'
import { leadErrors } from './lead-errors.ts'
import { addLeadEvents, listOtherLeadIds, listReasons, saveAnswer, saveClosed, saveReturned } from './lead-history-store.ts'
import type { LeadDeps } from './lead-neighbours.ts'
import { readLead } from './lead-read.ts'
import { findLeadsForUpdate, type StoredLead } from './lead-store.ts'
import { dueDayOf } from './lead-working-days.ts'

/** Answers a lead after a visit: what was found as a whole, of each reason, and why. Only who holds the lead may. */
export async function answerLead(ctx: Context, given: { leadId: string; input: AnswerLead }, deps: LeadDeps): Promise<LeadFile> {
  const { leadId, input } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const lead = await leadForUpdate(db, ctx, { leadId, revision: input.revision })
    const verdict = judgeAnswering(lead, seatOfCaller(ctx))
    if (!verdict.ok) throw leadErrors.leadRefused({ reason: verdict.reason })
    await answerOne(within, lead, input)
    if (input.alsoOthers === true) await answerOthers(within, lead, input)
    return readLead(within, leadId, deps)
  })
}

/** One visit answers for every month: the household's other leads that the caller holds take the answer of the whole. */
async function answerOthers(ctx: Context & { db: Db }, lead: StoredLead, input: AnswerLead): Promise<void> {
  const others = await findLeadsForUpdate(ctx.db, ctx.scope, await listOtherLeadIds(ctx.db, ctx.scope, lead))
  const seat = seatOfCaller(ctx)
  // A household has a lead in a few months at most.
  for (const other of others) if (judgeAnswering(other, seat).ok) await answerOne(ctx, other, { ...input, reasons: [] })
}

async function answerOne(ctx: Context & { db: Db }, lead: StoredLead, input: AnswerLead): Promise<void> {
  const { db } = ctx
  const { leadId, householdId, month } = lead
  const { answer, note } = input
  const open = (await listReasons(db, ctx.scope, [leadId])).filter((reason) => !reason.rests)
  const judged = judgeAnswers(
    answer,
    open.map((reason) => reason.leadReasonId),
    input.reasons,
  )
  if (!judged.ok) throw leadErrors.answersDisagree({ reason: judged.reason })
  await saveAnswer(db, ctx, { leadId, answer, note, answers: judged.answers })
  await addLeadEvents(db, ctx, { kind: 'answered', leads: [lead], note, details: { answer } })
  await audit(db, ctx, { did: 'screening.lead.answer', objectKind: 'screening.lead', objectId: leadId, details: { answer } })
  if (answer === 'confirmed') await announce(db, ctx, riskConfirmed, { leadId, householdId, month })
}

/** Sends a lead back with a reason: a village hands it up to its township, the township or county gives an answer back down. */
export async function returnLead(ctx: Context, given: { leadId: string; input: ReturnLead }, deps: LeadDeps): Promise<LeadFile> {
  const { leadId, input } = given
  return inTransaction(ctx, async (db) => {
    const lead = await leadForUpdate(db, ctx, { leadId, revision: input.revision })
    const verdict = judgeReturning(lead, seatOfCaller(ctx))
    if (!verdict.ok) throw leadErrors.leadRefused({ reason: verdict.reason })
    const receiver = receiverOfReturn(lead)
    const { on: dueOn } = await dueDayOf({ ...ctx, db }, lead.state === 'answered' ? 'againDays' : 'handleDays')
    await saveReturned(db, ctx, { leadId, receiver, dueOn, note: input.note })
    await addLeadEvents(db, ctx, { kind: 'returned', leads: [lead], note: input.note, details: { to: receiver, dueOn } })
    await audit(db, ctx, { did: 'screening.lead.return', objectKind: 'screening.lead', objectId: leadId, details: { to: receiver, dueOn } })
    return readLead({ ...ctx, db }, leadId, deps)
  })
}

/** Closes answered leads; what may not be closed is refused one by one. */
export async function closeLeads(ctx: Context, input: CloseLeads): Promise<ClosedLeads> {
  return inTransaction(ctx, async (db) => {
    const leads = await findLeadsForUpdate(db, ctx.scope, input.leadIds)
    const known = new Set(leads.map((lead) => lead.leadId))
    const refused = input.leadIds.filter((id) => !known.has(id)).map((leadId) => ({ leadId, reason: 'not-found' }))
    const closing: StoredLead[] = []
    for (const lead of leads) {
      const verdict = judgeClosing(lead, seatOfCaller(ctx))
      if (verdict.ok) closing.push(lead)
      else refused.push({ leadId: lead.leadId, reason: verdict.reason })
    }
    const [first] = closing
    if (first === undefined) return { closed: 0, refused }
    await saveClosed(
      db,
      ctx,
      closing.map((lead) => lead.leadId),
    )
    await addLeadEvents(db, ctx, { kind: 'closed', leads: closing, note: input.note })
    const details = { closed: closing.length, refused: refused.length }
    await audit(db, ctx, { did: 'screening.lead.close', objectKind: 'screening.lead', objectId: first.leadId, details })
    return { closed: closing.length, refused }
  })
}

/** The lead, kept for this change; refused when somebody has changed it since the caller read it. */
async function leadForUpdate(db: Db, ctx: Context, wanted: { leadId: string; revision: number }): Promise<StoredLead> {
  const [lead] = await findLeadsForUpdate(db, ctx.scope, [wanted.leadId])
  if (lead === undefined) throw httpErrors.notFound()
  if (lead.revision !== wanted.revision) throw leadErrors.leadChanged({ revision: lead.revision })
  return lead
}
