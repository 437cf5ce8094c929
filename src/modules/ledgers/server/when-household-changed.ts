import type { HouseholdEventAsker } from '#modules/registry/server/index.ts'
import { asSystemWithin } from './jobs/as-system.ts'
import { listClosedLedgers, listPersonFields } from './closed-ledgers.ts'
import { handHouseholdOver, moveHouseholds, movePersons } from './moved-store.ts'
import { unlockForSystem } from './open-ledger.ts'

/**
 * Records follow their household and their person in the transaction of the event, those of closed ledgers too. A household that ended by a merge keeps
 * its records: its page leads to the one it went into.
 */
export const ledgersHouseholdEvents: HouseholdEventAsker = {
  name: 'ledgers',
  ask: () => Promise.resolve([]),
  follow: async (ctx, db, { areas, homes, ended }) => {
    await asSystemWithin({ ...ctx, db }, 'follow', async (system) => {
      await unlockForSystem(system, await listClosedLedgers(system))
      await moveHouseholds(system.db, system, areas)
      await movePersons(system.db, system, { homes, areas, fields: await listPersonFields(system) })
      const path = ended === undefined ? undefined : areas.get(ended.intoId)
      if (ended?.isRemoved === true && path !== undefined) await handHouseholdOver(system.db, system, { ...ended, path })
      await unlockForSystem(system, [])
    })
  },
}
