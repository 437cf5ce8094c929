/** The name among several that is written most alike, where it differs in no more than a third of its signs. */
export function nearestOf(name: string, names: readonly string[]): string | undefined {
  let best: { name: string; distance: number } | undefined
  for (const one of names) {
    const distance = distanceOf(name, one)
    if (distance <= Math.max(1, Math.floor(name.length / 3)) && (best === undefined || distance < best.distance))
      best = { name: one, distance }
  }
  return best?.name
}

/** Signs to change, add or leave out (Levenshtein); names are short. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
