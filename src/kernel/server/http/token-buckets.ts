/** How often something may happen: `burst` at once, then `perMinute` more with every minute that passes. */
export interface Rate {
  readonly burst: number
  readonly perMinute: number
}

export interface TokenBuckets {
  /** Takes one token of the key's bucket; false when it is empty. Tells nobody when it fills again. */
  take(key: string, rate: Rate, nowMs: number): boolean
}

/** Buckets in the memory of this program, which forgets the key that was asked for longest ago; a start fills all. */
export function makeTokenBuckets(mostKeys = 20_000): TokenBuckets {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take: (key, rate, nowMs) => {
      const held = buckets.get(key)
      const passed = held === undefined ? 0 : Math.max(0, nowMs - held.at)
      const tokens = held === undefined ? rate.burst : Math.min(rate.burst, held.tokens + (passed * rate.perMinute) / 60_000)
      buckets.delete(key) // the last one asked for stands last
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: nowMs })
      if (buckets.size > mostKeys) buckets.delete(buckets.keys().next().value ?? key)
      return tokens >= 1
    },
  }
}

/** What counts as one address: an IPv4 address, or the first half of an IPv6 one, of which a single customer holds all the rest. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1] !== undefined) return mapped[1]
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const middle = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0')
  return [...front, ...middle, ...back]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
