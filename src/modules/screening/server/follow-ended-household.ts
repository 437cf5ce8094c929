import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { FollowedEvent } from '#modules/registry/server/index.ts'
import {
  askForTaken,
  emptyLead,
  findTaking,
  giveLead,
  giveReasons,
  giveRows,
  isAsItCame,
  listGoing,
  listMoved,
  listReasonIds,
  noteMoved,
  restoreLead,
  type GoingLead,
  type Home,
  type MovedLead,
} from './household-end-store.ts'
import { recountLeads } from './raise-store.ts'

/**
 * Lets the open leads of a household that is none any more go to the one that lives on: as a whole where that one has none, else their reasons
 * join its lead. Of a household that is removed all leads go. Rows that matched its people go too, so that a later decision judges them all.
 */
export async function followEnded(ctx: Context, db: Db, event: FollowedEvent & { ended: object }): Promise<void> {
  const { eventId, ended, areas } = event
  const { householdId, isRemoved } = ended
  const to = { householdId: ended.intoId, areaPath: areas.get(ended.intoId) ?? '' }
  const touched: string[] = []
  for (const lead of await listGoing(db, ctx, { householdId, isOpenOnly: !isRemoved }))
    touched.push(...(await followLead(ctx, db, { eventId, lead, to })))
  await giveRows(db, ctx, { from: householdId, to, tables: isRemoved ? ['matched_row', 'rested_reason'] : ['matched_row'] })
  if (touched.length > 0) await recountLeads(db, ctx, { month: '', others: touched })
}

async function followLead(ctx: Context, db: Db, given: { eventId: string; lead: GoingLead; to: Home }): Promise<string[]> {
  const { eventId, lead, to } = given
  const from = lead.leadId
  const mayBeOther = lead.state !== 'answered' && lead.state !== 'closed'
  const taking = await findTaking(db, ctx, { householdId: to.householdId, month: lead.month, mayBeOther })
  const reasons = await listReasonIds(db, ctx, from)
  const details = { event: eventId, from, into: taking?.leadId ?? from, reasons }
  await noteMoved(db, ctx, { leadId: from, kind: 'joined', details })
  if (taking === undefined) {
    await giveLead(db, ctx, { leadId: from, to })
    return [from]
  }
  await noteMoved(db, ctx, { leadId: taking.leadId, kind: 'joined', details })
  await giveReasons(db, ctx, { reasonIds: reasons, from, into: taking.leadId })
  await askForTaken(db, ctx, { leadId: taking.leadId, from })
  await emptyLead(db, ctx, from)
  return [from, taking.leadId]
}

/**
 * Gives back what had gone to the other household, as far as it is untouched: reasons that nobody has answered since, leads that nobody has
 * answered and no comparison has added to. What was answered stays with the household about which it was answered.
 */
export async function followRevived(ctx: Context, db: Db, event: FollowedEvent & { revived: object }): Promise<void> {
  const { eventId, revived, areas, homes } = event
  const { householdId, fromId } = revived
  const to = { householdId, areaPath: areas.get(householdId) ?? '' }
  const touched: string[] = []
  for (const moved of await listMoved(db, ctx, { eventId, householdId: fromId })) touched.push(...(await giveBack(ctx, db, { moved, to })))
  const personIds = [...homes].filter(([, home]) => home === householdId).map(([person]) => person)
  await giveRows(db, ctx, { from: fromId, to, personIds, tables: ['matched_row'] })
  if (touched.length > 0) await recountLeads(db, ctx, { month: '', others: touched })
}

async function giveBack(ctx: Context, db: Db, { moved, to }: { moved: MovedLead; to: Home }): Promise<string[]> {
  const { from, into, reasons, event } = moved.details
  if (from === into) {
    if (!(await isAsItCame(db, ctx, moved))) return []
    await giveLead(db, ctx, { leadId: from, to })
    await noteMoved(db, ctx, { leadId: from, kind: 'parted', details: moved.details })
    return [from]
  }
  const went = await giveReasons(db, ctx, { reasonIds: reasons, from: into, into: from, untouchedAt: moved.at })
  if (went === 0) return []
  await restoreLead(db, ctx, { leadId: from, eventId: event })
  await restoreLead(db, ctx, { leadId: into, eventId: event })
  for (const leadId of [from, into]) await noteMoved(db, ctx, { leadId, kind: 'parted', details: moved.details })
  return [from, into]
}
