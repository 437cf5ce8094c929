import { tidyIdNumber, tidyName, tidyPhone, widenIdNumber } from '#kernel/pure/text/index.ts'
import { highOf, lowOf } from './id-cell.ts'
import { hasRightCheck } from './near-numbers.ts'
import {
  filterBits,
  filterWord,
  householdFlag,
  layIndex,
  mixNumber,
  personFlag,
  putId,
  type IndexPlace,
  type IndexRoom,
  type RegisterIndex,
} from './register-layout.ts'

/** The sound of a name as a 32-bit number that is equal for names that sound alike; 0 only for an empty name. */
export type SoundOf = (name: string) => number

/** A person as the comparison needs it, with the household. `monthlyIncome` is what work brings in a month, in any one unit. */
export interface IndexPerson {
  personId: string
  idNumber: string
  name: string
  /** The person's own telephone and the household's; more are not kept. */
  phones: readonly string[]
  isHead: boolean
  /** Order in the household, for the first member where no head is marked and for ties of income. */
  seqNo: number | undefined
  monthlyIncome: number | undefined
  householdId: string
  householdNo: string
  registered: boolean
  monitored: boolean
  place: IndexPlace
}

export interface IndexBuilder {
  /** Takes persons in any order; members of a household need not stand together. */
  add(person: IndexPerson): void
  /** Links the tables; the builder is used up. */
  finish(): RegisterIndex
}

/** What is known of a household only while the index is built. */
interface Household {
  ordinal: number
  last: number
  head: number
  headSeq: number
  earner: number
  income: number
  earnerSeq: number
}

/** Builds the compact index. `room` is an estimate, best the exact counts: what does not fit is moved to a larger piece of memory. */
export function buildIndex(soundOf: SoundOf, room: Partial<IndexRoom> = {}): IndexBuilder {
  const persons = Math.max(64, room.persons ?? 4096)
  const households = Math.max(32, room.households ?? Math.ceil(persons / 3))
  let index = layIndex({ persons, households, units: Math.max(1024, room.units ?? persons * 5 + households * 18) })
  const placeNumbers = new Map<string, number>()
  const known = new Map<string, Household>()
  let latest = ''
  let household: Household | undefined
  const placeOf = (place: IndexPlace): number => {
    const key = `${place.township}|${place.village}|${place.group}|${place.areaPath}`
    const number = placeNumbers.get(key)
    if (number !== undefined) return number
    placeNumbers.set(key, index.places.length)
    return index.places.push({ ...place }) - 1
  }
  return {
    add(person) {
      index = withRoom(index, person.name.length + person.householdNo.length + 2)
      if (household === undefined || latest !== person.householdId) {
        household = known.get(person.householdId) ?? putHousehold(index, person, placeOf(person.place))
        known.set(person.householdId, household)
        latest = person.householdId
      }
      putMember(index, person, { household, soundOf })
    },
    finish() {
      for (const { head, earner } of known.values()) {
        if (head >= 0) index.personFlags[head] = (index.personFlags[head] ?? 0) | personFlag.head
        if (earner >= 0) index.personFlags[earner] = (index.personFlags[earner] ?? 0) | personFlag.earner
      }
      link(index)
      return index
    },
  }
}

function withRoom(index: RegisterIndex, units: number): RegisterIndex {
  const { room } = index
  if (index.persons < room.persons && index.households < room.households && index.units + units <= room.units) return index
  const grown = layIndex({
    persons: index.persons >= room.persons ? room.persons * 2 : room.persons,
    households: index.households >= room.households ? room.households * 2 : room.households,
    units: index.units + units > room.units ? room.units * 2 + units : room.units,
  })
  for (const name of ['idHigh', 'idLow', 'sound', 'householdOf', 'nextMember', 'firstPerson'] as const) grown[name].set(index[name])
  for (const name of ['nameAt', 'householdNoAt', 'placeOf'] as const) grown[name].set(index[name])
  for (const name of ['personFlags', 'personIds', 'householdFlags', 'householdIds'] as const) grown[name].set(index[name])
  grown.phone.set(index.phone)
  grown.otherPhone.set(index.otherPhone)
  grown.texts.set(index.texts)
  return Object.assign(grown, { persons: index.persons, households: index.households, units: index.units, places: index.places })
}

function putText(index: RegisterIndex, text: string): number {
  const at = index.units
  index.texts[at] = text.length
  for (let unit = 0; unit < text.length; unit += 1) index.texts[at + 1 + unit] = text.charCodeAt(unit)
  index.units = at + 1 + text.length
  return at
}

/** A telephone as its last 32 bits; -1 for none or for digits that are no telephone. */
export function phoneNumber(phone: string): number {
  const digits = tidyPhone(phone)
  return digits.length >= 7 && digits.length <= 12 && !/^(\d)\1+$/.test(digits) ? Number(digits) | 0 : -1
}

