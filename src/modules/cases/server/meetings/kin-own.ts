import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { findKin, tiesByHousehold } from '../../rules/meetings/kin-graph.ts'
import type { OwnHousehold } from '../../rules/meetings/meeting-records.ts'
import type { NameOwnHousehold, WithdrawOwnHousehold } from '../../rules/meetings/meeting-requests.ts'
import { endNamed, listNamedBy, listTiesAround, saveNamed } from './kin-store.ts'
import { cardsOf, seen } from './kin-ties.ts'
import { kinErrors } from './meeting-errors.ts'

type Own = { readonly items: OwnHousehold[] }

/** The households that the caller named, and whose cases he therefore may not act on. */
export async function readOwnHouseholds(ctx: Context): Promise<Own> {
  return inTransaction(ctx, (db) => householdsOf({ ...ctx, db }, ctx.caller.id))
}

/** The same of any user. */
export async function householdsOf(ctx: Context & { readonly db: Db }, userId: string): Promise<Own> {
  const { db } = ctx
  const named = await listNamedBy(db, ctx, [userId])
  const ids = named.map((one) => one.householdId)
  const graph = tiesByHousehold(await listTiesAround(db, ctx, ids))
  const near = new Map(ids.map((id) => [id, [...findKin(graph, id)].filter(([other]) => other !== id)]))
  const cards = await cardsOf(ctx, db, [...ids, ...[...near.values()].flat().map(([other]) => other)])
  const items = named.map(({ householdId, relation, statedAt, statedBy }) => {
    const card = cards.get(householdId)
    const kin = (near.get(householdId) ?? []).flatMap(([other, path]) => {
      const name = cards.get(other)
      return name === undefined ? [] : [{ householdId: other, headName: name.headName ?? null, path }]
    })
    return {
      householdId,
      headName: card?.headName ?? null,
      householdNo: card?.householdNo ?? null,
      village: card === undefined ? null : `${card.township}${card.village}`,
      relation,
      statedAt,
      isByOffice: statedBy !== userId,
      kin,
    }
  })
  return { items }
}

/** The caller names a household as his own or a near relative's; from then on the database lets him act on no case near it. */
export async function nameOwnHousehold(ctx: Context, given: NameOwnHousehold): Promise<Own> {
  return inTransaction(ctx, async (db) => {
    await seen(ctx, db, [given.householdId])
    await saveNamed(db, ctx, { ...given, userId: ctx.caller.id, reason: null })
    const details = { household: given.householdId, relation: given.relation }
    await audit(db, ctx, { did: 'cases.kin.name-own', objectKind: 'identity.user', objectId: ctx.caller.id, details })
    return readOwnHouseholds({ ...ctx, db })
  })
}

/** Takes it back, with a reason that stays. Throws `cases.kin-stated-by-office` for what an office named for him. */
export async function withdrawOwnHousehold(ctx: Context, given: WithdrawOwnHousehold): Promise<Own> {
  return inTransaction(ctx, async (db) => {
    const userId = ctx.caller.id
    const named = (await listNamedBy(db, ctx, [userId])).find((one) => one.householdId === given.householdId)
    if (named !== undefined && named.statedBy !== userId) throw kinErrors.kinStatedByOffice()
    const wasThere = await endNamed(db, ctx, { ...given, userId })
    const details = { household: given.householdId, wasThere }
    await audit(db, ctx, { did: 'cases.kin.withdraw-own', objectKind: 'identity.user', objectId: userId, reason: given.reason, details })
    return readOwnHouseholds({ ...ctx, db })
  })
}
