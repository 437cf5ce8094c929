import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { countItem, sumVotes, type MeetingTerms, type Votes } from '../../rules/meetings/meeting-quorum.ts'
import { judgeRecusals } from '../../rules/meetings/meeting-recusals.ts'
import type { MeetingMember, Recusal, Vote } from '../../rules/meetings/meeting-records.ts'
import { listNamedBy, listTiesAround } from './kin-store.ts'
import type { WrittenItem } from './meeting-write-store.ts'

/** What was said of one household, by the ids of the meeting's members. */
export interface SaidOfItem {
  readonly itemId: string
  readonly householdId: string
  readonly byName: boolean
  readonly votes: Votes | undefined
  readonly named: readonly { readonly memberId: string; readonly vote: Vote }[]
  readonly opinion: string
  readonly deputyId: string | null
  readonly stated: readonly { readonly memberId: string; readonly reason: string }[]
}

/** Recusals and conclusions as they are now, from the ties that hold now; a vote of who must keep away is left out. */
export async function countItems(
  ctx: Context & { readonly db: Db },
  given: { terms: MeetingTerms; people: readonly MeetingMember[]; items: readonly SaidOfItem[] },
): Promise<WrittenItem[]> {
  const recusals = await recusalsOf(ctx, given)
  return given.items.map((item) => {
    const kin = recusals.get(item.householdId) ?? []
    const near = new Set(kin.map((one) => one.memberId))
    const stated = item.stated
      .filter((one) => !near.has(one.memberId))
      .map(({ memberId, reason }): Recusal => ({ memberId, why: 'stated', path: [], reason }))
    const all = [...kin, ...stated]
    const recused = new Set(all.map((one) => one.memberId))
    const named = item.byName ? item.named.filter((vote) => !recused.has(vote.memberId)) : []
    const votes = item.byName ? sumVotes(named.map(({ vote }) => vote)) : item.votes
    const counted = countItem({ voters: given.people, recused, votes, terms: given.terms })
    const { itemId, byName, opinion, deputyId } = item
    return { itemId, byName, votes, named, opinion, deputyId, recusals: all, counted }
  })
}

async function recusalsOf(
  ctx: Context & { readonly db: Db },
  { people, items }: { people: readonly MeetingMember[]; items: readonly SaidOfItem[] },
): Promise<ReadonlyMap<string, readonly Recusal[]>> {
  const households = [...new Set(items.map((item) => item.householdId))]
  const ties = await listTiesAround(ctx.db, ctx, households)
  const users = people.flatMap(({ userId }) => (userId === null ? [] : [userId]))
  const named = await listNamedBy(ctx.db, ctx, users)
  const members = people.map(({ memberId, householdId, userId }) => ({
    memberId,
    householdId,
    named: named.filter((one) => one.userId === userId),
  }))
  return judgeRecusals({ households, members, ties })
}

/** By which way the caller is kin of each of these households, nearest first; a household that he is far from is not in it. */
export async function writerWays(
  ctx: Context & { readonly db: Db },
  households: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const named = await listNamedBy(ctx.db, ctx, [ctx.caller.id])
  if (named.length === 0) return new Map()
  const ties = await listTiesAround(ctx.db, ctx, households)
  const found = judgeRecusals({ households, members: [{ memberId: '', householdId: null, named }], ties })
  return new Map([...found].flatMap(([householdId, [way]]) => (way === undefined ? [] : [[householdId, way.path] as const])))
}
