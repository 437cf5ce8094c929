import { spreadSound } from './build-index.ts'
import { filterBits, filterWord, mixNumber, mixPrefix, type RegisterIndex } from './register-layout.ts'

/** False only for a number that nobody has; true for all others and some 5 % of those. */
export function mayBeKnown(index: RegisterIndex, mixed: number): boolean {
  const bits = filterBits(mixed)
  return ((index.idFilter[filterWord(mixed, index.idFilter.length)] ?? 0) & bits) === bits
}

/** The first person with this number, or -1. Numbers should be unique; `eachWithNumber` tells when they are not. */
export function findByNumber(index: RegisterIndex, high: number, low: number): number {
  const { idSlots, idHigh, idLow } = index
  const mask = idSlots.length - 1
  const mixed = mixNumber(high, low)
  if (!mayBeKnown(index, mixed)) return -1
  for (let slot = mixed & mask; ; slot = (slot + 1) & mask) {
    const person = (idSlots[slot] ?? 0) - 1
    if (person < 0) return -1
    if (idLow[person] === low && idHigh[person] === high) return person
  }
}

/** All persons with this number: more than one where the register itself is wrong. */
export function listByNumber(index: RegisterIndex, high: number, low: number): number[] {
  const { idSlots, idHigh, idLow } = index
  const mask = idSlots.length - 1
  const found: number[] = []
  const mixed = mixNumber(high, low)
  if (!mayBeKnown(index, mixed)) return found
  for (let slot = mixed & mask; ; slot = (slot + 1) & mask) {
    const person = (idSlots[slot] ?? 0) - 1
    if (person < 0) return found
    if (idLow[person] === low && idHigh[person] === high) found.push(person)
  }
}

/** All persons whose number begins with the same 15 digits. */
export function listByPrefix(index: RegisterIndex, high: number, low: number): number[] {
  const { prefixSlots, prefixNext, idHigh, idLow } = index
  const wanted = Math.floor(low / 1100)
  const found: number[] = []
  let person = (prefixSlots[mixPrefix(high, low) & (prefixSlots.length - 1)] ?? 0) - 1
  for (; person >= 0; person = (prefixNext[person] ?? 0) - 1)
    if (idHigh[person] === high && Math.floor((idLow[person] ?? 0) / 1100) === wanted) found.push(person)
  return found
}

/** All persons whose name sounds like this; none for the sound 0 of an empty name. */
export function listBySound(index: RegisterIndex, sound: number): number[] {
  const found: number[] = []
  if (sound === 0) return found
  const { soundSlots, soundOrder } = index
  const slot = spreadSound(sound) & (soundSlots.length - 1)
  const end = soundSlots[slot + 1] ?? soundOrder.length
  for (let at = soundSlots[slot] ?? 0; at < end; at += 1) {
    const person = (soundOrder[at] ?? 0) - 1
    // Behind the last slot stands nothing: persons without a name are not in the order.
    if (person < 0) break
    if (index.sound[person] === sound) found.push(person)
  }
  return found
}

/** True when the person's name is written exactly so (both tidy). */
export function hasName(index: RegisterIndex, person: number, name: string): boolean {
  const at = index.nameAt[person] ?? 0
  if (index.texts[at] !== name.length) return false
  for (let unit = 0; unit < name.length; unit += 1) if (index.texts[at + 1 + unit] !== name.charCodeAt(unit)) return false
  return true
}

/** The members of a household, in the order in which the register named them. */
export function membersOf(index: RegisterIndex, household: number): number[] {
  const members: number[] = []
  if (household >= index.households) return members
  let member = index.firstPerson[household] ?? 0
  do {
    members.push(member)
    member = index.nextMember[member] ?? 0
  } while (member !== 0)
  return members
}
