import type { DeltaState } from '../contract.ts'
import { alignMonths } from './delta-align.ts'
import { foldRepeats, keyTable, slotOf, type Folded } from './delta-keys.ts'

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
  /** Values of keys that have several rows, by their first row. */
  folded: Folded
  /** Positions in the base whose key the current month does not have. */
  vanished: Int32Array
  counts: Record<DeltaState, number>
}

/**
 * Compares rows (four words each: hash of the key, hash of the values) with what an earlier month kept.
 * Rows with one key are folded: equal values count once, whatever their order. A key is the same when all its values are, or those of
 * its last row, which is what holds where a list names somebody twice.
 * Most lists keep their order from month to month, so the two are first laid side by side; only what does not lie so is looked up.
 */
export function compareMonths(rows: Int32Array, earlier: Int32Array | undefined): Delta {
  const base = earlier ?? new Int32Array(0)
  const count = rows.length >> 2
  const { baseOf, left, loose } = alignMonths(rows, base)
  const table = keyTable(rows, baseOf, loose)
  const vanished = findInBase(rows, base, { table, left, baseOf })
  const states = new Uint8Array(count).fill(1)
  const isFirst = new Uint8Array(count).fill(1)
  const folded = foldRepeats(rows, table, ({ all, values }) => {
    const placed = all.find((row) => (baseOf[row] ?? 0) > 0)
    const state = placed === undefined ? 1 : sameValues(base, (baseOf[placed] ?? 0) - 1, values)
    for (const row of all) states[row] = state
    for (const row of all.slice(1)) isFirst[row] = 0
  })
  if (table.slots.buffer instanceof ArrayBuffer) table.slots.buffer.transfer(0) // eight megabytes for a million rows, which would wait for the collector
  if (base.length > 0) judgeSingles({ rows, base, baseOf, repeated: folded.repeated, states })
  return { states, isFirst, folded, vanished, counts: { ...countKeys(states, isFirst), vanished: vanished.length } }
}

interface SinglesInput {
  rows: Int32Array
  base: Int32Array
  baseOf: Int32Array
  repeated: Uint8Array
  states: Uint8Array
}

/** Judges the keys of one row that the base knows. */
function judgeSingles({ rows, base, baseOf, repeated, states }: SinglesInput): void {
  const hasRepeated = repeated.length > 0
  for (let row = 0; row < states.length; row += 1) {
    const at = (baseOf[row] ?? 0) - 1
    if (at >= 0 && !(hasRepeated && repeated[row] === 1)) states[row] = sameRow(base, at, rows, row)
  }
}

function countKeys(states: Uint8Array, isFirst: Uint8Array): Omit<Record<DeltaState, number>, 'vanished'> {
  const found = new Int32Array(3)
  for (let row = 0; row < states.length; row += 1) {
    if (isFirst[row] === 1) found[states[row] ?? 1] = (found[states[row] ?? 1] ?? 0) + 1
  }
  return { same: found[0] ?? 0, new: found[1] ?? 0, changed: found[2] ?? 0 }
}

/** 0 when the one row of a key says what the base kept of it, 2 when not. */
function sameRow(base: Int32Array, at: number, rows: Int32Array, row: number): 0 | 2 {
  const from = at * keptWords
  const low = rows[row * 4 + 2]
  const high = rows[row * 4 + 3]
  return (base[from + 2] === low && base[from + 3] === high) || (base[from + 4] === low && base[from + 5] === high) ? 0 : 2
}

function sameValues(base: Int32Array, at: number, values: Int32Array): 0 | 2 {
  const from = at * keptWords
  const all = values[0] === base[from + 2] && values[1] === base[from + 3]
  return all || (values[2] === base[from + 4] && values[3] === base[from + 5]) ? 0 : 2
}

interface BaseInput {
  table: ReturnType<typeof keyTable>
  /** Positions of the base that lie beside no row. */
  left: Int32Array
  baseOf: Int32Array
}

/** Looks up what did not lie side by side; gives the words at which the keys begin that the current month does not have. */
function findInBase(rows: Int32Array, base: Int32Array, { table, left, baseOf }: BaseInput): Int32Array {
  let lost = 0
  for (const at of left) {
    const from = at * keptWords
    const row = (table.slots[slotOf(table, rows, base[from] ?? 0, base[from + 1] ?? 0)] ?? 0) - 1
    if (row >= 0) baseOf[row] = at + 1
    else left[lost++] = from
  }
  return left.slice(0, lost)
}

/** What stays of a month for the next one: `keptWords` of each key, in the order in which the list names them. */
export function keepKeys(rows: Int32Array, { isFirst, folded }: Pick<Delta, 'isFirst' | 'folded'>): Int32Array {
  let keys = 0
  for (let row = 0; row < isFirst.length; row += 1) keys += isFirst[row] ?? 0
  const kept = new Int32Array(keys * keptWords)
  let to = 0
  for (let row = 0; row < isFirst.length; row += 1) {
    if (isFirst[row] !== 1) continue
    const values = folded.valuesOf(row)
    for (let word = 0; word < 4; word += 1) kept[to + word] = rows[row * 4 + word] ?? 0
    if (values === undefined) {
      kept[to + 4] = rows[row * 4 + 2] ?? 0
      kept[to + 5] = rows[row * 4 + 3] ?? 0
    } else kept.set(values, to + 2)
    to += keptWords
  }
  return kept
}
