import { makeRoom, intColumn, pushInt } from './tally.ts'

/** Two months side by side. */
export interface Alignment {
  /** For each row, the position (+ 1) in the base beside which it lies; 0 for none. Empty when there is no base. */
  baseOf: Int32Array
  /** Positions of the base beside which no row lies. */
  left: Int32Array
  /** How many rows lie beside nothing. */
  loose: number
}

/** How far ahead the next common key is looked for. */
const lookAhead = 8
/** After so many keys at the latest it is asked whether the two lists have any order in common. */
const trial = 4096

/** Lays rows (four words each) beside the keys of the base (six words each) as long as both name them in one order. */
export function alignMonths(rows: Int32Array, base: Int32Array): Alignment {
  const count = rows.length >> 2
  const keys = Math.floor(base.length / 6)
  if (keys === 0) return { baseOf: new Int32Array(0), left: new Int32Array(0), loose: count }
  const baseOf = new Int32Array(count)
  const left = intColumn()
  let row = 0
  let at = 0
  let found = 0
  for (let asked = trial; row < count && at < keys; ) {
    if (rows[row * 4] === base[at * 6] && rows[row * 4 + 1] === base[at * 6 + 1]) {
      baseOf[row++] = ++at
      found += 1
      continue
    }
    if (row + at > asked) {
      if (found * 4 < row + at) break
      asked = row + at + trial
    }
    const step = nextCommon(rows, base, row, at)
    for (let skipped = at; skipped < at + step.keys; skipped += 1) pushInt(left, skipped)
    row += step.rows
    at += step.keys
  }
  makeRoom(left, keys - at)
  for (; at < keys; at += 1) left.cells[left.length++] = at
  return { baseOf, left: left.cells.slice(0, left.length), loose: count - found }
}

const step = { rows: 1, keys: 1 }

/** How many rows and keys to step over until both name the same again; one of each when that is not near. */
function nextCommon(rows: Int32Array, base: Int32Array, row: number, at: number): typeof step {
  for (let far = 1; far <= lookAhead; far += 1) {
    step.rows = far
    step.keys = 0
    if (isSame(rows, row + far, base, at)) return step
    step.rows = 0
    step.keys = far
    if (isSame(rows, row, base, at + far)) return step
    step.rows = far
    if (isSame(rows, row + far, base, at + far)) return step
  }
  step.rows = 1
  step.keys = 1
  return step
}

function isSame(rows: Int32Array, row: number, base: Int32Array, at: number): boolean {
  return row * 4 < rows.length && rows[row * 4] === base[at * 6] && rows[row * 4 + 1] === base[at * 6 + 1]
}
