import type { HouseholdEventAsker } from '#modules/registry/server/index.ts'
import { moveLeads } from './household-area-store.ts'

/** Has nothing against a household event, and follows a household that moved, in the same transaction. */
export const screeningHouseholdEvents: HouseholdEventAsker = {
  name: 'screening',
  ask: () => Promise.resolve([]),
  follow: (ctx, db, moved) => moveLeads(db, ctx, moved),
}
