import { checkCharacterOf, widenIdNumber } from '#kernel/pure/text/index.ts'
import type { Match } from './entry.ts'
import { readingOf, soundOf } from './names.ts'
import type { Household, Person } from './people.ts'
import type { Cell } from './sheet.ts'

/** The register as a reader would index it. */
export interface RegisterIndex {
  byId: ReadonlyMap<string, Person>
  byFirst15: ReadonlyMap<string, readonly Person[]>
  bySound: ReadonlyMap<string, readonly Person[]>
}

/** What a row says of a person, as written. Empty place or phone: the list does not have it. */
export interface Clue {
  id: Cell
  name: string
  township: string
  village: string
  phone: string
}

/** Indexes a register once for all rows. */
export function indexRegister(households: readonly Household[]): RegisterIndex {
  const byId = new Map<string, Person>()
  const byFirst15 = new Map<string, Person[]>()
  const bySound = new Map<string, Person[]>()
  const put = (map: Map<string, Person[]>, key: string, person: Person): void => {
    const known = map.get(key)
    if (known === undefined) map.set(key, [person])
    else known.push(person)
  }
  for (const household of households)
    for (const person of household.members) {
      byId.set(person.idNumber, person)
      put(byFirst15, person.idNumber.slice(0, 15), person)
      put(bySound, soundOf(person.name), person)
    }
  return { byId, byFirst15, bySound }
}

/** Reads one row against the register by the published definitions of the match classes. Knows nothing of what was planted. */
export function matchRow(index: RegisterIndex, clue: Clue): Match {
  const raw = typeof clue.id === 'object' ? clue.id.digits : String(clue.id)
  const exact = index.byId.get(raw)
  if (exact !== undefined && isAlike(exact, clue.name)) return { class: 'exact', person: exact }
  const plain = raw
    .normalize('NFKC')
    .replace(/[\s'’]/g, '')
    .toUpperCase()
  const stem = /^\d{17}[\dX]\d\dB?\d?$/.test(plain) ? plain.slice(0, 18) : plain
  const known = index.byId.get(stem)
  if (known !== undefined) return isAlike(known, clue.name) ? { class: 'normalised', person: known } : matchMember(known, clue.name)
  const old = widenIdNumber(stem)
  if (old !== undefined) return onlyOne(alike(known15(index, old), clue.name)) ?? { class: 'none', person: undefined }
  if (!/^\d{17}[\dX]$/.test(stem) || stem.startsWith('999999')) return matchByName(index, clue)
  return matchBroken(index, clue, stem)
}

/** True when both the loose (without tones) and the strict reading (with tones) of names lead to the same person. */
export function isClearCut(index: RegisterIndex, clue: Clue, match: Match): boolean {
  if (match.class !== 'fuzzy' && match.class !== 'ambiguous') return true
  const sound = soundOf(clue.name)
  const reading = readingOf(clue.name)
  const strictly = new Map([[sound, (index.bySound.get(sound) ?? []).filter((person) => readingOf(person.name) === reading)]])
  const strict = matchByName({ ...index, bySound: strictly }, clue)
  return strict.class === match.class && strict.person === match.person
}

/** Names are alike when equal, of one sound, or written in variants, spaces aside. */
export function isAlike(person: Person, name: string): boolean {
  return person.name === name || soundOf(person.name) === soundOf(name)
}

function matchMember(head: Person, name: string): Match {
  const members = alike(head.household.members, name)
  return (head.order === 1 ? onlyOne(members) : undefined) ?? { class: 'ambiguous', person: undefined }
}

function matchBroken(index: RegisterIndex, clue: Clue, number: string): Match {
  if (number.endsWith('000')) {
    const found = alike(index.byFirst15.get(number.slice(0, 15)) ?? [], clue.name)
    if (found.length > 0) return onlyOne(found) ?? { class: 'ambiguous', person: undefined }
  }
  if (checkCharacterOf(number.slice(0, 17)) === number[17]) return { class: 'none', person: undefined }
  const found = alike(oneSlipAway(index, number), clue.name)
  if (found.length > 0) return onlyOne(found) ?? { class: 'ambiguous', person: undefined }
  return matchByName(index, clue)
}

/** Registered persons whose number differs in one digit or in the order of two neighbours. */
export function oneSlipAway(index: RegisterIndex, number: string): Person[] {
  const found = new Set<Person>()
  const look = (other: string): void => {
    const person = index.byId.get(other)
    if (person !== undefined) found.add(person)
  }
  for (let at = 0; at < 18; at += 1) {
    for (const digit of at === 17 ? '0123456789X' : '0123456789') look(number.slice(0, at) + digit + number.slice(at + 1))
    if (at < 17) look(number.slice(0, at) + number.slice(at + 1, at + 2) + number.slice(at, at + 1) + number.slice(at + 2))
  }
  return [...found]
}

function matchByName(index: RegisterIndex, clue: Clue): Match {
  const name = clue.name.replace(/\s/g, '')
  const all = index.bySound.get(soundOf(clue.name)) ?? []
  const prefer = (people: readonly Person[]): readonly Person[] => {
    const equal = people.filter((person) => person.name === name)
    return equal.length > 0 ? equal : people
  }
  const onPhone = (people: readonly Person[]): readonly Person[] =>
    clue.phone === '' ? [] : people.filter((person) => person.phone === clue.phone || person.household.phone === clue.phone)
  if (clue.village === '' && clue.phone === '') return { class: all.length > 0 ? 'ambiguous' : 'none', person: undefined }
  const here = prefer(clue.village === '' ? [] : all.filter((person) => livesAt(person, clue)))
  if (here.length === 1) return { class: 'fuzzy', person: here[0] }
  const reached = prefer(onPhone(here.length > 1 ? here : all))
  if (reached.length === 1) return { class: 'fuzzy', person: reached[0] }
  return { class: here.length + reached.length > 0 ? 'ambiguous' : 'none', person: undefined }
}

function livesAt(person: Person, clue: Clue): boolean {
  const { village } = person.household
  return village.name === clue.village && village.township === clue.township
}

function alike(people: readonly Person[], name: string): Person[] {
  return people.filter((person) => isAlike(person, name))
}

function onlyOne(people: readonly Person[]): Match | undefined {
  return people.length === 1 ? { class: 'repaired', person: people[0] } : undefined
}

function known15(index: RegisterIndex, widened: string): Person[] {
  const person = index.byId.get(widened)
  return person === undefined ? [] : [person]
}
