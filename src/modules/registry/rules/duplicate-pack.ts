import { tidyName } from '#kernel/pure/text/index.ts'
import { countNames, type NameFrequencies } from './linkage-frequency.ts'
import { readName, type NameParts } from './linkage-name.ts'
import { birthInNumber, readLinkNumber, type LinkNumber } from './linkage-number.ts'
import type { SyllableOf } from './linkage-sounds.ts'
import type { LinkPlace, LinkSubject } from './linkage-subject.ts'

/** A person of the register as the search for duplicates takes him. */
export interface PackedInput {
  personId: string
  householdId: string
  name: string
  idNumber: string
  bornOn: string
  sex: 'male' | 'female' | ''
  phones: readonly string[]
  place: LinkPlace
}

/** The register in typed arrays, some 65 bytes a person beside the names; numbers stand as two integers, -1 for none. */
export interface PackedRegister {
  readonly persons: number
  readonly personIds: Uint8Array
  readonly nameOf: Int32Array
  readonly names: readonly string[]
  readonly high: Int32Array
  readonly low: Int32Array
  readonly marks: Uint8Array
  /** yyyymmdd as stated, else as the number says; 0 for none. */
  readonly born: Int32Array
  readonly household: Int32Array
  readonly placeOf: Int32Array
  readonly places: readonly LinkPlace[]
  /** Two each; 0 for none. */
  readonly phones: Float64Array
}

export const mark = { right: 1, tailLost: 2, old: 4, male: 8, female: 16 } as const

/** Packs persons one after the other; `room` is how many there will be, or a guess. */
export function packRegister(room: number): { add(person: PackedInput): void; finish(): PackedRegister } {
  let size = Math.max(64, room)
  let persons = 0
  let wide = { personIds: new Uint8Array(size * 16), marks: new Uint8Array(size), phones: new Float64Array(size * 2) }
  let ints = makeInts(size)
  const [names, households, places] = [numbering(), numbering(), numbering()]
  const placeList: LinkPlace[] = []
  const grow = () => {
    size *= 2
    const [oldWide, oldInts] = [wide, ints]
    wide = { personIds: new Uint8Array(size * 16), marks: new Uint8Array(size), phones: new Float64Array(size * 2) }
    wide.personIds.set(oldWide.personIds)
    wide.marks.set(oldWide.marks)
    wide.phones.set(oldWide.phones)
    ints = makeInts(size)
    for (const key of intKeys) ints[key].set(oldInts[key])
  }
  return {
    add(person) {
      if (persons === size) grow()
      const at = persons
      const number = readLinkNumber(person.idNumber)
      ints.nameOf[at] = names.of(tidyName(person.name))
      ints.high[at] = number.text === '' ? -1 : Number(number.text.slice(0, 9))
      ints.low[at] = number.text === '' ? -1 : lowOf(number.text)
      ints.born[at] = Number((person.bornOn === '' ? birthInNumber(number) : person.bornOn).replaceAll('-', ''))
      ints.household[at] = households.of(person.householdId)
      const place = places.of(`${person.place.township}|${person.place.village}|${person.place.group}`)
      if (place === placeList.length) placeList.push(person.place)
      ints.placeOf[at] = place
      wide.marks[at] = marksOf(number, person.sex)
      person.phones.slice(0, 2).forEach((phone, which) => {
        wide.phones[at * 2 + which] = /^\d{7,12}$/.test(phone) ? Number(phone) : 0
      })
      putId(wide.personIds, at, person.personId)
      persons += 1
    },
    finish() {
      households.list()
      places.list()
      return { persons, ...wide, ...ints, names: names.list(), places: placeList }
    },
  }
}

const intKeys = ['nameOf', 'high', 'low', 'born', 'household', 'placeOf'] as const

function makeInts(size: number) {
  const ints = () => new Int32Array(size)
  return { nameOf: ints(), high: ints(), low: ints(), born: ints(), household: ints(), placeOf: ints() }
}

function numbering(): { of(text: string): number; list(): string[] } {
  const known = new Map<string, number>()
  return {
    of(text) {
      const number = known.get(text)
      if (number !== undefined) return number
      known.set(text, known.size)
      return known.size - 1
    },
    list() {
      const texts = [...known.keys()]
      known.clear()
      return texts
    },
  }
}

