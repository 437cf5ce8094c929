import type { DeltaState } from '../contract.ts'

/** States in the order of their numbers in `Delta.states`. */
export const deltaStates: readonly DeltaState[] = ['same', 'new', 'changed', 'vanished']

/** Words of what is kept of a key: hash of the key (2), of all its values folded (2), of the values of its last row (2). */
export const keptWords = 6

/** The comparison of two months of a list. */
export interface Delta {
  /** For each row of the current month, the number of its state in `deltaStates`. */
  states: Uint8Array
  /** Rows of the current month that are the first with their key. */
  isFirst: Uint8Array
  /** For each key of the current month its `keptWords`; this is what stays for the next month. */
  kept: Int32Array
  /** Positions in the base whose key the current month does not have. */
  vanished: Int32Array
  counts: Record<DeltaState, number>
}

interface KeyTable {
  slots: Int32Array
  entries: Int32Array
  count: number
}

/**
 * Compares rows (four words each: hash of the key, hash of the values) with what an earlier month kept.
 * Rows with one key are folded: equal values count once, whatever their order. A key is the same when all its values are, or those of
 * its last row, which is what holds where a list names somebody twice.
 */
export function compareMonths(rows: Int32Array, earlier: Int32Array | undefined): Delta {
  const base = earlier ?? new Int32Array(0)
  const count = rows.length >> 2
  const states = new Uint8Array(count)
  const isFirst = new Uint8Array(count)
  const entryOf = new Int32Array(count)
  const table = foldRows(rows, entryOf, isFirst)
  const kept = table.entries.subarray(0, table.count * keptWords)
  const entryStates = new Uint8Array(table.count).fill(1)
  const vanished: number[] = []
  for (let at = 0; at < base.length; at += keptWords) {
    const entry = findEntry(table, base[at] ?? 0, base[at + 1] ?? 0)
    if (entry < 0) vanished.push(at)
    else entryStates[entry] = isSame(kept, entry * keptWords, base, at) ? 0 : 2
  }
  const counts = { same: 0, new: 0, changed: 0, vanished: vanished.length }
  for (const state of entryStates) counts[deltaStates[state] ?? 'new'] += 1
  for (let row = 0; row < count; row += 1) states[row] = entryStates[entryOf[row] ?? 0] ?? 0
  return { states, isFirst, kept, vanished: Int32Array.from(vanished), counts }
}

function isSame(kept: Int32Array, to: number, base: Int32Array, at: number): boolean {
  const folded = kept[to + 2] === base[at + 2] && kept[to + 3] === base[at + 3]
  return folded || (kept[to + 4] === base[at + 4] && kept[to + 5] === base[at + 5])
}

function foldRows(rows: Int32Array, entryOf: Int32Array, isFirst: Uint8Array): KeyTable {
  const count = rows.length >> 2
  let size = 16
  while (size < count * 2) size *= 2
  const table: KeyTable = { slots: new Int32Array(size), entries: new Int32Array(count * keptWords), count: 0 }
  // Value hashes already folded into an entry; most keys have one row, so the sets are few.
  const seen = new Map<number, Set<string>>()
  for (let row = 0; row < count; row += 1) {
    const at = row * 4
    const k0 = rows[at] ?? 0
    const k1 = rows[at + 1] ?? 0
    const found = findEntry(table, k0, k1)
    const entry = found >= 0 ? found : addEntry(table, k0, k1)
    entryOf[row] = entry
    if (found < 0) isFirst[row] = 1
    foldValues(table.entries, entry, { low: rows[at + 2] ?? 0, high: rows[at + 3] ?? 0, isFirst: found < 0, seen })
  }
  return table
}

interface RowValues {
  low: number
  high: number
  isFirst: boolean
  seen: Map<number, Set<string>>
}

function foldValues(entries: Int32Array, entry: number, { low, high, isFirst, seen }: RowValues): void {
  const to = entry * keptWords
  if (isFirst) {
    entries[to + 2] = low
    entries[to + 3] = high
  } else {
    const values = seen.get(entry) ?? new Set([`${entries[to + 2]} ${entries[to + 3]}`])
    seen.set(entry, values)
    if (!values.has(`${low} ${high}`)) {
      values.add(`${low} ${high}`)
      entries[to + 2] = ((entries[to + 2] ?? 0) + low) | 0
      entries[to + 3] = ((entries[to + 3] ?? 0) + high) | 0
    }
  }
  entries[to + 4] = low
  entries[to + 5] = high
}

function findEntry(table: KeyTable, k0: number, k1: number): number {
  const mask = table.slots.length - 1
  for (let slot = (k0 ^ (k0 >>> 15)) & mask; ; slot = (slot + 1) & mask) {
    const entry = (table.slots[slot] ?? 0) - 1
    if (entry < 0) return -1
    if (table.entries[entry * keptWords] === k0 && table.entries[entry * keptWords + 1] === k1) return entry
  }
}

function addEntry(table: KeyTable, k0: number, k1: number): number {
  const mask = table.slots.length - 1
  let slot = (k0 ^ (k0 >>> 15)) & mask
  while ((table.slots[slot] ?? 0) !== 0) slot = (slot + 1) & mask
  table.slots[slot] = table.count + 1
  table.entries[table.count * keptWords] = k0
  table.entries[table.count * keptWords + 1] = k1
  table.count += 1
  return table.count - 1
}
