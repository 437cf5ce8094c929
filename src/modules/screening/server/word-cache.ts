import { hashText, type HashKey } from '../rules/keyed-hash.ts'

/** Words of a list (states, grades, kinds) by their bytes, so that each is decoded, tidied and hashed once. */
export interface WordCache {
  /** The number of the word in these bytes of a column; -1 when the cache is full and the word is not in it. */
  find(bytes: Uint8Array, from: number, to: number, column: number): number
  readonly values: (string | undefined)[]
  readonly low: Int32Array
  readonly high: Int32Array
}

const slots = 4096
const most = 2048
const poolBytes = 128 * 1024

/** Makes a cache; `read` turns the bytes of a column's cell into its value. */
export function makeWordCache(
  key: HashKey,
  read: (bytes: Uint8Array, from: number, to: number, column: number) => string | undefined,
): WordCache {
  const table = new Int32Array(slots)
  const hashes = new Int32Array(most)
  const starts = new Int32Array(most + 1)
  const columns = new Int32Array(most)
  const pool = new Uint8Array(poolBytes)
  const values: (string | undefined)[] = []
  const low = new Int32Array(most)
  const high = new Int32Array(most)
  const pair = new Int32Array(2)

  const add = (place: { slot: number; hash: number; column: number }, bytes: Uint8Array, from: number, to: number): number => {
    const number = values.length
    const start = starts[number] ?? 0
    if (number === most || start + to - from > poolBytes) return -1
    pool.set(bytes.subarray(from, to), start)
    starts[number + 1] = start + to - from
    hashes[number] = place.hash
    columns[number] = place.column
    table[place.slot] = number + 1
    const value = read(bytes, from, to, place.column)
    values.push(value)
    if (value !== undefined) hashText(key, value, pair, 0)
    low[number] = pair[0] ?? 0
    high[number] = pair[1] ?? 0
    return number
  }

  return {
    values,
    low,
    high,
    find(bytes, from, to, column) {
      let hash = 0x811c9dc5 ^ column
      for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
      for (let slot = (hash ^ (hash >>> 16)) & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
        const number = (table[slot] ?? 0) - 1
        if (number < 0) return add({ slot, hash, column }, bytes, from, to)
        if (hashes[number] !== hash || columns[number] !== column) continue
        const start = starts[number] ?? 0
        if ((starts[number + 1] ?? 0) - start !== to - from) continue
        let at = 0
        while (at < to - from && pool[start + at] === bytes[from + at]) at += 1
        if (at === to - from) return number
      }
    },
  }
}
