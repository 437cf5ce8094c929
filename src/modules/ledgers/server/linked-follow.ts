import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { OrganisationMergeAsker } from '#modules/identity/server/index.ts'
import { findPersonNames, type MergeAsker } from '#modules/registry/server/index.ts'
import { listClosedLedgers } from './closed-ledgers.ts'
import { asSystemWithin } from './jobs/as-system.ts'
import { listNamingFields, renameFields } from './linked-follow-store.ts'
import { openVersion, unlockForSystem } from './open-ledger.ts'

interface Follow {
  kind: 'person' | 'organisation'
  fromId: string
  toId: string
  name: string
  only?: readonly string[]
}

/** Lets records, those of closed ledgers too, name `toId` where they named `fromId`; which fields of which records, for the way back. */
async function follow(ctx: Context, db: Db, { kind, fromId, toId, name, only }: Follow): Promise<string[]> {
  let moved: string[] = []
  await asSystemWithin({ ...ctx, db }, 'follow', async (system) => {
    await unlockForSystem(system, await listClosedLedgers(system))
    const found = await listNamingFields(system.db, system, { kind, target: fromId, ...(only === undefined ? {} : { only }) })
    const fields = []
    for (const field of found) {
      const { keys, template } = await openVersion(system, field)
      fields.push({ ...field, column: keys[field.fieldKey], isTitle: template.title === field.fieldKey })
    }
    await renameFields(system.db, system, { kind, fromId, toId, name, fields })
    moved = fields.map(({ recordId, fieldKey }) => `${recordId} ${fieldKey}`)
    await unlockForSystem(system, [])
  })
  return moved
}

const nameOf = async (ctx: Context, db: Db, personId: string): Promise<string> =>
  (await findPersonNames(ctx, db, [personId])).get(personId) ?? ''

/** Two entries of one person become one: records name the one who stays. */
export const ledgersPersonMerges: MergeAsker = {
  name: 'ledgers',
  ask: () => Promise.resolve([]),
  repoint: async (ctx, db, { winnerId, loserId }) =>
    follow(ctx, db, { kind: 'person', fromId: loserId, toId: winnerId, name: await nameOf(ctx, db, winnerId) }),
  putBack: async (ctx, db, { winnerId, loserId, moved }) => {
    await follow(ctx, db, { kind: 'person', fromId: winnerId, toId: loserId, name: await nameOf(ctx, db, loserId), only: moved })
  },
}

/** Two entries of one organisation become one: records name the one that stays. */
export const ledgersOrganisationMerges: OrganisationMergeAsker = {
  name: 'ledgers',
  repoint: (ctx, db, { fromId, intoId, name }) => follow(ctx, db, { kind: 'organisation', fromId, toId: intoId, name }),
  putBack: async (ctx, db, { fromId, intoId, name, moved }) => {
    await follow(ctx, db, { kind: 'organisation', fromId: intoId, toId: fromId, name, only: moved })
  },
}
