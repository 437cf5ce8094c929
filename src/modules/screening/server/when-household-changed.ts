import type { FollowedEvent, HouseholdEventAsker } from '#modules/registry/server/index.ts'
import { followEnded, followRevived } from './follow-ended-household.ts'
import { moveLeads } from './household-area-store.ts'

/** Has nothing against a household event, and follows households and persons in the same transaction: where they are, and to whom they belong. */
export const screeningHouseholdEvents: HouseholdEventAsker = {
  name: 'screening',
  ask: () => Promise.resolve([]),
  follow: async (ctx, db, event) => {
    await moveLeads(db, ctx, event)
    if (hasEnded(event)) await followEnded(ctx, db, event)
    if (hasRevived(event)) await followRevived(ctx, db, event)
  },
}

function hasEnded(event: FollowedEvent): event is FollowedEvent & { ended: object } {
  return event.ended !== undefined
}

function hasRevived(event: FollowedEvent): event is FollowedEvent & { revived: object } {
  return event.revived !== undefined
}
