import type { IdNumber, Phone } from '../rules/facts.ts'
import type { LineHousehold } from './fact-lines.ts'

/** Which ID numbers and telephones stand more than once in the register: the rules of reach `register`. */
export interface SharedNumbers {
  /** First pass: notes the numbers of a household. */
  note(household: LineHousehold): void
  /** After it: households with a number that seems to stand elsewhere too. */
  suspects(): string[]
  /** Second pass, over the suspects: notes the numbers in full. */
  noteInFull(household: LineHousehold): void
  /** Third pass, over the suspects: says what is shared, exactly. */
  mark(household: LineHousehold): void
}

/** Makes the book of one check. */
export function makeSharedNumbers(): SharedNumbers {
  const numbers = new KeyBook()
  const phones = new KeyBook()
  const ids: string[] = []
  const suspects = new Set<string>()
  const fullNumbers = new Map<string, number>()
  const fullPhones = new Map<string, Set<string>>()
  return {
    note(household) {
      const at = ids.push(household.householdId) - 1
      // One more than the key: 0 marks an empty slot.
      for (const { idNumber, personPhone } of household.facts.members) {
        const other = idNumber === null || idNumber.what === 'placeholder' ? -1 : numbers.note(idNumber.key + 1, at)
        const sharer = personPhone === null ? -1 : phones.note(personPhone.key + 1, at)
        if (other >= 0) suspects.add(ids[other] ?? '').add(household.householdId)
        if (sharer >= 0 && sharer !== at) suspects.add(ids[sharer] ?? '').add(household.householdId)
      }
    },
    suspects: () => [...suspects],
    noteInFull(household) {
      for (const { idNumber, personPhone } of household.facts.members) {
        if (idNumber !== null && idNumber.what !== 'placeholder') {
          const key = fullKeyOf(idNumber)
          fullNumbers.set(key, (fullNumbers.get(key) ?? 0) + 1)
        }
        if (personPhone === null) continue
        const key = fullKeyOf(personPhone)
        fullPhones.set(key, (fullPhones.get(key) ?? new Set<string>()).add(household.householdId))
      }
    },
    mark(household) {
      const { facts } = household
      facts.sharesPhone = facts.members.some(
        ({ personPhone }) => personPhone !== null && (fullPhones.get(fullKeyOf(personPhone))?.size ?? 0) > 1,
      )
      for (const member of facts.members) {
        const { idNumber } = member
        member.sharesIdNumber = idNumber !== null && idNumber.what !== 'placeholder' && (fullNumbers.get(fullKeyOf(idNumber)) ?? 0) > 1
      }
    },
  }
}

/** Both parts of a blind index, exact. */
function fullKeyOf({ key, check }: IdNumber | Phone): string {
  return `${key} ${check}`
}

/** Keys with the place where each stood first, in flat memory. */
class KeyBook {
  #keys = new Float64Array(1 << 16)
  #places = new Int32Array(1 << 16)
  #count = 0

  /** Notes a key; the place where it stood first, or -1 where it is new. */
  note(key: number, place: number): number {
    if (this.#count * 2 > this.#keys.length) this.#grow()
    const slot = this.#find(key)
    if (this.#keys[slot] === key) return this.#places[slot] ?? -1
    this.#keys[slot] = key
    this.#places[slot] = place
    this.#count += 1
    return -1
  }

  #find(key: number): number {
    const mask = this.#keys.length - 1
    // The key's own bits are those of a keyed hash: any part of them spreads well.
    let slot = (key % 4_294_967_291) & mask
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [keys, places] = [this.#keys, this.#places]
    this.#keys = new Float64Array(keys.length * 2)
    this.#places = new Int32Array(keys.length * 2)
    for (const [at, key] of keys.entries()) {
      if (key === 0) continue
      const slot = this.#find(key)
      this.#keys[slot] = key
      this.#places[slot] = places[at] ?? 0
    }
  }
}
