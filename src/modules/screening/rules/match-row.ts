import { tidyName } from '#kernel/pure/text/index.ts'
import type { MatchCause, MatchClass } from '../contract.ts'
import { phoneNumber } from './build-index.ts'
import { hasBirthDay, highOf, lowOf, readIdCell, writeNumber, type IdCell } from './id-cell.ts'
import { soundsLike } from './like-names.ts'
import { canNameSuffice, isLikeNamed, pickLikely, readingsOf } from './likeness.ts'
import { listCalled } from './list-called.ts'
import { findByNumber, hasName, isNameOfOne, listByNumber, listByPrefix, listBySound, membersOf } from './look-up.ts'
import { groupKey } from './locate.ts'
import { digitsOf, visitNear } from './near-numbers.ts'
import type { RegisterIndex } from './register-layout.ts'
import type { Matcher, RowPerson } from './row-person.ts'

export type { Matcher, RowPerson } from './row-person.ts'

/** `person` is -1 unless the class ties the row to one. `number` is the number of 18 characters that the row states, '' for none. */
export interface RowMatch {
  class: MatchClass
  cause: MatchCause
  person: number
  candidates: readonly number[]
  number: string
}

/** Decides whom a row means (design.md §5; reading of the classes in the README of the module). */
export function matchRow(matcher: Matcher, row: RowPerson): RowMatch {
  const name = tidyName(row.name)
  const cell = readIdCell(row.id, row.lostTail)
  if (cell.state === 'number') return matchNumber(matcher, row, { name, cell })
  if (cell.state === 'old15') return matchOld(matcher, row, { name, number: cell.number })
  return matchByName(matcher, row, { name, isNumbered: false })
}

type NumberCell = Extract<IdCell, { state: 'number' }>

function matchNumber(matcher: Matcher, row: RowPerson, { name, cell }: { name: string; cell: NumberCell }): RowMatch {
  const { number } = cell
  const owners = listByNumber(matcher.index, highOf(number), lowOf(number))
  if (owners.length > 0 && cell.tail !== 'lost') {
    const owned = matchOwners(matcher, owners, { name, hasNames: row.hasNames })
    if (owned !== undefined) {
      const usual = cell.usual === 'as-written' ? 'exact' : 'normalised'
      const repaired = owned.cause === 'head-number'
      if (owned.person < 0) return { ...owned, number }
      return repaired ? { ...owned, class: 'repaired', number } : { ...owned, class: usual, cause: cell.usual, number }
    }
  }
  const tails = cell.tail === 'kept' ? nobody : listByPrefix(matcher.index, highOf(number), lowOf(number))
  const tail = only(aliked(matcher, tails, name), 'tail-lost')
  if (tail !== undefined) return { ...tail, number }
  if (owners.length > 0)
    return (
      likely(matcher, row, withMembers(matcher, owners)) ?? {
        class: 'ambiguous',
        cause: 'name-differs',
        person: -1,
        candidates: owners,
        number,
      }
    )
  if (cell.valid && cell.tail !== 'lost') return none('not-in-register', number)
  const near = name === '' || cell.tail === 'lost' ? nobodyNear : listNear(matcher, number)
  const slip = ofNear(matcher, near, name)
  if (slip !== undefined) return { ...slip, number }
  const persons = name === '' ? nobody : cell.tail === 'kept' ? near.persons : tails
  return (persons.length === 0 ? undefined : likely(matcher, row, persons)) ?? matchBroken(matcher, row, { name, number })
}

const nobody: readonly number[] = []

function aliked(matcher: Matcher, persons: readonly number[], name: string): readonly number[] {
  return persons.length === 0 ? persons : persons.filter((person) => isAlike(matcher, person, name))
}

/** One of the persons to whom the number leads, under a name that was misheard, exchanged or cut: where enough speaks for it. */
function likely(matcher: Matcher, row: RowPerson, persons: readonly number[]): RowMatch | undefined {
  if (tidyName(row.name).length < 2) return undefined
  const found = pickLikely(matcher, row, persons)
  return found === undefined ? undefined : { class: 'repaired', cause: 'name-similar', person: found, candidates: [found], number: '' }
}

function withMembers({ index }: Matcher, owners: readonly number[]): readonly number[] {
  return owners.flatMap((owner) => membersOf(index, index.householdOf[owner] ?? 0))
}

/** Places in which two numbers must agree before a spoilt one may speak for a person found by name. */
const agreeing = 12

/** A spoilt number that leads nowhere is of no use, but what is left of it may not speak against the person found by name. */
function matchBroken(matcher: Matcher, row: RowPerson, { name, number }: { name: string; number: string }): RowMatch {
  const isNumbered = hasBirthDay(number)
  const named = matchByName(matcher, row, { name, isNumbered })
  if (named.class === 'none') return isNumbered ? none('not-in-register', number) : named
  if (named.class === 'ambiguous') {
    const near = named.candidates.filter((person) => agreesIn(matcher, person, number) >= agreeing)
    return byLikeness(matcher, row, near) ?? { ...named, number }
  }
  const agree = agreesIn(matcher, named.person, number)
  return agree >= agreeing ? named : { class: 'ambiguous', cause: 'no-usable-number', person: -1, candidates: named.candidates, number }
}

