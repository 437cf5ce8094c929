import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { FollowedEvent } from '#modules/registry/server/index.ts'
import { disinheritKin, endTiesOfEvent, inheritKin, moveAppraisers, saveTies } from './kin-store.ts'

/** Which events make two households kin, and what they then are to each other. */
const learnt: Readonly<Partial<Record<FollowedEvent['kind'], string>>> = { split: 'split', marriage: 'married' }

/**
 * Learns who is kin from a household event: who split from whom and who married whom are kin from then on; whoever was kin to a household
 * that ended is kin to the one that lives on. An event that is taken back is forgotten: an event is followed once when it is done and once
 * when it is undone, and what it taught the first time is what the second time ends.
 */
export async function followKin(ctx: Context, db: Db, event: FollowedEvent): Promise<void> {
  const { eventId, kind, householdId, otherId, ended, revived } = event
  await moveAppraisers(db, ctx, event.homes)
  const forgotten = await endTiesOfEvent(db, ctx, eventId)
  if (revived !== undefined) await disinheritKin(db, ctx, { eventId, householdId: revived.householdId })
  const isUndone = forgotten > 0 || revived !== undefined || ended?.isRemoved === true
  if (isUndone) return
  if (ended !== undefined) await inheritKin(db, ctx, { eventId, householdId: ended.householdId, intoId: ended.intoId })
  const relation = learnt[kind]
  if (relation === undefined || otherId === undefined || ended !== undefined) return
  const tie = { relation, source: 'household-event' as const, reason: null, eventId }
  await saveTies(db, ctx, [
    { householdId, otherHouseholdId: otherId, ...tie },
    { householdId: otherId, otherHouseholdId: householdId, ...tie },
  ])
}