function putHousehold(index: RegisterIndex, person: IndexPerson, place: number): Household {
  const at = index.households
  index.firstPerson[at] = index.persons
  index.householdNoAt[at] = putText(index, person.householdNo)
  index.placeOf[at] = place
  index.householdFlags[at] = (person.registered ? householdFlag.registered : 0) | (person.monitored ? householdFlag.monitored : 0)
  putId(index.householdIds, at, person.householdId)
  index.households = at + 1
  return { ordinal: at, last: -1, head: -1, headSeq: Infinity, earner: -1, income: 0, earnerSeq: Infinity }
}

function putMember(index: RegisterIndex, person: IndexPerson, { household, soundOf }: { household: Household; soundOf: SoundOf }): void {
  const at = index.persons
  const name = tidyName(person.name)
  const text = tidyIdNumber(person.idNumber)
  const number = text.length === 15 ? (widenIdNumber(text) ?? text) : text
  const usable = /^\d{17}[\dX]$/.test(number)
  index.idHigh[at] = usable ? highOf(number) : -1
  index.idLow[at] = usable ? lowOf(number) : -1
  if (usable && !hasRightCheck(number)) index.personFlags[at] = (index.personFlags[at] ?? 0) | personFlag.spoiltNumber
  index.nameAt[at] = putText(index, name)
  index.sound[at] = soundOf(name)
  index.phone[at] = phoneNumber(person.phones[0] ?? '')
  index.otherPhone[at] = phoneNumber(person.phones[1] ?? '')
  index.householdOf[at] = household.ordinal
  putId(index.personIds, at, person.personId)
  if (household.last >= 0) index.nextMember[household.last] = at
  household.last = at
  noteMember(household, person, at)
  index.persons = at + 1
}

/** The head is the marked one, else the first; the main earner has the highest income from work, the first on a tie, none when nobody earns. */
function noteMember(household: Household, person: IndexPerson, at: number): void {
  const seq = person.seqNo ?? 1e6
  const headSeq = person.isHead ? -1 : seq
  if (headSeq < household.headSeq) [household.head, household.headSeq] = [at, headSeq]
  const income = person.monthlyIncome ?? 0
  if (income > household.income || (income > 0 && income === household.income && seq < household.earnerSeq))
    [household.earner, household.income, household.earnerSeq] = [at, income, seq]
}

/** Fills the tables by which persons are found: number, sound. */
function link(index: RegisterIndex): void {
  const idMask = index.idSlots.length - 1
  for (let person = 0; person < index.persons; person += 1) {
    const high = index.idHigh[person] ?? -1
    const low = index.idLow[person] ?? -1
    if (high >= 0) {
      const mixed = mixNumber(high, low)
      const word = filterWord(high, low, index.idFilter.length)
      index.idFilter[word] = (index.idFilter[word] ?? 0) | filterBits(mixed)
      let slot = mixed & idMask
      for (let other = index.idSlots[slot] ?? 0; other !== 0; other = index.idSlots[slot] ?? 0) {
        if (index.idHigh[other - 1] === high && index.idLow[other - 1] === low) shareNumber(index, other - 1, person)
        slot = (slot + 1) & idMask
      }
      index.idSlots[slot] = person + 1
    }
  }
  orderBySound(index)
}

/** Lays persons of like sound side by side, the latest first: a look-up then waits for memory once, not once for each person. */
function orderBySound({ persons, sound, soundSlots, soundOrder, soundPlace, placeOf, householdOf }: RegisterIndex): void {
  const slotOf = (person: number): number => spreadSound(sound[person] ?? 0) & (soundSlots.length - 1)
  const isNamed = (person: number): boolean => (sound[person] ?? 0) !== 0
  for (let person = 0; person < persons; person += 1) {
    const slot = slotOf(person)
    if (isNamed(person)) soundSlots[slot] = (soundSlots[slot] ?? 0) + 1
  }
  let end = 0
  for (let slot = 0; slot < soundSlots.length; slot += 1) {
    end += soundSlots[slot] ?? 0
    soundSlots[slot] = end
  }
  for (let person = 0; person < persons; person += 1) {
    if (!isNamed(person)) continue
    const slot = slotOf(person)
    const at = (soundSlots[slot] ?? 0) - 1
    soundSlots[slot] = at
    soundOrder[at] = person + 1
    soundPlace[at] = placeOf[householdOf[person] ?? 0] ?? 0
  }
}

/** A number that two persons have decides nothing by itself. */
function shareNumber(index: RegisterIndex, one: number, other: number): void {
  for (const person of [one, other]) index.personFlags[person] = (index.personFlags[person] ?? 0) | personFlag.sharedNumber
}

/** Spreads a sound over slots. */
export function spreadSound(sound: number): number {
  const mixed = Math.imul(sound ^ (sound >>> 16), 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}
