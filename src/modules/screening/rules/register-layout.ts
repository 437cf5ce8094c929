/** How many of each thing an index has room for. */
export interface IndexRoom {
  persons: number
  households: number
  /** UTF-16 units of all names and household numbers together. */
  units: number
}

/** A place of the register: the villager group of a household. */
export interface IndexPlace {
  township: string
  village: string
  group: string
  areaPath: string
}

/**
 * The register as typed arrays in one piece of shared memory, some 100 bytes per person.
 * Numbers are kept as two integers (`highOf`, `lowOf`); -1 where a person has none of 18 characters. Slots hold index + 1, 0 is empty.
 */
export interface RegisterIndex {
  readonly memory: SharedArrayBuffer
  readonly room: IndexRoom
  persons: number
  households: number
  units: number
  places: IndexPlace[]
  readonly idHigh: Int32Array
  readonly idLow: Int32Array
  readonly idSlots: Int32Array
  /** One word of 32 bits for some four persons: a number may be known only when both its bits are set. Small enough to stay near the core. */
  readonly idFilter: Int32Array
  readonly sound: Int32Array
  readonly soundSlots: Int32Array
  /** Persons (index + 1) in the order of the slots of their sounds; those of a slot begin where `soundSlots` says. */
  readonly soundOrder: Int32Array
  /** The places of the persons of `soundOrder`, so that those who live elsewhere need not be looked at. */
  readonly soundPlace: Uint32Array
  readonly nameAt: Uint32Array
  readonly texts: Uint16Array
  /** Telephones by their last 32 bits; -1 for none. Only looked at where the name agrees. */
  readonly phone: Int32Array
  readonly otherPhone: Int32Array
  /** The next member of the household; 0 ends the chain that begins at `firstPerson`. */
  readonly nextMember: Int32Array
  readonly householdOf: Int32Array
  readonly personFlags: Uint8Array
  readonly personIds: Uint8Array
  readonly firstPerson: Int32Array
  readonly householdNoAt: Uint32Array
  readonly placeOf: Uint32Array
  readonly householdFlags: Uint8Array
  readonly householdIds: Uint8Array
}

export const personFlag = { head: 1, earner: 2, sharedNumber: 4, spoiltNumber: 8 } as const
export const householdFlag = { registered: 1, monitored: 2 } as const

function slotsFor(entries: number, spread: number): number {
  let slots = 16
  while (slots < entries * spread) slots *= 2
  return slots
}

/** The bytes that an index of this room takes. */
export function bytesOfIndex({ persons, households, units }: IndexRoom): number {
  const perPerson = 10 * 4 + 1 + 16
  const perHousehold = 3 * 4 + 1 + 16
  // Each array may begin up to seven bytes later, on a multiple of eight.
  return (
    persons * perPerson +
    households * perHousehold +
    (slotsFor(persons, 2) + slotsFor(persons, 0.25) + slotsFor(persons, 1)) * 4 +
    units * 2 +
    24 * 8
  )
}

/** Makes the arrays of an index over one piece of shared memory, given or new; a given one may be larger. */
export function layIndex(room: IndexRoom, given?: SharedArrayBuffer): RegisterIndex {
  const { persons, households } = room
  const idSlots = slotsFor(persons, 2)
  const chainSlots = slotsFor(persons, 1)
  const memory = given ?? new SharedArrayBuffer(bytesOfIndex(room))
  let at = 0
  const take = (size: number): number => {
    const start = at
    at += (size + 7) & ~7
    return start
  }
  const words = (count: number) => new Int32Array(memory, take(count * 4), count)
  const unsigned = (count: number) => new Uint32Array(memory, take(count * 4), count)
  const narrow = (count: number) => new Uint8Array(memory, take(count), count)
  return {
    memory,
    room,
    persons: 0,
    households: 0,
    units: 0,
    places: [],
    phone: words(persons),
    otherPhone: words(persons),
    idHigh: words(persons),
    idLow: words(persons),
    idSlots: words(idSlots),
    idFilter: words(slotsFor(persons, 0.25)),
    sound: words(persons),
    soundSlots: words(chainSlots),
    soundOrder: words(persons),
    soundPlace: unsigned(persons),
    nameAt: unsigned(persons),
    householdOf: words(persons),
    nextMember: words(persons),
    firstPerson: words(households),
    householdNoAt: unsigned(households),
    placeOf: unsigned(households),
    texts: new Uint16Array(memory, take(room.units * 2), room.units),
    personFlags: narrow(persons),
    householdFlags: narrow(households),
    personIds: narrow(persons * 16),
    householdIds: narrow(households * 16),
  }
}

/** Spreads a number of 18 characters over slots. */
export function mixNumber(high: number, low: number): number {
  let mixed = Math.imul(high, 0x9e3779b1) ^ Math.imul(low, 0x85ebca77)
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x2c1b3c6d)
  return mixed ^ (mixed >>> 13)
}

/** The two bits of a number in its word of the filter, by its mixed form. */
export function filterBits(mixed: number): number {
  return (1 << (mixed & 31)) | (1 << ((mixed >>> 5) & 31))
}

const wordsOfLine = 16

/** Spreads the first 15 digits of a number. */
export function mixPrefix(high: number, low: number): number {
  const line = Math.imul(high, 0x9e3779b1) ^ Math.imul(Math.floor(low / 1100), 0x85ebca77)
  return Math.imul(line ^ (line >>> 15), 0x2c1b3c6d)
}

/**
 * The word of the filter for a number: its first 15 digits choose a line of sixteen words, so that the hundred numbers that begin alike are
 * asked for where the core has them; the whole number chooses the word.
 */
export function filterWord(high: number, low: number, filterLength: number): number {
  return ((mixPrefix(high, low) >>> 8) * wordsOfLine + (Math.imul(mixNumber(high, low), 0x9e3779b1) >>> 28)) & (filterLength - 1)
}

/** Reads a text of the pool: its length first, then its units. */
export function textAt(index: RegisterIndex, at: number): string {
  const length = index.texts[at] ?? 0
  let text = ''
  for (let unit = at + 1; unit <= at + length; unit += 1) text += String.fromCharCode(index.texts[unit] ?? 0)
  return text
}

/** The 36 characters of an id that is kept as 16 bytes. Throws where the ids were not read yet (see index-file.ts): no id is all zeros. */
export function idAt(bytes: Uint8Array, ordinal: number): string {
  let hex = ''
  let sum = 0
  for (let at = ordinal * 16; at < ordinal * 16 + 16; at += 1) {
    sum += bytes[at] ?? 0
    hex += (bytes[at] ?? 0).toString(16).padStart(2, '0')
  }
  if (sum === 0) throw new Error('the ids of the register index were not read')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Writes an id of 36 characters as 16 bytes. */
export function putId(bytes: Uint8Array, ordinal: number, id: string): void {
  let at = ordinal * 16
  for (let index = 0; index < id.length - 1; index += 2) {
    if (id[index] === '-') index += 1
    bytes[at++] = (hexDigit(id.charCodeAt(index)) << 4) | hexDigit(id.charCodeAt(index + 1))
  }
}

function hexDigit(code: number): number {
  return code < 58 ? code - 48 : (code | 32) - 87
}
