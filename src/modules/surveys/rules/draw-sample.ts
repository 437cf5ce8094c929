/** A household behind the filter; `stratum` is its township. */
export interface Candidate {
  readonly id: string
  /** The number by which everybody knows it: the draw depends on nothing else. */
  readonly no: string
  readonly stratum: string
}

/**
 * Draws `size` of the candidates: from each stratum as many as its size gives (largest remainder; equal remainders in the order of the strata), and
 * there those with the smallest hash of `seed/no`. The same list and seed give the same households, in whatever order they come; `hash` is SHA-256
 * as hexadecimal text. All of them when there are no more.
 */
export function drawSample<One extends Candidate>(
  candidates: readonly One[],
  given: { size: number; seed: string; hash: (text: string) => string },
): One[] {
  const strata = new Map<string, One[]>()
  for (const one of candidates) strata.set(one.stratum, [...(strata.get(one.stratum) ?? []), one])
  const shares = shareOut(new Map([...strata].map(([stratum, members]) => [stratum, members.length])), given.size)
  const drawn = [...strata].flatMap(([stratum, members]) =>
    members
      .map((one) => ({ one, key: given.hash(`${given.seed}/${one.no}`) }))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      .slice(0, shares.get(stratum) ?? 0)
      .map(({ one }) => one.id),
  )
  const ids = new Set(drawn)
  return candidates.filter((one) => ids.has(one.id))
}

/** How many of `size` each stratum gives, by the method of the largest remainder; whole numbers that add up to `size`, or to all there are. */
export function shareOut(sizes: ReadonlyMap<string, number>, size: number): Map<string, number> {
  const all = [...sizes.values()].reduce((sum, one) => sum + one, 0)
  const wanted = Math.min(size, all)
  if (all === 0) return new Map()
  const parts = [...sizes].map(([stratum, count]) => ({
    stratum,
    whole: Math.floor((count * wanted) / all),
    rest: (count * wanted) % all,
  }))
  const left = wanted - parts.reduce((sum, part) => sum + part.whole, 0)
  const order = [...parts].sort((a, b) => b.rest - a.rest || (a.stratum < b.stratum ? -1 : 1))
  const more = new Set(order.slice(0, left).map((part) => part.stratum))
  return new Map(parts.map((part) => [part.stratum, part.whole + (more.has(part.stratum) ? 1 : 0)]))
}
