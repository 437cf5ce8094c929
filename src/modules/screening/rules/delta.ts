import type { DeltaState } from '../contract.ts'

/** States in the order of their numbers in `Delta.states`. */
export const deltaStates: readonly DeltaState[] = ['same', 'new', 'changed', 'vanished']

/** The comparison of two months of a list. */
export interface Delta {
  /** For each row of the current month, the number of its state in `deltaStates`. */
  states: Uint8Array
  /** Rows of the current month that are the first with their key. */
  isFirst: Uint8Array
  /** For each key of the current month: key (2 words), values (2 words); this is what is kept for the next month. */
  kept: Int32Array
  /** Positions in the base (entries of four words) whose key the current month does not have. */
  vanished: Int32Array
  counts: Record<DeltaState, number>
}

interface KeyTable {
  slots: Int32Array
  /** Key and folded values, four words an entry. */
  entries: Int32Array
  count: number
}

/**
 * Compares rows (four words each: hash of the key, hash of the values) with what an earlier month kept.
 * Rows with one key are folded: equal values count once, different ones are added up, whatever their order.
 */
export function compareMonths(rows: Int32Array, earlier: Int32Array | undefined): Delta {
  const base = earlier ?? new Int32Array(0)
  const count = rows.length >> 2
  const states = new Uint8Array(count)
  const isFirst = new Uint8Array(count)
  const entryOf = new Int32Array(count)
  const table = foldRows(rows, entryOf, isFirst)
  const kept = table.entries.subarray(0, table.count * 4)
  const entryStates = new Uint8Array(table.count).fill(1)
  const vanished: number[] = []
  for (let at = 0; at < base.length; at += 4) {
    const entry = findEntry(table, base[at] ?? 0, base[at + 1] ?? 0)
    if (entry < 0) vanished.push(at)
    else entryStates[entry] = kept[entry * 4 + 2] === base[at + 2] && kept[entry * 4 + 3] === base[at + 3] ? 0 : 2
  }
  const counts = { same: 0, new: 0, changed: 0, vanished: vanished.length }
  for (const state of entryStates) counts[deltaStates[state] ?? 'new'] += 1
  for (let row = 0; row < count; row += 1) states[row] = entryStates[entryOf[row] ?? 0] ?? 0
  return { states, isFirst, kept, vanished: Int32Array.from(vanished), counts }
}

function foldRows(rows: Int32Array, entryOf: Int32Array, isFirst: Uint8Array): KeyTable {
  const count = rows.length >> 2
  let size = 16
  while (size < count * 2) size *= 2
  const table: KeyTable = { slots: new Int32Array(size), entries: new Int32Array(rows.length), count: 0 }
  // Value hashes already folded into an entry; most keys have one row, so the sets are few.
  const seen = new Map<number, Set<string>>()
  for (let row = 0; row < count; row += 1) {
    const at = row * 4
    const [k0 = 0, k1 = 0, v0 = 0, v1 = 0] = [rows[at], rows[at + 1], rows[at + 2], rows[at + 3]]
    const found = findEntry(table, k0, k1)
    const entry = found >= 0 ? found : addEntry(table, k0, k1)
    entryOf[row] = entry
    const to = entry * 4
    if (found < 0) {
      isFirst[row] = 1
      table.entries[to + 2] = v0
      table.entries[to + 3] = v1
      continue
    }
    const values = seen.get(entry) ?? new Set([`${table.entries[to + 2]} ${table.entries[to + 3]}`])
    seen.set(entry, values)
    if (values.has(`${v0} ${v1}`)) continue
    values.add(`${v0} ${v1}`)
    table.entries[to + 2] = ((table.entries[to + 2] ?? 0) + v0) | 0
    table.entries[to + 3] = ((table.entries[to + 3] ?? 0) + v1) | 0
  }
  return table
}

function findEntry(table: KeyTable, k0: number, k1: number): number {
  const mask = table.slots.length - 1
  for (let slot = (k0 ^ (k0 >>> 15)) & mask; ; slot = (slot + 1) & mask) {
    const entry = (table.slots[slot] ?? 0) - 1
    if (entry < 0) return -1
    if (table.entries[entry * 4] === k0 && table.entries[entry * 4 + 1] === k1) return entry
  }
}

function addEntry(table: KeyTable, k0: number, k1: number): number {
  const mask = table.slots.length - 1
  let slot = (k0 ^ (k0 >>> 15)) & mask
  while ((table.slots[slot] ?? 0) !== 0) slot = (slot + 1) & mask
  table.slots[slot] = table.count + 1
  table.entries[table.count * 4] = k0
  table.entries[table.count * 4 + 1] = k1
  table.count += 1
  return table.count - 1
}
