import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { findReceivers, type Receiver } from '#modules/identity/server/index.ts'
import type { SendLeads } from '../contract.ts'
import type { LeadRefusal, SentLeads } from '../rules/lead-records.ts'
import { judgeSending, villageOf } from '../rules/lead-states.ts'
import { seatOfCaller } from './lead-cards.ts'
import { leadErrors } from './lead-errors.ts'
import { addLeadEvents, saveSent } from './lead-history-store.ts'
import type { LeadDeps } from './lead-neighbours.ts'
import { searchFor } from './lead-read.ts'
import { findLeadsForUpdate, listLeads, type StoredLead } from './lead-store.ts'
import { dueDayOf } from './lead-working-days.ts'

const mostAtOnce = 2_000

/**
 * Sends leads to their villages, each with a due day; where a village has no active account the township must answer itself.
 * What may not be sent is refused one by one, the rest goes. A dry run only says who would get how many.
 */
export async function sendLeads(ctx: Context, input: SendLeads, deps: LeadDeps): Promise<SentLeads> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { leads, refused } = await chosenLeads(within, input, deps)
    const receivers = await findReceivers(
      within,
      leads.map((lead) => villageOf(lead.areaPath)),
    )
    const { on: dueOn, unknownYear } = await dueDayOf(within, 'answerDays')
    const batches = new Map<string, { receiver: Receiver; leads: StoredLead[] }>()
    for (const lead of leads) {
      const receiver = receivers.get(villageOf(lead.areaPath))
      const verdict = judgeSending(lead, seatOfCaller(ctx), receiver?.areaPath ?? '')
      if (!verdict.ok) refused.push({ leadId: lead.leadId, reason: verdict.reason })
      else if (receiver === undefined) refused.push({ leadId: lead.leadId, reason: 'unknown-village' })
      else batches.set(villageOf(lead.areaPath), { receiver, leads: [...(batches.get(villageOf(lead.areaPath))?.leads ?? []), lead] })
    }
    if (!input.isDryRun) await sendBatches(within, { batches: [...batches.values()], dueOn, note: input.note, refused: refused.length })
    const counted = [...batches.values()].map(({ receiver, leads: given }) => ({
      areaPath: receiver.areaPath,
      name: receiver.name,
      count: given.length,
      fallsToTownship: receiver.fallsToTownship,
    }))
    return { dueOn, unknownYear, receivers: counted.sort((one, other) => (one.areaPath < other.areaPath ? -1 : 1)), refused }
  })
}

async function chosenLeads(
  ctx: Context & { db: Db },
  input: SendLeads,
  deps: LeadDeps,
): Promise<{ leads: StoredLead[]; refused: LeadRefusal[] }> {
  if (input.leadIds !== undefined) {
    const leads = await findLeadsForUpdate(ctx.db, ctx.scope, input.leadIds)
    const known = new Set(leads.map((lead) => lead.leadId))
    return { leads, refused: input.leadIds.filter((id) => !known.has(id)).map((leadId) => ({ leadId, reason: 'not-found' })) }
  }
  if (input.filter === undefined) throw leadErrors.nothingChosen()
  const found = await listLeads(ctx.db, await searchFor(ctx, input.filter, deps), { limit: mostAtOnce + 1, after: undefined })
  if (found.length > mostAtOnce) throw leadErrors.tooManyLeads({ limit: mostAtOnce })
  const ids = found.map((lead) => lead.leadId)
  return { leads: await findLeadsForUpdate(ctx.db, ctx.scope, ids), refused: [] }
}

async function sendBatches(
  ctx: Context & { db: Db },
  given: { batches: readonly { receiver: Receiver; leads: StoredLead[] }[]; dueOn: string; note: string | undefined; refused: number },
): Promise<void> {
  const { batches, dueOn, note } = given
  for (const { receiver, leads } of batches) {
    // One pair of statements per receiver: a county has a few hundred villages at most.
    await saveSent(ctx.db, ctx, { leadIds: leads.map((lead) => lead.leadId), receiver: receiver.areaPath, dueOn })
    await addLeadEvents(ctx.db, ctx, { kind: 'sent', leads, note, details: { to: receiver.areaPath, dueOn } })
  }
  const sent = batches.reduce((sum, batch) => sum + batch.leads.length, 0)
  if (sent === 0) return
  await audit(ctx.db, ctx, {
    did: 'screening.lead.send',
    objectKind: 'screening.lead',
    objectId: batches[0]?.leads[0]?.leadId ?? '',
    details: { sent, receivers: batches.length, refused: given.refused, dueOn },
  })
}
