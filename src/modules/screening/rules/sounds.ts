import { syllables, type Readings, type SoundWithReadings } from './like-names.ts'

/** The characters whose sounds are tabled: CJK extension A and the unified ideographs. */
const first = 0x3400
const count = 0xa000 - first

/** Sounds of characters as numbers, as a part of a given name and as a surname; 0 where not yet asked. */
export interface SoundTables {
  given: Int32Array
  surname: Int32Array
}

/** First characters of double surnames: a name that begins so may have to be read otherwise. */
export const doubleBeginnings = (): readonly string[] => Object.keys(doubleSurnames).map((surname) => surname.slice(0, 1))

/** The unit of the character whose sound stands first in the tables. */
export const firstTabled = first

/** Tells how one character is read, in letters without tones. */
export type ReadCharacter = (character: string, as: 'given' | 'surname') => string

/** Double surnames whose first character is read otherwise than as a surname of its own. */
const doubleSurnames: Readonly<Record<string, string>> = {
  单于: 'chan yu',
  單于: 'chan yu',
  万俟: 'mo qi',
  萬俟: 'mo qi',
  尉迟: 'yu chi',
  尉遲: 'yu chi',
  澹台: 'tan tai',
  澹臺: 'tan tai',
  长孙: 'zhang sun',
  長孫: 'zhang sun',
}

/** Characters of names outside the tables, or that dictionaries read wrongly. */
const corrections: Readonly<Record<string, string>> = { 𬱖: 'wei', 䶮: 'yan', 𬭎: 'hong', 𬍛: 'zhong' }

/** Tables over memory that threads can share. */
export function makeSoundTables(memory = new SharedArrayBuffer(count * 8)): SoundTables {
  return { given: new Int32Array(memory, 0, count), surname: new Int32Array(memory, count * 4, count) }
}

/** Bytes of both tables. */
export const soundTableBytes = count * 8

/** Asks for every character of the tables, so that nothing needs to be asked later. */
export function fillSoundTables(tables: SoundTables, read: ReadCharacter): void {
  for (let at = 0; at < count; at += 1) {
    soundAt(tables, at, 'given', read)
    soundAt(tables, at, 'surname', read)
  }
}

function soundAt(tables: SoundTables, at: number, as: 'given' | 'surname', read: ReadCharacter | undefined): number {
  const known = tables[as][at] ?? 0
  if (known !== 0 || read === undefined) return known
  const character = String.fromCharCode(first + at)
  const sound = soundNumber(corrections[character] ?? read(character, as))
  tables[as][at] = sound
  return sound
}

/**
 * The sound of a name: syllables without tones, one character at a time, so that a namesake in other characters sounds the same whatever
 * words the characters would form; only the surname is read as a surname (曾 zeng, 单 shan, 万俟 mo qi). Without `read` the tables must be full.
 */
export function makeSoundOf(tables: SoundTables, read?: ReadCharacter): SoundWithReadings {
  const soundOfCharacter = (character: string, as: 'given' | 'surname'): number => {
    const at = (character.codePointAt(0) ?? 0) - first
    return at >= 0 && at < count ? soundAt(tables, at, as, read) : soundNumber(corrections[character] ?? character)
  }
  const soundOf = (name: string): number => {
    if (name === '') return 0
    const double = name.length > 2 ? doubleSurnames[name.slice(0, 2)] : undefined
    let at = 2
    let sound = 0x811c9dc5
    if (double === undefined) {
      const start = characterAt(name, 0)
      sound = mix(sound, soundOfCharacter(start, 'surname'))
      at = start.length
    } else sound = mix(sound, soundNumber(double))
    while (at < name.length) {
      const character = characterAt(name, at)
      sound = mix(sound, soundOfCharacter(character, 'given'))
      at += character.length
    }
    return sound === 0 ? 1 : sound
  }
  return Object.assign(soundOf, { readings: makeReadings(soundOfCharacter), tables })
}

/** Which syllable a number of the tables stands for. */
const syllableOfHash = new Map<number, string>()

function makeReadings(soundOfCharacter: (character: string, as: 'given' | 'surname') => number): Readings {
  return {
    syllableOf(character, as) {
      if (syllableOfHash.size === 0) for (const syllable of syllables) syllableOfHash.set(soundNumber(syllable), syllable)
      return syllableOfHash.get(soundOfCharacter(character, as)) ?? character
    },
    soundOfSyllables(parts) {
      const sound = parts.reduce((sum, part) => mix(sum, soundNumber(part)), 0x811c9dc5)
      return sound === 0 ? 1 : sound
    },
  }
}

function characterAt(name: string, at: number): string {
  return String.fromCodePoint(name.codePointAt(at) ?? 0)
}

function mix(sound: number, value: number): number {
  const mixed = Math.imul(sound ^ value, 0x01000193)
  return mixed ^ (mixed >>> 15)
}

/** The number of a syllable in the tables. */
export function soundNumber(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash | 0 || 1
}
