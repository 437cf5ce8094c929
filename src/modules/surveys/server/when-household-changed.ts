import type { HouseholdEventAsker } from '#modules/registry/server/index.ts'
import { endTargets, moveSurveys, reviveTargets } from './moved-store.ts'

/** Has nothing against a household event; targets and what was said follow the household, one that ended is not called any more. */
export const surveysHouseholdEvents: HouseholdEventAsker = {
  name: 'surveys',
  ask: () => Promise.resolve([]),
  follow: async (ctx, db, { areas, ended, revived }) => {
    await moveSurveys(db, ctx, areas)
    if (ended !== undefined) await endTargets(db, ctx, ended.householdId)
    if (revived !== undefined) await reviveTargets(db, ctx, revived.householdId)
  },
}
