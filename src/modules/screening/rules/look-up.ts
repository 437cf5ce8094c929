import { spreadSound } from './build-index.ts'
import { visitTails } from './near-numbers.ts'
import { filterBits, filterWord, mixNumber, personFlag, type RegisterIndex } from './register-layout.ts'

/** False only for a number that nobody has; true for all others and some 5 % of those. */
export function mayBeKnown({ idFilter }: RegisterIndex, high: number, low: number): boolean {
  const bits = filterBits(mixNumber(high, low))
  return ((idFilter[filterWord(high, low, idFilter.length)] ?? 0) & bits) === bits
}

/** The first person with this number, or -1. Numbers should be unique; `eachWithNumber` tells when they are not. */
export function findByNumber(index: RegisterIndex, high: number, low: number): number {
  const { idSlots, idHigh, idLow } = index
  const mask = idSlots.length - 1
  if (!mayBeKnown(index, high, low)) return -1
  for (let slot = mixNumber(high, low) & mask; ; slot = (slot + 1) & mask) {
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
  if (!mayBeKnown(index, high, low)) return found
  for (let slot = mixNumber(high, low) & mask; ; slot = (slot + 1) & mask) {
    const person = (idSlots[slot] ?? 0) - 1
    if (person < 0) return found
    if (idLow[person] === low && idHigh[person] === high) found.push(person)
  }
}

/** Persons whose own number is spoilt, by its first 15 digits. */
const spoilt = new WeakMap<RegisterIndex, Map<string, number[]>>()

/**
 * All persons whose number begins with the same 15 digits. The hundred right numbers are asked for one by one, which spares a table of
 * prefixes (8 bytes a person); the few persons whose own number is wrong are kept apart.
 */
export function listByPrefix(index: RegisterIndex, high: number, low: number): number[] {
  const found: number[] = []
  visitTails(high, low, (tail) => {
    if (findByNumber(index, high, tail) >= 0) found.push(...listByNumber(index, high, tail))
  })
  found.push(...(spoiltOf(index).get(prefixOf(high, low)) ?? []))
  return found
}

function spoiltOf(index: RegisterIndex): Map<string, number[]> {
  const known = spoilt.get(index) ?? listSpoilt(index)
  spoilt.set(index, known)
  return known
}

/** The persons whose own number has a wrong check character. */
export function listOfSpoilt(index: RegisterIndex): readonly number[] {
  return [...spoiltOf(index).values()].flat()
}

const prefixOf = (high: number, low: number): string => `${high} ${Math.floor(low / 1100)}`

function listSpoilt(index: RegisterIndex): Map<string, number[]> {
  const persons = new Map<string, number[]>()
  for (let person = 0; person < index.persons; person += 1) {
    if (((index.personFlags[person] ?? 0) & personFlag.spoiltNumber) === 0) continue
    const prefix = prefixOf(index.idHigh[person] ?? 0, index.idLow[person] ?? 0)
    const alike = persons.get(prefix)
    if (alike === undefined) persons.set(prefix, [person])
    else alike.push(person)
  }
  return persons
}

/** All persons whose name sounds like this; none for the sound 0 of an empty name. `isThere` leaves out whoever lives in another place. */
export function listBySound(index: RegisterIndex, sound: number, isThere?: (place: number) => boolean): number[] {
  const found: number[] = []
  if (sound === 0) return found
  const { soundSlots, soundOrder, soundPlace } = index
  const slot = spreadSound(sound) & (soundSlots.length - 1)
  const end = soundSlots[slot + 1] ?? soundOrder.length
  for (let at = soundSlots[slot] ?? 0; at < end; at += 1) {
    const person = (soundOrder[at] ?? 0) - 1
    // Behind the last slot stands nothing: persons without a name are not in the order.
    if (person < 0) break
    // The place is asked first: it stands beside the order, the sound elsewhere in memory.
    if (isThere?.(soundPlace[at] ?? 0) === false) continue
    if (index.sound[person] === sound) found.push(person)
  }
  return found
}

/** True when exactly one person of the sound has the name, wherever he lives. */
export function isNameOfOne(index: RegisterIndex, sound: number, name: string): boolean {
  const { soundSlots, soundOrder } = index
  const slot = spreadSound(sound) & (soundSlots.length - 1)
  const end = soundSlots[slot + 1] ?? soundOrder.length
  let found = 0
  for (let at = soundSlots[slot] ?? 0; at < end && found < 2; at += 1) {
    const person = (soundOrder[at] ?? 0) - 1
    if (person < 0) break
    if (index.sound[person] === sound && hasName(index, person, name)) found += 1
  }
  return found === 1
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
