/** A tie as one household sees it: `relation` is what the other's head is to its own. It stands once from each side. */
export interface KinTie {
  readonly householdId: string
  readonly otherHouseholdId: string
  readonly relation: string
}

/** How far kinship reaches, in ties. Source: issue 5, point 1; the database holds the same (`cases.is_kin`, `cases.kin_far`). */
export const kinReach = 2

/** Ties by the household from which they are seen, in a fixed order, so that of two ways of the same length always the same is named. */
export function tiesByHousehold(ties: readonly KinTie[]): ReadonlyMap<string, readonly KinTie[]> {
  const found = new Map<string, KinTie[]>()
  for (const tie of ties) {
    const list = found.get(tie.householdId)
    if (list === undefined) found.set(tie.householdId, [tie])
    else list.push(tie)
  }
  const nameOf = (tie: KinTie) => `${tie.relation} ${tie.otherHouseholdId}`
  for (const list of found.values()) list.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
  return found
}

/** Every household at most `kinReach` ties away, with the relations on the shortest way to it; the household itself by an empty way. */
export function findKin(ties: ReadonlyMap<string, readonly KinTie[]>, from: string): ReadonlyMap<string, readonly string[]> {
  const reached = new Map<string, readonly string[]>([[from, []]])
  let edge: readonly string[] = [from]
  for (let far = 0; far < kinReach; far += 1) {
    const next: string[] = []
    for (const at of edge) {
      for (const tie of ties.get(at) ?? []) {
        if (reached.has(tie.otherHouseholdId)) continue
        reached.set(tie.otherHouseholdId, [...(reached.get(at) ?? []), tie.relation])
        next.push(tie.otherHouseholdId)
      }
    }
    edge = next
  }
  return reached
}
