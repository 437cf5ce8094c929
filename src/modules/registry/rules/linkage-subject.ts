import { tidy, tidyPhone } from '#kernel/pure/text/index.ts'
import { compareGiven, compareSurnames, readName, type GivenLevel, type NameParts, type SurnameLevel } from './linkage-name.ts'
import {
  birthInNumber,
  compareBirths,
  compareNumbers,
  readLinkNumber,
  type BirthLevel,
  type LinkNumber,
  type NumberLevel,
} from './linkage-number.ts'
import type { SyllableOf } from './linkage-sounds.ts'

/** Somebody as comparison sees him: a row of a list, or a person of the register. Unknown texts are ''. */
export interface LinkSubject {
  name: NameParts
  number: LinkNumber
  /** Stated beside the number; else read from it. */
  bornOn: string
  sex: 'male' | 'female' | ''
  /** Digits; the person's own and the household's. */
  phones: readonly string[]
  place: LinkPlace
}
/** Names of places, tidy; or any keys that are equal for the same place. */
export interface LinkPlace {
  township: string
  village: string
  group: string
}

export const phoneLevels = ['same', 'one-digit', 'differs', 'absent'] as const
export type PhoneLevel = (typeof phoneLevels)[number]
export const placeLevels = ['group', 'village', 'township', 'elsewhere', 'absent'] as const
export type PlaceLevel = (typeof placeLevels)[number]
export const sexLevels = ['same', 'differs', 'absent'] as const
export type SexLevel = (typeof sexLevels)[number]

/** How two subjects stand to each other in every respect. */
export interface Levels {
  surname: SurnameLevel
  given: GivenLevel
  number: NumberLevel
  birth: BirthLevel
  sex: SexLevel
  place: PlaceLevel
  phone: PhoneLevel
}

/** What a row or a person says, as written. */
export interface WrittenSubject {
  name: string
  idNumber: string
  lostTail?: boolean
  bornOn?: string
  sex?: 'male' | 'female' | ''
  phones: readonly string[]
  place: LinkPlace
}

/** Prepares what is written for comparison. */
export function readSubject(written: WrittenSubject, syllableOf: SyllableOf): LinkSubject {
  return readNamedSubject({ ...written, name: readName(written.name, syllableOf) })
}

/** The same of somebody whose name was taken apart already. */
export function readNamedSubject(written: Omit<WrittenSubject, 'name'> & { name: NameParts }): LinkSubject {
  const number = readLinkNumber(written.idNumber, written.lostTail ?? false)
  const { township, village, group } = written.place
  return {
    name: written.name,
    number,
    bornOn: written.bornOn ?? '',
    sex: written.sex ?? '',
    phones: written.phones.map(tidyPhone).filter((phone) => phone.length >= 7),
    place: { township: tidy(township), village: tidy(village), group: tidy(group) },
  }
}

const speaksOfBirth: ReadonlySet<NumberLevel> = new Set([
  'equal',
  'old-15',
  'tail-lost',
  'one-digit',
  'exchanged',
  'two-wrong',
  'both-right',
])

/** Compares two subjects. Birth and sex count only where the numbers do not speak of them already. */
export function compareSubjects(one: LinkSubject, other: LinkSubject, ofHousehold = false): Levels {
  const number = compareNumbers(one.number, other.number, ofHousehold)
  const birth = speaksOfBirth.has(number) ? 'in-number' : compareBirths(birthOf(one, ofHousehold), birthOf(other))
  return {
    surname: compareSurnames(one.name.surname, other.name.surname),
    given: compareGiven(one.name.given, other.name.given),
    number,
    birth,
    sex: speaksOfBirth.has(number) ? 'absent' : compareSexes(sexOf(one, ofHousehold), sexOf(other)),
    place: comparePlaces(one.place, other.place),
    phone: comparePhones(one.phones, other.phones),
  }
}

function birthOf(subject: LinkSubject, isNumberAnothers = false): string {
  return subject.bornOn !== '' || isNumberAnothers ? subject.bornOn : birthInNumber(subject.number)
}

function sexOf(subject: LinkSubject, isNumberAnothers = false): LinkSubject['sex'] {
  if (subject.sex !== '' || isNumberAnothers || !subject.number.isRight) return subject.sex
  return Number(subject.number.text[16]) % 2 === 1 ? 'male' : 'female'
}

function compareSexes(one: LinkSubject['sex'], other: LinkSubject['sex']): SexLevel {
  if (one === '' || other === '') return 'absent'
  return one === other ? 'same' : 'differs'
}

/** Places are compared as far down as both say something; a village of the same name in another township is another. */
function comparePlaces(one: LinkPlace, other: LinkPlace): PlaceLevel {
  if (one.township !== '' && other.township !== '' && one.township !== other.township) return 'elsewhere'
  if (one.village === '' || other.village === '') return one.township !== '' && one.township === other.township ? 'township' : 'absent'
  if (one.village !== other.village) return one.township === other.township && one.township !== '' ? 'township' : 'elsewhere'
  return one.group !== '' && one.group === other.group ? 'group' : 'village'
}

function comparePhones(ones: readonly string[], others: readonly string[]): PhoneLevel {
  if (ones.length === 0 || others.length === 0) return 'absent'
  if (ones.some((one) => others.includes(one))) return 'same'
  return ones.some((one) => others.some((other) => isOneDigitOff(one, other))) ? 'one-digit' : 'differs'
}

function isOneDigitOff(one: string, other: string): boolean {
  if (one.length !== other.length || one.length < 7) return false
  let differing = 0
  for (let at = 0; at < one.length && differing < 2; at += 1) if (one.charCodeAt(at) !== other.charCodeAt(at)) differing += 1
  return differing === 1
}
