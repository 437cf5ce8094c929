import type { Context } from '#kernel/server/caller/index.ts'
import { findReceivers, mayDo } from '#modules/identity/server/index.ts'
import { isOverdue } from '../rules/lead-due-days.ts'
import type { LeadCard } from '../rules/lead-records.ts'
import { holderOf, judgeAnswering, judgeClosing, judgeReturning, judgeSending, seatOf, villageOf, type Seat } from '../rules/lead-states.ts'
import { readBriefs } from './lead-neighbours.ts'
import type { StoredLead } from './lead-store.ts'

/** Where the caller sits. A helper, who sees single households, sits nowhere: he reads and decides nothing. */
export function seatOfCaller(ctx: Context): Seat {
  const { scope } = ctx
  if (scope.kind === 'households') return { level: 'none', path: '' }
  return seatOf(scope.kind === 'area' ? scope.path : undefined)
}

/** Leads as they travel: with the household in a line, who must act, and what the caller may do with each. */
export async function makeCards(ctx: Context, leads: readonly StoredLead[]): Promise<LeadCard[]> {
  const may = (action: string) => mayDo(ctx, 'screening.lead', action)
  const seat = seatOfCaller(ctx)
  const briefs = await readBriefs(
    ctx,
    leads.map((lead) => lead.householdId),
  )
  const maySend = may('assign') && seat.level !== 'village'
  const receivers = maySend
    ? await findReceivers(
        ctx,
        leads.map((lead) => villageOf(lead.areaPath)),
      )
    : undefined
  return leads.map((lead) => ({
    leadId: lead.leadId,
    month: lead.month,
    householdId: lead.householdId,
    areaPath: lead.areaPath,
    state: lead.state,
    dueOn: lead.dueOn,
    reasonCount: lead.reasonCount,
    flagCount: lead.flagCount,
    revision: lead.revision,
    rules: lead.rules,
    answer: lead.answer,
    household: briefs.get(lead.householdId) ?? null,
    holder: holderOf(lead),
    isOverdue: isOverdue(lead, ctx.today),
    can: {
      send: receivers !== undefined && judgeSending(lead, seat, receivers.get(villageOf(lead.areaPath))?.areaPath ?? '').ok,
      answer: may('answer') && judgeAnswering(lead, seat).ok,
      return: may('return') && judgeReturning(lead, seat).ok,
      close: may('assign') && judgeClosing(lead, seat).ok,
    },
  }))
}
