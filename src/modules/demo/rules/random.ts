/** A source of repeatable chance: the same seed gives the same run of numbers on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number
  /** A whole number in [0, below). */
  below(below: number): number
  /** A whole number in [from, to], both included. */
  between(from: number, to: number): number
  /** True with the given chance (0 to 1). */
  chance(share: number): boolean
  /** One item; the list may not be empty. */
  pick<T>(list: readonly T[]): T
  /** One item by weight: pairs of item and weight. */
  weighted<T>(list: readonly (readonly [T, number])[]): T
  /** A shuffled copy. */
  shuffled<T>(list: readonly T[]): T[]
}

/** Chance by seed: FNV-1a over the seed, then sfc32 with twelve rounds of warming up. */
export function randomFrom(seed: string): Random {
  const next = sfc32(hash(seed, 1), hash(seed, 2), hash(seed, 3))
  const below = (limit: number): number => Math.floor(next() * limit)
  const pick = <T>(list: readonly T[]): T => must(list[below(list.length)])
  return {
    next,
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (share) => next() < share,
    pick,
    weighted: (list) => {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [item, weight] of list) {
        left -= weight
        if (left < 0) return item
      }
      return must(list[list.length - 1])[0]
    },
    shuffled: (list) => {
      const copy = [...list]
      for (let at = copy.length - 1; at > 0; at -= 1) {
        const other = below(at + 1)
        const kept = must(copy[at])
        copy[at] = must(copy[other])
        copy[other] = kept
      }
      return copy
    },
  }
}

function must<T>(item: T | undefined): T {
  if (item === undefined) throw new RangeError('demo: nothing to pick from')
  return item
}

function hash(text: string, salt: number): number {
  let value = (0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1)) >>> 0
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0
  return (value ^ (value >>> 15)) >>> 0
}

function sfc32(a0: number, b0: number, c0: number): () => number {
  let [a, b, c, counter] = [a0 | 0, b0 | 0, c0 | 0, 1]
  const step = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let round = 0; round < 12; round += 1) step()
  return step
}
