import { mark, numberAt, type PackedRegister } from './duplicate-pack.ts'

/** Wrong numbers looked for at a time: bounds the memory whatever the register is like. */
const needlesAtOnce = 50_000
/** More numbers than so many within one slip of each other are no slips. */
const mostAlike = 40
const base = 0x01000193

const powers = new Int32Array(19)
powers[0] = 1
for (let at = 1; at < 19; at += 1) powers[at] = Math.imul(powers[at - 1] ?? 1, base)

/**
 * Visits pairs of persons whose numbers differ by one character or two exchanged neighbours, or agree in the first 15 digits where one
 * lost its tail. Only wrong numbers are looked for: of two right ones neither is a slip of the other. Both kinds share what is left when
 * one character is taken out (the deletion neighbourhood), found by the hashes of all 18 remainders.
 * Returns how many look-ups were cut because too many numbers were alike.
 */
export function walkNearNumbers(register: PackedRegister, visit: (one: number, other: number) => void): number {
  const needles: number[] = []
  for (let at = 0; at < register.persons; at += 1)
    if ((register.high[at] ?? -1) >= 0 && ((register.marks[at] ?? 0) & mark.right) === 0) needles.push(at)
  let cut = 0
  for (let from = 0; from < needles.length; from += needlesAtOnce)
    cut += walkNeedles(register, needles.slice(from, from + needlesAtOnce), visit)
  return cut
}

const hashes = new Int32Array(19)

function walkNeedles(register: PackedRegister, needles: readonly number[], visit: (one: number, other: number) => void): number {
  const table = makeTable(needles.length * 19)
  const own = new Set(needles)
  for (const needle of needles) {
    hashRemainders(numberAt(register, needle))
    for (const hash of hashes) table.add(hash, needle)
  }
  let cut = 0
  for (let at = 0; at < register.persons; at += 1) {
    const number = numberAt(register, at)
    if (number === '') continue
    hashRemainders(number)
    const seen = new Set<number>()
    for (const hash of hashes) {
      if (!table.mayHave(hash)) continue
      const found = table.list(hash)
      if (found.length > mostAlike) cut += 1
      for (const needle of found.slice(0, mostAlike)) {
        // Of two needles each finds the other; one visit is enough.
        if (needle === at || seen.has(needle) || (own.has(at) && at < needle)) continue
        seen.add(needle)
        visit(needle, at)
      }
    }
  }
  return cut
}

/** Fills `hashes`: 18 remainders with one character taken out, and the first 15 digits. */
function hashRemainders(number: string): void {
  let before = 0
  let after = 0
  for (let at = 17; at >= 0; at -= 1) {
    hashes[at] = after
    after = (after + Math.imul(number.charCodeAt(at), powers[17 - at] ?? 1)) | 0
  }
  for (let at = 0; at < 18; at += 1) {
    // What stands before keeps its order and moves one place to the right.
    hashes[at] = ((hashes[at] ?? 0) + Math.imul(before, powers[17 - at] ?? 1)) | 0
    before = (Math.imul(before, base) + number.charCodeAt(at)) | 0
    if (at === 14) hashes[18] = before ^ 0x5bd1e995
  }
}

/** Hash → needles, several for one hash. */
function makeTable(entries: number) {
  let slots = 64
  while (slots < entries * 2) slots *= 2
  const hashAt = new Int32Array(slots)
  const needleAt = new Int32Array(slots)
  const slotOf = (hash: number): number => (Math.imul(hash, 0x9e3779b1) >>> 7) & (slots - 1)
  return {
    add(hash: number, needle: number): void {
      let slot = slotOf(hash)
      while (needleAt[slot] !== 0) slot = (slot + 1) & (slots - 1)
      hashAt[slot] = hash
      needleAt[slot] = needle + 1
    },
    mayHave: (hash: number): boolean => needleAt[slotOf(hash)] !== 0,
    list(hash: number): number[] {
      const found: number[] = []
      for (let slot = slotOf(hash); needleAt[slot] !== 0; slot = (slot + 1) & (slots - 1))
        if (hashAt[slot] === hash) found.push((needleAt[slot] ?? 0) - 1)
      return found
    },
  }
}
