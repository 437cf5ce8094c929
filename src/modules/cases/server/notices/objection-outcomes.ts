import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { targetsOf } from '../../rules/case-moves.ts'
import { recheckOutcomes, type RecheckOutcome } from '../../rules/notices/objection-consequence.ts'
import { seatOfCaller } from '../case-seat.ts'
import { findCase } from '../case-store.ts'
import type { KeptObjection } from './objection-store.ts'

/** What the county may come to about the case of an objection; nothing for others, and once it was said. */
export async function outcomesFor(ctx: Context & { readonly db: Db }, kept: KeptObjection): Promise<RecheckOutcome[]> {
  const isAsked = kept.consequence === 'recheck' && kept.recheckOutcome === null && kept.caseId !== null
  if (!isAsked || seatOfCaller(ctx).level !== 'county' || !mayDo(ctx, 'cases.objection', 'answer')) return []
  const file = await findCase(ctx.db, ctx.scope, kept.caseId ?? '')
  const mayRevert = file !== undefined && targetsOf(file.step, file.state, 'revert').length > 0
  return recheckOutcomes.filter((outcome) => outcome !== 'reverted' || mayRevert)
}
