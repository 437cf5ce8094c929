import type { HouseholdEventAsker } from '#modules/registry/server/index.ts'
import { moveClassification } from './classification-store.ts'

/** Has nothing against a household event, and follows a household that moved, in the same transaction; what it is now is judged by the next run. */
export const casesHouseholdEvents: HouseholdEventAsker = {
  name: 'cases',
  ask: () => Promise.resolve([]),
  follow: (ctx, db, { areas }) => moveClassification(db, ctx, areas),
}
