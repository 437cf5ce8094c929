import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { findHouseholds, type HouseholdCard } from '#modules/registry/server/index.ts'
import { inverseRelation } from '../../rules/meetings/kin-relations.ts'
import type { KinRecord } from '../../rules/meetings/meeting-records.ts'
import type { StateKin, WithdrawKin } from '../../rules/meetings/meeting-requests.ts'
import { kinErrors } from './meeting-errors.ts'
import { endTie, listTiesOf, saveTies } from './kin-store.ts'

/** What people know households by, those within the caller's scope. */
export async function cardsOf(ctx: Context, db: Db, householdIds: readonly string[]): Promise<Map<string, HouseholdCard>> {
  const cards = await findHouseholds(ctx, db, [...new Set(householdIds)])
  return new Map(cards.map((card) => [card.householdId, card]))
}

/** The ties of a household within the caller's scope; a household beyond it has no name. Throws `cases.kin-not-found`. */
export async function readKin(ctx: Context, householdId: string): Promise<{ items: KinRecord[] }> {
  return inTransaction(ctx, async (db) => {
    await seen(ctx, db, [householdId])
    const ties = await listTiesOf(db, ctx, householdId)
    const cards = await cardsOf(
      ctx,
      db,
      ties.map((tie) => tie.otherHouseholdId),
    )
    const items = ties.map(({ otherHouseholdId, relation, source, statedAt }) => {
      const card = cards.get(otherHouseholdId)
      return { otherHouseholdId, otherName: card?.headName ?? null, otherNo: card?.householdNo ?? null, relation, source, statedAt }
    })
    return { items }
  })
}

/** States a tie between two households, from both sides. Throws `cases.kin-not-found`, `kin-same-household`. */
export async function stateKin(ctx: Context, given: StateKin): Promise<{ items: KinRecord[] }> {
  const { householdId, otherHouseholdId, relation, reason } = given
  if (householdId === otherHouseholdId) throw kinErrors.kinSameHousehold()
  return inTransaction(ctx, async (db) => {
    await seen(ctx, db, [householdId, otherHouseholdId])
    const written = { source: 'stated' as const, reason, eventId: null }
    await saveTies(db, ctx, [
      { householdId, otherHouseholdId, relation, ...written },
      { householdId: otherHouseholdId, otherHouseholdId: householdId, relation: inverseRelation[relation], ...written },
    ])
    const details = { other: otherHouseholdId, relation }
    await audit(db, ctx, { did: 'cases.kin.state', objectKind: 'registry.household', objectId: householdId, reason, details })
    return readKin({ ...ctx, db }, householdId)
  })
}

/** Withdraws a tie from both sides; the rows stay with who ended them and why. Throws `cases.kin-not-found`. */
export async function withdrawKin(ctx: Context, given: WithdrawKin): Promise<{ items: KinRecord[] }> {
  return inTransaction(ctx, async (db) => {
    await seen(ctx, db, [given.householdId])
    const wasThere = await endTie(db, ctx, given)
    const { householdId, otherHouseholdId, reason } = given
    const details = { other: otherHouseholdId, wasThere }
    await audit(db, ctx, { did: 'cases.kin.withdraw', objectKind: 'registry.household', objectId: householdId, reason, details })
    return readKin({ ...ctx, db }, householdId)
  })
}

/** Refuses households beyond the caller's scope. */
export async function seen(ctx: Context, db: Db, householdIds: readonly string[]): Promise<void> {
  const cards = await findHouseholds(ctx, db, householdIds)
  if (new Set(cards.map((card) => card.householdId)).size !== new Set(householdIds).size) throw kinErrors.kinNotFound()
}
