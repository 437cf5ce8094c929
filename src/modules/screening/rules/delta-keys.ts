import { intColumn, pushInt, pushWide, wideColumn } from './tally.ts'

/** The keys of the rows that lie beside nothing: slots hold row + 1 of the first of them, 0 is empty. */
export interface KeyTable {
  slots: Int32Array
  /** Further rows of keys of the table: first row of the table × 2^32 + row. */
  repeats: Float64Array
}

/** The rows of one key that has several, in the order of the list, and their values: all folded (2), those of the last row (2). */
export interface KeyGroup {
  all: readonly number[]
  values: Int32Array
}

/** Values of keys with several rows. */
export interface Folded {
  /** 1 for rows whose key has others too; empty when there are none. */
  repeated: Uint8Array
  /** Folded values of the key whose first row this is; `undefined` for a key of one row. */
  valuesOf(first: number): Int32Array | undefined
}

const beyond = 2 ** 32

/** Tables the rows beside which nothing lies, and finds the other rows of their keys. `loose`: how many they are. */
export function keyTable(rows: Int32Array, baseOf: Int32Array, loose: number): KeyTable {
  let size = 16
  while (size < loose * 2) size *= 2
  const slots = new Int32Array(size)
  const repeats = wideColumn()
  const count = rows.length >> 2
  const isAligned = baseOf.length > 0
  for (let row = 0; row < count; row += 1) {
    if (isAligned && (baseOf[row] ?? 0) !== 0) continue
    const slot = slotOf({ slots }, rows, rows[row * 4] ?? 0, rows[row * 4 + 1] ?? 0)
    if ((slots[slot] ?? 0) === 0) slots[slot] = row + 1
    else pushWide(repeats, ((slots[slot] ?? 0) - 1) * beyond + row)
  }
  // A key that lies beside the base may come again elsewhere.
  if (isAligned && loose > 0) {
    for (let row = 0; row < count; row += 1) {
      if ((baseOf[row] ?? 0) === 0) continue
      const first = (slots[slotOf({ slots }, rows, rows[row * 4] ?? 0, rows[row * 4 + 1] ?? 0)] ?? 0) - 1
      if (first >= 0) pushWide(repeats, first * beyond + row)
    }
  }
  return { slots, repeats: repeats.cells.slice(0, repeats.length).sort() }
}

/** The slot of a key, or the empty one where it would stand. */
export function slotOf({ slots }: Pick<KeyTable, 'slots'>, rows: Int32Array, low: number, high: number): number {
  const mask = slots.length - 1
  for (let slot = (low ^ (low >>> 15)) & mask; ; slot = (slot + 1) & mask) {
    const row = (slots[slot] ?? 0) - 1
    if (row < 0 || (rows[row * 4] === low && rows[row * 4 + 1] === high)) return slot
  }
}

/** Folds the rows of keys that have several and tells of each: equal values count once, whatever their order. */
export function foldRepeats(rows: Int32Array, { repeats }: KeyTable, take: (group: KeyGroup) => void): Folded {
  const values = intColumn()
  const groups = new Map<number, number>()
  const repeated = new Uint8Array(repeats.length === 0 ? 0 : rows.length >> 2)
  for (let at = 0; at < repeats.length; ) {
    const member = Math.floor((repeats[at] ?? 0) / beyond)
    const all = [member]
    for (; at < repeats.length && Math.floor((repeats[at] ?? 0) / beyond) === member; at += 1) all.push((repeats[at] ?? 0) % beyond)
    all.sort((one, other) => one - other)
    for (const row of all) repeated[row] = 1
    const folded = foldValues(rows, all)
    groups.set(all[0] ?? member, values.length)
    for (const word of folded) pushInt(values, word)
    take({ all, values: folded })
  }
  return {
    repeated,
    valuesOf(first) {
      const at = groups.get(first)
      return at === undefined ? undefined : values.cells.subarray(at, at + 4)
    },
  }
}

/** From so many rows on a set tells which values were there before. */
const many = 16

function foldValues(rows: Int32Array, all: readonly number[]): Int32Array {
  const folded = new Int32Array(4)
  const seen = all.length > many ? new Set<string>() : undefined
  all.forEach((row, place) => {
    const low = rows[row * 4 + 2] ?? 0
    const high = rows[row * 4 + 3] ?? 0
    folded[2] = low
    folded[3] = high
    const text = seen === undefined ? '' : `${low} ${high}`
    const known =
      seen === undefined ? all.slice(0, place).some((other) => rows[other * 4 + 2] === low && rows[other * 4 + 3] === high) : seen.has(text)
    if (known) return
    seen?.add(text)
    folded[0] = ((folded[0] ?? 0) + low) | 0
    folded[1] = ((folded[1] ?? 0) + high) | 0
  })
  return folded
}
