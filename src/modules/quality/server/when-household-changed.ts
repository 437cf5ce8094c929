import type { HouseholdEventAsker } from '#modules/registry/server/index.ts'
import { moveFindings } from './household-area-store.ts'

/** Has nothing against a household event, and follows a household that moved, in the same transaction. */
export const qualityHouseholdEvents: HouseholdEventAsker = {
  name: 'quality',
  ask: () => Promise.resolve([]),
  follow: (ctx, db, moved) => moveFindings(db, ctx, moved),
}
