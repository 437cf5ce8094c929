import {
  compareSubjects,
  countNames,
  linkagePolicy,
  readName,
  readNamedSubject,
  readSubject,
  weigh,
  type LinkScore,
  type LinkSubject,
  type NameFrequencies,
  type NameParts,
} from '#modules/registry/rules/index.ts'
import { phoneNumber } from './build-index.ts'
import { highOf, lowOf, writeNumber } from './id-cell.ts'
import type { Readings, SoundWithReadings } from './like-names.ts'
import { groupKey } from './locate.ts'
import { listByNumber, membersOf } from './look-up.ts'
import type { Matcher, RowPerson } from './row-person.ts'
import { textAt, type RegisterIndex } from './register-layout.ts'

/** Names are counted in so many persons spread over the register: enough to know frequent ones, little to wait for. */
const sampled = 8_000
const counted = new WeakMap<RegisterIndex, NameFrequencies>()

/** The sounds of characters in letters, when the matcher's tables can say them. */
export function readingsOf({ soundOf }: Matcher): Readings | undefined {
  // Safe: a property that only `makeSoundOf` gives.
  return (soundOf as SoundWithReadings).readings
}

function namesOf(index: RegisterIndex, readings: Readings): NameFrequencies {
  const known = counted.get(index)
  if (known !== undefined) return known
  const names = countNames()
  const step = Math.max(1, Math.floor(index.persons / sampled))
  for (let person = 0; person < index.persons; person += step)
    names.add(readName(textAt(index, index.nameAt[person] ?? 0), readings.syllableOf))
  counted.set(index, names)
  return names
}

/** Counts the register's names before the first row is read, so that no row has to wait for it. */
export function learnNames(matcher: Matcher): void {
  const readings = readingsOf(matcher)
  if (readings !== undefined) namesOf(matcher.index, readings)
}

/** How much speaks for the row being about the person, step by step; `undefined` where sounds cannot be read. */
export function scoreRow(matcher: Matcher, row: RowPerson, person: number): LinkScore | undefined {
  const readings = readingsOf(matcher)
  if (readings === undefined) return undefined
  const { index } = matcher
  const [one, other] = [rowSubject(matcher, row, { person, readings }), personSubject(index, person, readings)]
  const levels = compareSubjects(one, other, isOfHousehold(index, one.number.text, person))
  const phone = phoneLevel(index, person, phoneNumber(row.phone))
  const scale = { persons: index.persons, odds: linkagePolicy.odds.rowIsRegistered, names: namesOf(index, readings) }
  return weigh(scale, { ...levels, phone }, { one, other })
}

function personSubject(index: RegisterIndex, person: number, { syllableOf }: Readings): LinkSubject {
  const high = index.idHigh[person] ?? -1
  const idNumber = high < 0 ? '' : writeNumber(high, index.idLow[person] ?? 0)
  return readSubject({ name: textAt(index, index.nameAt[person] ?? 0), idNumber, phones: [], place: placeOf(index, person) }, syllableOf)
}

function placeOf(index: RegisterIndex, person: number): { township: string; village: string; group: string } {
  const { township = '', village = '', group = '' } = index.places[index.placeOf[index.householdOf[person] ?? 0] ?? 0] ?? {}
  return { township, village, group: groupKey(group) }
}

let readLast: { name: string; readings: Readings; parts: NameParts } | undefined

/** The name of a row taken apart; one row asks for it once for each person it may mean. */
function namePartsOf(name: string, readings: Readings): NameParts {
  if (readLast?.name !== name || readLast.readings !== readings) readLast = { name, readings, parts: readName(name, readings.syllableOf) }
  return readLast.parts
}

