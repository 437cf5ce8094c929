import { syllablesOfName } from '#kernel/pure/text/pinyin.ts'
import type { SoundOf } from '../rules/index.ts'

/** Characters of names that the library does not know or reads wrongly. */
const corrections: Readonly<Record<string, string>> = { 𬱖: 'wei', 䶮: 'yan', 𬭎: 'hong', 𬍛: 'zhong' }
const readings = new Map<string, number>()
const surnames = new Map<string, number>()
/** Double surnames whose first character is read otherwise than as a surname of its own. */
const doubleSurnames = new Set(['单于', '單于', '万俟', '萬俟', '尉迟', '尉遲', '澹台', '澹臺', '长孙', '長孫'])

/**
 * The sound of a name as a number: syllables without tones, one character at a time, so that a namesake in other characters sounds the
 * same whatever words the characters would form; only the surname is read as a surname (曾 zeng, 单 shan, 万俟 mo qi).
 */
export const soundOf: SoundOf = (name) => {
  if (name === '') return 0
  const start = name.length > 2 && doubleSurnames.has(name.slice(0, 2)) ? name.slice(0, 2) : String.fromCodePoint(name.codePointAt(0) ?? 0)
  let sound = mix(0x811c9dc5, surnames.get(start) ?? readSurname(start))
  for (let at = start.length; at < name.length; ) {
    const character = String.fromCodePoint(name.codePointAt(at) ?? 0)
    sound = mix(sound, readings.get(character) ?? read(character))
    at += character.length
  }
  return sound === 0 ? 1 : sound
}

function mix(sound: number, value: number): number {
  const mixed = Math.imul(sound ^ value, 0x01000193)
  return mixed ^ (mixed >>> 15)
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash | 0
}

function read(character: string): number {
  const reading = hashOf(corrections[character] ?? syllablesOfName(`一${character}`)[1]?.toLowerCase() ?? character)
  readings.set(character, reading)
  return reading
}

function readSurname(start: string): number {
  // A double surname is mixed into one; a namesake would need the same two syllables anyway.
  const reading = hashOf(syllablesOfName(start).join(' ').toLowerCase())
  surnames.set(start, reading)
  return reading
}