function marksOf(number: LinkNumber, sex: PackedInput['sex']): number {
  return (
    (number.isRight ? mark.right : 0) |
    (number.isTailLost ? mark.tailLost : 0) |
    (number.isOld ? mark.old : 0) |
    (sex === 'male' ? mark.male : sex === 'female' ? mark.female : 0)
  )
}

function lowOf(number: string): number {
  return Number(number.slice(9, 17)) * 11 + (number.charCodeAt(17) === 88 ? 10 : number.charCodeAt(17) - 48)
}

/** The 18 characters of a packed number; '' for none. */
export function numberAt({ high, low }: PackedRegister, at: number): string {
  const [first = -1, second = 0] = [high[at], low[at]]
  if (first < 0) return ''
  const check = second % 11
  return `${String(first).padStart(9, '0')}${String((second - check) / 11).padStart(8, '0')}${check === 10 ? 'X' : check}`
}

function putId(bytes: Uint8Array, at: number, id: string): void {
  const hex = id.replaceAll('-', '')
  for (let byte = 0; byte < 16; byte += 1) bytes[at * 16 + byte] = Number.parseInt(hex.slice(byte * 2, byte * 2 + 2), 16)
}

/** The id of a packed person. */
export function personIdAt({ personIds }: PackedRegister, at: number): string {
  let hex = ''
  for (let byte = at * 16; byte < at * 16 + 16; byte += 1) hex += (personIds[byte] ?? 0).toString(16).padStart(2, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** How often the names of a packed register occur, and by which sound each may have been meant. */
export interface PackedNames {
  frequencies: NameFrequencies
  /** For each name a number that is equal for names that sound alike, and one for the surname alone. */
  fold: Int32Array
  surnameFold: Int32Array
  partsOf(name: number): NameParts
}

const rememberedNames = 40_000

/** Reads every name of a packed register once. */
export function readNames(register: PackedRegister, syllableOf: SyllableOf): PackedNames {
  const times = new Int32Array(register.names.length)
  for (let at = 0; at < register.persons; at += 1) times[register.nameOf[at] ?? 0] = (times[register.nameOf[at] ?? 0] ?? 0) + 1
  const frequencies = countNames()
  const [fold, surnameFold] = [new Int32Array(times.length), new Int32Array(times.length)]
  register.names.forEach((written, name) => {
    const parts = readName(written, syllableOf)
    frequencies.add(parts, times[name])
    surnameFold[name] = hashOf(parts.surname.keys.fold)
    fold[name] = written === '' ? 0 : hashOf(`${parts.surname.keys.fold}|${parts.given.keys.fold}`)
  })
  const remembered = new Map<number, NameParts>()
  return {
    frequencies,
    fold,
    surnameFold,
    partsOf(name) {
      const known = remembered.get(name)
      if (known !== undefined) return known
      if (remembered.size >= rememberedNames) remembered.clear()
      const parts = readName(register.names[name] ?? '', syllableOf)
      remembered.set(name, parts)
      return parts
    },
  }
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash | 0 || 1
}

/** A packed person as comparison takes him. */
export function subjectAt(register: PackedRegister, names: PackedNames, at: number): LinkSubject {
  const marks = register.marks[at] ?? 0
  const born = String(register.born[at] ?? 0)
  return {
    name: names.partsOf(register.nameOf[at] ?? 0),
    number: {
      text: numberAt(register, at),
      isRight: (marks & mark.right) !== 0,
      isOld: (marks & mark.old) !== 0,
      isTailLost: (marks & mark.tailLost) !== 0,
    },
    bornOn: born.length === 8 ? `${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}` : '',
    sex: (marks & mark.male) !== 0 ? 'male' : (marks & mark.female) !== 0 ? 'female' : '',
    phones: [register.phones[at * 2] ?? 0, register.phones[at * 2 + 1] ?? 0].filter((phone) => phone > 0).map(String),
    place: register.places[register.placeOf[at] ?? 0] ?? { township: '', village: '', group: '' },
  }
}
