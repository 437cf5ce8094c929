/** Remembers in which row a number stood first; some 20 bytes per number, whatever its length. */
export interface NumberBook {
  /** The row in which the number stood before; `undefined`, and noted, when it is met for the first time. */
  findOrNote(number: string, row: number): number | undefined
}

/**
 * Makes an empty book for some expected numbers; it grows. Numbers are told apart by a hash of 64 bits: among a million numbers the chance that any two of them are
 * taken for one is below one in ten million.
 */
export function makeNumberBook(expected = 8_000): NumberBook {
  let size = 1 << Math.ceil(Math.log2(Math.max(4, expected * 2)))
  let count = 0
  let low = new Uint32Array(size)
  let high = new Uint32Array(size)
  let rows = new Uint32Array(size)
  const place = (one: number, other: number): number => {
    let at = one & (size - 1)
    while (rows[at] !== 0 && (low[at] !== one || high[at] !== other)) at = (at + 1) & (size - 1)
    return at
  }
  const grow = (): void => {
    const before = { low, high, rows }
    size *= 2
    low = new Uint32Array(size)
    high = new Uint32Array(size)
    rows = new Uint32Array(size)
    before.rows.forEach((row, index) => {
      if (row === 0) return
      const [one, other] = [before.low[index] ?? 0, before.high[index] ?? 0]
      const at = place(one, other)
      low[at] = one
      high[at] = other
      rows[at] = row
    })
  }
  return {
    findOrNote(number, row) {
      const one = hash(number, 0x811c9dc5)
      const other = hash(number, 0x9747b28c)
      const at = place(one, other)
      if (rows[at] !== 0) return rows[at]
      low[at] = one
      high[at] = other
      rows[at] = row
      count += 1
      if (count * 2 > size) grow()
      return undefined
    },
  }
}

/** 32 bits of MurmurHash3 over the UTF-16 units of a text. */
function hash(text: string, seed: number): number {
  let state = seed
  for (let at = 0; at < text.length; at += 1) {
    let unit = Math.imul(text.charCodeAt(at), 0xcc9e2d51)
    unit = Math.imul((unit << 15) | (unit >>> 17), 0x1b873593)
    state ^= unit
    state = (Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64) | 0
  }
  state ^= text.length
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}
