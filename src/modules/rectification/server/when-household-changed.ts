import type { HouseholdEventAsker } from '#modules/registry/server/index.ts'
import { whileWriting } from './closed-kinds-store.ts'
import { moveProblems } from './moved-store.ts'

/** Has nothing against a household event: a problem goes where its household goes, in the same transaction. */
export const rectificationHouseholdEvents: HouseholdEventAsker = {
  name: 'rectification',
  ask: () => Promise.resolve([]),
  follow: (ctx, db, { areas }) => whileWriting(db, () => moveProblems(db, ctx, areas)),
}
