import type { PackedNames, PackedRegister } from './duplicate-pack.ts'

/** Keys by which persons who may be one are brought together. */
export const blockKinds = [
  'number',
  'near-number',
  'sound-and-year',
  'name-and-village',
  'birth-and-village',
  'birth-and-surname',
  'phone',
] as const
export type BlockKind = (typeof blockKinds)[number]

/** A block that was too large to compare everybody with everybody; `compared` pairs of neighbours in birth and number were. */
export interface CutBlock {
  kind: BlockKind
  persons: number
  compared: number
}

/** The largest block in which everybody is compared with everybody; of larger ones each with so many neighbours. */
export const blockLimits = { persons: 150, neighbours: 10 } as const

/** The key of each person for one kind of block; 0 for none. */
export function keysOf(kind: Exclude<BlockKind, 'near-number' | 'phone'>, register: PackedRegister, names: PackedNames): Int32Array {
  const villageOf = kind.endsWith('village') ? villagesOf(register) : new Int32Array(0)
  const keys = new Int32Array(register.persons)
  for (let at = 0; at < register.persons; at += 1) keys[at] = keyAt(kind, { register, names, villageOf }, at)
  return keys
}

interface Keying {
  register: PackedRegister
  names: PackedNames
  villageOf: Int32Array
}

function keyAt(kind: Exclude<BlockKind, 'near-number' | 'phone'>, { register, names, villageOf }: Keying, at: number): number {
  const born = register.born[at] ?? 0
  const name = register.nameOf[at] ?? 0
  const sound = names.fold[name] ?? 0
  const village = villageOf[register.placeOf[at] ?? 0] ?? 0
  switch (kind) {
    case 'number':
      return (register.high[at] ?? -1) < 0 ? 0 : mix(register.high[at] ?? 0, register.low[at] ?? 0)
    case 'sound-and-year':
      return born === 0 || sound === 0 ? 0 : mix(sound, Math.floor(born / 10_000))
    case 'name-and-village':
      return sound === 0 || village === 0 ? 0 : mix(sound, village)
    case 'birth-and-village':
      return born === 0 || village === 0 ? 0 : mix(born, village)
    case 'birth-and-surname':
      return born === 0 ? 0 : mix(born, names.surnameFold[name] ?? 0)
  }
}

/** A number for the village of each place; 0 where none is named. */
function villagesOf({ places }: PackedRegister): Int32Array {
  const known = new Map<string, number>()
  return Int32Array.from(places, ({ township, village }) => {
    if (village === '') return 0
    const key = `${township}|${village}`
    const number = known.get(key) ?? known.size + 1
    known.set(key, number)
    return number
  })
}

/** Telephones twice over: the keys of all first ones, then of all second ones; the person of key `at` is `at % persons`. */
export function phoneKeys({ persons, phones }: PackedRegister): Int32Array {
  const keys = new Int32Array(persons * 2)
  for (let at = 0; at < persons * 2; at += 1) {
    const phone = phones[at % persons === at ? at * 2 : (at - persons) * 2 + 1] ?? 0
    keys[at] = phone === 0 ? 0 : mix(phone | 0, Math.floor(phone / 4_294_967_296))
  }
  return keys
}

/** Spreads two integers over 32 bits, never 0. */
export function mix(one: number, other: number): number {
  let mixed = Math.imul(one, 0x9e3779b1) ^ Math.imul(other, 0x85ebca77)
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 13)) | 0 || 1
}

/** Visits every block of two and more places of `keys` that share a key. Sorts in place by slots: two arrays of four bytes a key, whatever the blocks. */
export function walkBlocks(keys: Int32Array, visit: (members: number[]) => void): void {
  let slots = 16
  while (slots < keys.length) slots *= 2
  const starts = new Int32Array(slots + 1)
  for (const key of keys) if (key !== 0) starts[(key & (slots - 1)) + 1] = (starts[(key & (slots - 1)) + 1] ?? 0) + 1
  for (let slot = 0; slot < slots; slot += 1) starts[slot + 1] = (starts[slot + 1] ?? 0) + (starts[slot] ?? 0)
  const order = new Int32Array(starts[slots] ?? 0)
  const next = starts.slice(0, slots)
  keys.forEach((key, at) => {
    if (key === 0) return
    const place = next[key & (slots - 1)] ?? 0
    order[place] = at
    next[key & (slots - 1)] = place + 1
  })
  for (let slot = 0; slot < slots; slot += 1) {
    const from = starts[slot] ?? 0
    const to = starts[slot + 1] ?? 0
    if (to - from > 1) walkSlot(keys, order.subarray(from, to), visit)
  }
}

/** A slot holds few keys; each is one block. */
function walkSlot(keys: Int32Array, slot: Int32Array, visit: (members: number[]) => void): void {
  const byKey = new Map<number, number[]>()
  for (const at of slot) {
    const members = byKey.get(keys[at] ?? 0)
    if (members === undefined) byKey.set(keys[at] ?? 0, [at])
    else members.push(at)
  }
  for (const members of byKey.values()) if (members.length > 1) visit(members)
}

/** Visits the pairs of a block: all of a small one; of a large one each with its neighbours in birth and number, and says so. */
export function walkPairs(register: PackedRegister, members: number[], visit: (one: number, other: number) => void): number | undefined {
  if (members.length <= blockLimits.persons) {
    members.forEach((one, at) => {
      for (let next = at + 1; next < members.length; next += 1) visit(one, members[next] ?? one)
    })
    return undefined
  }
  const { born, high, low } = register
  members.sort(
    (one, other) => (born[one] ?? 0) - (born[other] ?? 0) || (high[one] ?? 0) - (high[other] ?? 0) || (low[one] ?? 0) - (low[other] ?? 0),
  )
  let compared = 0
  members.forEach((one, at) => {
    for (let next = at + 1; next <= Math.min(at + blockLimits.neighbours, members.length - 1); next += 1) {
      visit(one, members[next] ?? one)
      compared += 1
    }
  })
  return compared
}