/** Places in which the person's number is the same; all where the register has none. */
function agreesIn({ index }: Matcher, person: number, number: string): number {
  const high = index.idHigh[person] ?? -1
  if (high < 0) return number.length
  const registered = writeNumber(high, index.idLow[person] ?? 0)
  let agree = 0
  for (let at = 0; at < number.length; at += 1) if (registered.charCodeAt(at) === number.charCodeAt(at)) agree += 1
  return agree
}

function matchOld(matcher: Matcher, row: RowPerson, { name, number }: { name: string; number: string }): RowMatch {
  const owners = listByNumber(matcher.index, highOf(number), lowOf(number))
  const owned = matchOwners(matcher, owners, { name, hasNames: row.hasNames })
  if (owned === undefined)
    return (owners.length === 0 ? undefined : likely(matcher, row, withMembers(matcher, owners))) ?? none('not-in-register', number)
  if (owned.person < 0) return { ...owned, number }
  return { ...owned, class: 'repaired', cause: owned.cause === 'head-number' ? 'head-number' : 'old-15-digits', number }
}

/** The number is in the register: by its owner when the name agrees, by the household's member of that name, else for a person to decide. */
function matchOwners(
  matcher: Matcher,
  owners: readonly number[],
  row: { name: string; hasNames: boolean },
): Omit<RowMatch, 'number'> | undefined {
  if (owners.length === 0) return undefined
  const alike = row.name === '' && !row.hasNames ? owners : owners.filter((person) => isAlike(matcher, person, row.name))
  const owner = only(alike, 'as-written')
  if (owner !== undefined) return owner
  const members = owners
    .flatMap((person) => membersOf(matcher.index, matcher.index.householdOf[person] ?? 0))
    .filter((member) => isAlike(matcher, member, row.name))
  return only([...new Set(members)], 'head-number')
}

function only(persons: readonly number[], cause: MatchCause): Omit<RowMatch, 'number'> | undefined {
  const [first] = persons
  if (first === undefined) return undefined
  if (persons.length > 1) return { class: 'ambiguous', cause: 'several-fit', person: -1, candidates: persons }
  return { class: 'repaired', cause, person: first, candidates: persons }
}

function none(cause: MatchCause, number: string): RowMatch {
  return { class: 'none', cause, person: -1, candidates: [], number }
}

/** Of persons found by name the one for whom enough speaks: telephone, place, what is left of the number. */
function byLikeness(matcher: Matcher, row: RowPerson, persons: readonly number[]): RowMatch | undefined {
  if (persons.length === 0 || persons.length > mostLikely) return undefined
  const found = pickLikely(matcher, row, persons)
  return found === undefined ? undefined : { class: 'fuzzy', cause: 'by-likeness', person: found, candidates: [found], number: '' }
}

const mostLikely = 60

/** Equal in writing or of one sound; traditional characters sound as the simplified. Nothing is like an empty name. */
export function isAlike({ index, soundOf }: Matcher, person: number, name: string): boolean {
  return name !== '' && (hasName(index, person, name) || index.sound[person] === soundOf(name))
}

/** Registered persons whose number is one slip away, whatever their names; `exchanged`: those by two exchanged neighbours. */
interface Near {
  persons: readonly number[]
  exchanged: readonly number[]
}

const nobodyNear: Near = { persons: nobody, exchanged: nobody }
const near = new Uint8Array(18)

/**
 * Registered persons whose number differs by one character or by two exchanged neighbours. Only for numbers whose check character is wrong:
 * of two numbers that are both right, one is not a slip of the other.
 */
function listNear({ index }: Matcher, number: string): Near {
  let found: { persons: number[]; exchanged: number[] } | undefined
  digitsOf(number, near)
  visitNear(near, (high, low, how) => {
    if (findByNumber(index, high, low) < 0) return
    found ??= { persons: [], exchanged: [] }
    for (const person of listByNumber(index, high, low)) {
      if (!found.persons.includes(person)) found.persons.push(person)
      if (how === 'exchanged') found.exchanged.push(person)
    }
  })
  return found ?? nobodyNear
}

/** Those near whose name agrees. */
function ofNear(matcher: Matcher, { persons, exchanged }: Near, name: string): Omit<RowMatch, 'number'> | undefined {
  const alike = aliked(matcher, persons, name)
  return only(alike, alike.some((person) => exchanged.includes(person)) ? 'neighbours-exchanged' : 'one-digit-differs')
}

/**
 * No usable number: by name with place, or with telephone; an equal written name goes before a like-sounding one. `isNumbered`: the row has a
 * number that leads to nobody.
 */
