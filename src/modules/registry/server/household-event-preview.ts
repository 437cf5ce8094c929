import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { EventPreview } from '../rules/household-event-records.ts'
import type { HouseholdEventCommand } from '../rules/household-event-requests.ts'
import type { ReadingDeps } from './get-household.ts'
import { prepareEvent } from './household-event-prepare.ts'

/** What an event would change, and what speaks against it. Throws `registry.not-found` out of scope. */
export async function previewHouseholdEvent(ctx: Context, command: HouseholdEventCommand, { vault }: ReadingDeps): Promise<EventPreview> {
  return inTransaction(ctx, async (db) => {
    const { facts, plan, refusals } = await prepareEvent(ctx, db, { eventId: makeId(), command, isDone: false, vault })
    return {
      before: [facts.household, ...(facts.other === undefined ? [] : [facts.other])],
      after: plan?.after ?? [],
      left: (plan?.left ?? []).map(({ personId, name }) => ({ personId, name })),
      isProvisional: command.kind === 'split' ? command.householdNo === undefined : command.kind === 'joined' || command.kind === 'birth',
      refusals,
      can: { number: ctx.scope.kind === 'county', decide: mayDo(ctx, 'registry.household-event', 'decide') },
    }
  })
}
