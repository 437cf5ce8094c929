/** Somebody who calls, and where he may. */
export interface WorkCaller {
  readonly userId: string
  readonly areaPath: string
}
/** A household to be given to somebody; in the order of area and number. */
export interface WorkTarget {
  readonly targetId: string
  readonly areaPath: string
}

/**
 * Gives targets to callers so that nobody has more than one more than he must, each caller neighbouring households (whole villages where it goes
 * up), and only those where he may work. Who has targets already (`held`) gets fewer. Targets that nobody may call stay without.
 */
export function shareWork(
  callers: readonly WorkCaller[],
  targets: readonly WorkTarget[],
  held: ReadonlyMap<string, number> = new Map(),
): Map<string, string> {
  const given = new Map<string, string>()
  // Callers with the smallest area first: what only they may call is theirs.
  const groups = new Map<string, WorkCaller[]>()
  for (const caller of callers) groups.set(caller.areaPath, [...(groups.get(caller.areaPath) ?? []), caller])
  const areas = [...groups.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  let rest = [...targets]
  for (const area of areas) {
    const mine = rest.filter((target) => target.areaPath.startsWith(area))
    const wider = areas.filter((other) => other !== area && area.startsWith(other))
    const among = groups.get(area) ?? []
    // A wider group takes its share of what lies below it.
    const all =
      mine.length +
      [...among, ...wider.flatMap((other) => groups.get(other) ?? [])].reduce((sum, one) => sum + (held.get(one.userId) ?? 0), 0)
    const people = among.length + wider.reduce((sum, other) => sum + (groups.get(other)?.length ?? 0), 0)
    const heldHere = among.reduce((sum, one) => sum + (held.get(one.userId) ?? 0), 0)
    const take = wider.length === 0 ? mine.length : Math.max(0, Math.min(mine.length, Math.round((all * among.length) / people) - heldHere))
    giveOut(among, mine.slice(0, take), held, given)
    rest = rest.filter((target) => !given.has(target.targetId))
  }
  return given
}

/** Blocks of neighbours; the numbers differ by one at most, what is held counted in. */
function giveOut(
  callers: readonly WorkCaller[],
  targets: readonly WorkTarget[],
  held: ReadonlyMap<string, number>,
  given: Map<string, string>,
): void {
  const counts = levelled(
    callers.map((caller) => held.get(caller.userId) ?? 0),
    targets.length,
  )
  let at = 0
  for (const [place, caller] of callers.entries()) {
    const count = counts[place] ?? 0
    for (const target of targets.slice(at, at + count)) given.set(target.targetId, caller.userId)
    at += count
  }
}

/** How many each gets so that all come to the same height, as far as they are not above it already. */
export function levelled(held: readonly number[], more: number): number[] {
  const sorted = [...held].sort((a, b) => a - b)
  let level = sorted[0] ?? 0
  let used = 0
  for (let people = 1; people <= sorted.length; people += 1) {
    const next = sorted[people] ?? Number.MAX_SAFE_INTEGER
    const steps = Math.min(next - level, Math.floor((more - used) / people))
    level += steps
    used += steps * people
    if (level < next) break
  }
  let left = more - used
  return held.map((one) => {
    if (one > level) return 0
    const extra = left > 0 ? 1 : 0
    left -= extra
    return level - one + extra
  })
}
