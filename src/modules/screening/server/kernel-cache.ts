import { hashText, type HashKey } from '../rules/keyed-hash.ts'
import { placeColumn } from './kernel-named.ts'
import { cacheSlots, cacheWords, longestWord } from './kernel-plan.ts'

const mostWords = 2048
const poolBytes = 128 * 1024

/** Puts words into the cache that the kernel reads. */
export interface KernelCache {
  /** Adds the bytes of a cell of a column with the word that they say; does nothing when they are there or there is no room. */
  add(bytes: Uint8Array, cell: { from: number; to: number; column: number }, word: string): void
  /** Adds the bytes of a place under `placeColumn` with the number of its village, -1 for one that nobody knows. */
  addPlace(bytes: Uint8Array, village: number): void
}

/** Makes the writer of the cache at these addresses, which must hold zeros. */
export function makeKernelCache(memory: SharedArrayBuffer, places: { cache: number; cachePool: number }, key: HashKey): KernelCache {
  const entries = new Int32Array(memory, places.cache, cacheSlots * cacheWords)
  const pool = new Uint8Array(memory, places.cachePool, poolBytes)
  const pair = new Int32Array(2)
  let words = 0
  let used = 0
  const isSame = (at: number, bytes: Uint8Array, from: number, to: number): boolean => {
    const start = entries[at + 3] ?? 0
    for (let index = from; index < to; index += 1) if (pool[start + index - from] !== bytes[index]) return false
    return true
  }
  const put = (bytes: Uint8Array, { from, to, column }: { from: number; to: number; column: number }, say: () => void): void => {
    if (to - from > longestWord || words === mostWords || used + to - from > poolBytes) return
    let hash = 0x811c9dc5 ^ column
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
    let slot = hash ^ (hash >>> 16)
    for (; ; slot += 1) {
      const at = (slot & (cacheSlots - 1)) * cacheWords
      if ((entries[at + 1] ?? 0) === 0) break
      const alike = entries[at] === hash && entries[at + 1] === column + 1 && entries[at + 2] === to - from
      if (alike && isSame(at, bytes, from, to)) return
    }
    const at = (slot & (cacheSlots - 1)) * cacheWords
    pool.set(bytes.subarray(from, to), used)
    say()
    entries.set([hash, column + 1, to - from, used, pair[0] ?? 0, pair[1] ?? 0], at)
    used += to - from
    words += 1
  }
  return {
    add: (bytes, cell, word) => put(bytes, cell, () => hashText(key, word, pair, 0)),
    addPlace: (bytes, village) => put(bytes, { from: 0, to: bytes.length, column: placeColumn }, () => pair.set([village, 0])),
  }
}