function matchByName(matcher: Matcher, row: RowPerson, { name, isNumbered }: { name: string; isNumbered: boolean }): RowMatch {
  if (name.length < 2) return none(name === '' ? 'no-person' : 'no-usable-number', '')
  const phone = phoneNumber(row.phone)
  const { index, soundOf } = matcher
  const sound = soundOf(name)
  if (!row.place.given && phone === -1) {
    const named = listBySound(index, sound)
    if (named.length === 0) return none('no-usable-number', '')
    return { class: 'ambiguous', cause: 'no-usable-number', person: -1, candidates: writtenFirst(matcher, named, name), number: '' }
  }
  const { villages } = row.place
  const here = villages.length === 0 ? nobody : writtenFirst(matcher, listBySound(index, sound, isOf(matcher, villages)), name)
  if (here.length === 1) return againstRivals(matcher, row, { here, phone, villages })
  const called = (persons: readonly number[]) => persons.filter((person) => hasPhone(index, person, phone))
  const calling = phone === -1 ? [] : writtenFirst(matcher, called(here.length > 0 ? here : listBySound(index, sound)), name)
  if (calling.length === 1) return fuzzy(calling, 'by-phone')
  const several = here.length > 0 ? here : calling
  if (several.length > 0) return { class: 'ambiguous', cause: 'several-fit', person: -1, candidates: several, number: '' }
  const like = byLikeness(matcher, row, listLike(matcher, row, { villages, phone }))
  if (like !== undefined) return like
  if (villages.length === 0) return none(row.place.given ? 'place-unknown' : 'no-usable-number', '')
  // The register knows one person of this name, elsewhere: perhaps moved, never enough to assign. Of a number that leads to nobody it says
  // nothing.
  return none(!isNumbered && isNameOfOne(index, sound, name) ? 'moved' : 'no-usable-number', '')
}

/** Tells of a place whether it lies in one of the villages. */
function isOf({ locator }: Matcher, villages: readonly number[]): (place: number) => boolean {
  const { villageOf } = locator
  if (villages.length !== 1) return (place) => villages.includes(villageOf[place] ?? -1)
  const [only] = villages
  return (place) => villageOf[place] === only
}

/**
 * The one of this name in the village. Where the row names another group or telephone, perhaps a namesake lives here and the row means
 * whoever it describes, under a name cut or misheard: then enough must speak for one of them.
 */
function againstRivals(
  matcher: Matcher,
  row: RowPerson,
  { here, phone, villages }: { here: readonly number[]; phone: number; villages: readonly number[] },
): RowMatch {
  const { index } = matcher
  const [named = 0] = here
  const isCalled = phone === -1 || isReached(index, named, phone)
  const group = groupKey(row.group ?? '')
  const isHome = group === '' || ['', group].includes(groupOf(matcher, named))
  if (isCalled && isHome) return fuzzy(here, 'by-place')
  const rivals = listLike(matcher, row, { villages: isHome ? nobody : villages, phone }).filter(
    (person) => hasPhone(index, person, phone) || (!isHome && groupOf(matcher, person) === group),
  )
  // Of another group and written otherwise: two things against one.
  if (rivals.length === 0 && (isHome || hasName(index, named, tidyName(row.name)))) return fuzzy(here, 'by-place')
  const persons = [...here, ...rivals]
  const like = byLikeness(matcher, row, persons)
  // The name speaks for the one, all the rest for another: a person decides.
  if (like !== undefined && !here.includes(like.person)) return like
  return { class: 'ambiguous', cause: 'several-fit', person: -1, candidates: persons, number: '' }
}

function groupOf({ index, locator }: Matcher, person: number): string {
  return locator.groupOf[index.placeOf[index.householdOf[person] ?? 0] ?? 0] ?? ''
}

/** True when the telephone is the household's, or the household's is not known. */
function isReached(index: RegisterIndex, person: number, phone: number): boolean {
  const members = membersOf(index, index.householdOf[person] ?? 0)
  return hasPhone(index, person, phone) || members.every((member) => index.phone[member] === -1 && index.otherPhone[member] === -1)
}

/**
 * Persons of the villages whose name was misheard, put in another order or lengthened, and whoever answers the telephone: there a
 * character may be missing as well.
 */
function listLike(matcher: Matcher, row: RowPerson, { villages, phone }: { villages: readonly number[]; phone: number }): number[] {
  const readings = readingsOf(matcher)
  if (readings === undefined) return []
  const { index } = matcher
  const found = listCalled(index, phone).filter((person) => isLikeNamed(matcher, row, person))
  if (villages.length === 0 || (phone === -1 && row.id === '' && !canNameSuffice(matcher, row))) return found
  const isThere = isOf(matcher, villages)
  for (const sound of soundsLike(readings, tidyName(row.name))) found.push(...listBySound(index, sound, isThere))
  return found
}

function fuzzy(persons: readonly number[], cause: MatchCause): RowMatch {
  return { class: 'fuzzy', cause, person: persons[0] ?? -1, candidates: persons, number: '' }
}

function writtenFirst({ index }: Matcher, persons: readonly number[], name: string): readonly number[] {
  const written = persons.filter((person) => hasName(index, person, name))
  return written.length > 0 ? written : persons
}

/** The telephone is the person's own, the household's, or that of another member (children are reached by their parents). */
function hasPhone(index: RegisterIndex, person: number, phone: number): boolean {
  if (phone === -1) return false
  return membersOf(index, index.householdOf[person] ?? 0).some(
    (member) => index.phone[member] === phone || index.otherPhone[member] === phone,
  )
}
