import { findKin, tiesByHousehold, type KinTie } from './kin-graph.ts'
import type { Recusal } from './meeting-records.ts'

/** Somebody at a meeting with the households that he belongs to or named as his near relatives'. */
export interface NearMember {
  readonly memberId: string
  readonly householdId: string | null
  readonly named: readonly { readonly householdId: string; readonly relation: string }[]
}

/**
 * Who must keep away from each household: whoever lives there, is at most two ties away, or named it as his own. The nearest way is told.
 * Source: issue 5, points 1 and 4; the database finds the same people (`cases.is_recused`).
 */
export function judgeRecusals(given: {
  households: readonly string[]
  members: readonly NearMember[]
  ties: readonly KinTie[]
}): ReadonlyMap<string, readonly Recusal[]> {
  const graph = tiesByHousehold(given.ties)
  return new Map(
    given.households.map((householdId) => {
      const near = findKin(graph, householdId)
      return [householdId, given.members.flatMap((member) => recusalOf(member, near))]
    }),
  )
}

function recusalOf(member: NearMember, near: ReadonlyMap<string, readonly string[]>): Recusal[] {
  const own = member.householdId === null ? [] : [{ householdId: member.householdId, relation: 'own' }]
  const ways = [...own, ...member.named].flatMap(({ householdId, relation }) => {
    const way = near.get(householdId)
    return way === undefined ? [] : [relation === 'own' ? way : [...way, relation]]
  })
  const [first, ...others] = ways
  if (first === undefined) return []
  const path = others.reduce((best, way) => (way.length < best.length ? way : best), first)
  return [{ memberId: member.memberId, why: path.length === 0 ? 'own' : 'kin', path, reason: null }]
}
