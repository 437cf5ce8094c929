import { tidyName } from '#kernel/pure/text/index.ts'
import { givenNameOf } from './given-name.ts'
import { plainCharacter } from './plain-character.ts'
import { doubleReadings, foldSyllable, type SyllableOf } from './linkage-sounds.ts'

/** A name taken apart for comparison: as written, in plain characters, by sound, and by the sound that may have been meant. */
export interface NameParts {
  written: string
  surname: NamePart
  given: NamePart
}
export interface NamePart {
  written: string
  /** Variant and traditional characters written the usual way. */
  plain: readonly string[]
  sounds: readonly string[]
  folds: readonly string[]
  /** The three as one text each, as names are counted by them. */
  keys: { plain: string; sound: string; fold: string }
}

export const surnameLevels = ['written', 'variant', 'sound', 'similar', 'differs', 'absent'] as const
export type SurnameLevel = (typeof surnameLevels)[number]
export const givenLevels = ['written', 'variant', 'sound', 'similar', 'swapped', 'missing', 'one-differs', 'differs', 'absent'] as const
export type GivenLevel = (typeof givenLevels)[number]

/** Takes a name apart. Of a name with a middle dot the part behind the dot stands where others have the surname. */
export function readName(name: string, syllableOf: SyllableOf): NameParts {
  const written = tidyName(name)
  const dot = written.indexOf('·')
  const characters = Array.from(written)
  const givenLength = Array.from(givenNameOf(characters.map(plainCharacter).join(''))).length
  const given = dot > 0 ? written.slice(0, dot) : characters.slice(characters.length - givenLength).join('')
  const surname = dot > 0 ? written.slice(dot + 1) : characters.slice(0, characters.length - givenLength).join('')
  return { written, surname: readPart(surname, dot > 0 ? 'given' : 'surname', syllableOf), given: readPart(given, 'given', syllableOf) }
}

function readPart(written: string, as: 'surname' | 'given', syllableOf: SyllableOf): NamePart {
  const plain = Array.from(written, plainCharacter)
  const double = as === 'surname' && plain.length === 2 ? doubleReadings[plain.join('')] : undefined
  const sounds = double?.split(' ') ?? plain.map((character) => syllableOf(character, plain.length > 1 ? 'given' : as))
  const folds = sounds.map(foldSyllable)
  return { written, plain, sounds, folds, keys: { plain: plain.join(''), sound: sounds.join(' '), fold: folds.join(' ') } }
}

/** How alike two surnames are. */
export function compareSurnames(one: NamePart, other: NamePart): SurnameLevel {
  if (one.written === '' || other.written === '') return 'absent'
  return likeness(one, other) ?? 'differs'
}

/** How alike two given names are; `swapped`: the same characters in another order, `missing`: one has a character that the other lacks. */
export function compareGiven(one: NamePart, other: NamePart): GivenLevel {
  if (one.written === '' || other.written === '') return 'absent'
  const whole = likeness(one, other)
  if (whole !== undefined) return whole
  if (one.plain.length !== other.plain.length) return lacksOne(one.sounds, other.sounds) ? 'missing' : 'differs'
  if (one.plain.length < 2) return 'differs'
  if (isSame([...one.sounds].sort(), [...other.sounds].sort())) return 'swapped'
  return one.sounds.some((sound, at) => sound === other.sounds[at]) ? 'one-differs' : 'differs'
}

function likeness(one: NamePart, other: NamePart): 'written' | 'variant' | 'sound' | 'similar' | undefined {
  if (one.written === other.written) return 'written'
  if (one.keys.plain === other.keys.plain) return 'variant'
  if (one.keys.sound === other.keys.sound) return 'sound'
  return one.keys.fold === other.keys.fold ? 'similar' : undefined
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at])
}

/** True when the shorter is the longer without one of its parts. */
function lacksOne(one: readonly string[], other: readonly string[]): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (long.length !== short.length + 1) return false
  return long.some((_, out) =>
    isSame(
      short,
      long.filter((_sound, at) => at !== out),
    ),
  )
}