/** The row with the person's village where it may mean that, else with the first that it may mean. */
function rowSubject(matcher: Matcher, row: RowPerson, given: { person: number; readings: Readings }): LinkSubject {
  const { index, locator } = matcher
  const home = locator.villageOf[index.placeOf[index.householdOf[given.person] ?? 0] ?? 0] ?? -1
  const [first] = row.place.villages
  const village = row.place.villages.includes(home) ? home : first
  const named = village === undefined ? undefined : locator.names[village]
  const place = { township: named?.township ?? '', village: named?.village ?? '', group: groupKey(row.group ?? '') }
  const name = namePartsOf(row.name, given.readings)
  return readNamedSubject({ name, idNumber: row.id, lostTail: row.lostTail, phones: [], place })
}

function isOfHousehold(index: RegisterIndex, number: string, person: number): boolean {
  if (number === '') return false
  const household = index.householdOf[person]
  return listByNumber(index, highOf(number), lowOf(number)).some((owner) => owner !== person && index.householdOf[owner] === household)
}

/** Telephones are the household's: children are reached by their parents. */
function phoneLevel(index: RegisterIndex, person: number, phone: number): 'same' | 'differs' | 'absent' {
  if (phone === -1) return 'absent'
  const known = membersOf(index, index.householdOf[person] ?? 0).flatMap((one) => [index.phone[one] ?? -1, index.otherPhone[one] ?? -1])
  if (known.includes(phone)) return 'same'
  return known.every((one) => one === -1) ? 'absent' : 'differs'
}

/** Another given name is never assigned by itself: brothers share all the rest, also a number that was written down wrongly. */
function isAnother({ steps }: LinkScore): boolean {
  return steps.some((step) => step.of === 'given' && (step.level === 'differs' || step.level === 'one-differs'))
}

/**
 * The most that place and a misheard name could ever say for somebody of this row, when it has neither number nor telephone: names that
 * are frequent cannot reach the threshold, and need not be looked for.
 */
export function canNameSuffice(matcher: Matcher, row: RowPerson): boolean {
  const readings = readingsOf(matcher)
  if (readings === undefined) return false
  const { persons } = matcher.index
  const { levels, odds, thresholds } = linkagePolicy
  const names = namesOf(matcher.index, readings)
  const parts = namePartsOf(row.name, readings)
  const bits = (level: { m: number; u?: number | undefined } | undefined, chance: number): number =>
    Math.log2((level?.m ?? 1) / (level?.u ?? chance))
  const surname = bits(levels.surname['written'], Math.min(1, names.shareOf('surname', 'plain', parts.surname.keys.plain)))
  const given = Math.max(
    bits(levels.given['similar'], names.shareOf('given', 'fold', parts.given.keys.fold)),
    bits(levels.given['swapped'], 1 / (names.persons + 1)),
  )
  const place = bits(levels.place[(row.group ?? '') === '' ? 'village' : 'group'], 1)
  return Math.log2(odds.rowIsRegistered / Math.max(1, persons)) + surname + given + place >= thresholds.match
}

/** True when the person's name may be what the row wrote, whatever else speaks for it or against. */
export function isLikeNamed(matcher: Matcher, row: RowPerson, person: number): boolean {
  const said = scoreRow(matcher, row, person)
  return said !== undefined && !isAnother(said) && !said.steps.some((step) => step.of === 'surname' && step.level === 'differs')
}

/** The one among several for whom enough speaks, and clearly more than for the next; `undefined` when a person must decide. */
export function pickLikely(matcher: Matcher, row: RowPerson, persons: readonly number[]): number | undefined {
  const { match, margin } = linkagePolicy.thresholds
  const scored: { person: number; score: number; isAnother: boolean }[] = []
  for (const person of new Set(persons)) {
    const said = scoreRow(matcher, row, person)
    if (said === undefined) return undefined
    scored.push({ person, score: said.score, isAnother: isAnother(said) })
  }
  const [best, second] = scored.sort((one, other) => other.score - one.score)
  if (best === undefined || best.isAnother || best.score < match) return undefined
  return second !== undefined && best.score - second.score < margin ? undefined : best.person
}
