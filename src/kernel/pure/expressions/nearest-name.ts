/** The known name that is at most two signs away from a name that nobody knows: what was probably meant. Null when there is none. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const most = name.length <= 1 ? 0 : name.length <= 3 ? 1 : 2
  let nearest: string | null = null
  let least = most + 1
  for (const candidate of known.slice(0, 5000)) {
    if (Math.abs(candidate.length - name.length) > most || candidate === '@') continue
    const away = distance(name.slice(0, 80), candidate.slice(0, 80))
    if (away < least) {
      nearest = candidate
      least = away
    }
  }
  return nearest
}

/** Signs to change, add or take away (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, place) => place)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
