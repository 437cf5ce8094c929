import type { HouseholdEventAsker } from '#modules/registry/server/index.ts'
import { moveClassification } from './classes/classification-store.ts'
import { casesErrors } from './errors.ts'
import { followKin } from './meetings/kin-household-events.ts'
import { haveOpenCase, moveCases } from './moved-store.ts'

/**
 * A household with an open case is not merged away: the case is ended first. Follows a household that moved, in the same transaction; what it
 * is now is judged by the next run.
 */
export const casesHouseholdEvents: HouseholdEventAsker = {
  name: 'cases',
  ask: async (ctx, db, { kind, otherId }) => {
    const isHeld = kind === 'merge' && otherId !== undefined && (await haveOpenCase(db, ctx, [otherId]))
    return isHeld ? ['case-open'] : []
  },
  follow: async (ctx, db, event) => {
    const { areas, ended } = event
    if (ended !== undefined && (await haveOpenCase(db, ctx, [ended.householdId]))) throw casesErrors.caseOpen()
    await moveClassification(db, ctx, areas)
    await moveCases(db, ctx, areas)
    await followKin(ctx, db, event)
  },
}
