import { dottedFirst, dottedSecond, givenOfMen, givenOfWomen, rareGiven, soundAlikes, surnames, traditional } from '../policy/names.ts'
import type { Random } from './random.ts'

type Sex = 'male' | 'female'

const readingPattern = /([^a-z\d\s:.]+)((?:[a-z]+\d)+)(?::([\d.]+))?/gu
const read = (text: string): { written: string; reading: string; weight: number }[] =>
  [...text.matchAll(readingPattern)].map((match) => ({ written: match[1] ?? '', reading: match[2] ?? '', weight: Number(match[3] ?? 1) }))

const surnameList = read(surnames)
const surnameWeights = surnameList.map((entry) => [entry.written, entry.weight] as const)
const surnameReading = new Map(surnameList.map((entry) => [entry.written, entry.reading]))
const compoundSurnames = surnameList.filter((entry) => entry.written.length > 1).map((entry) => entry.written)
const written = (text: string): string[] => read(text).map((entry) => entry.written)
const men = { old: written(givenOfMen.old), young: written(givenOfMen.young) }
const women = { old: written(givenOfWomen.old), young: written(givenOfWomen.young) }
const rare = written(rareGiven)
const dotted = { first: written(dottedFirst), second: written(dottedSecond) }

const allGiven = [givenOfMen.old, givenOfMen.young, givenOfWomen.old, givenOfWomen.young, soundAlikes, rareGiven].flatMap(read)
const givenReading = new Map([...read(`${dottedFirst} ${dottedSecond}`), ...allGiven].map((entry) => [entry.written, entry.reading]))
const alikeByCharacter = groupBySound()
const traditionalOf = new Map(traditional.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)]))
const simplifiedOf = new Map([...traditionalOf].map(([simple, full]) => [full, simple]))

/** The surname of a made name. */
export function surnameOf(name: string): string {
  return compoundSurnames.find((surname) => name.startsWith(surname)) ?? Array.from(name)[0] ?? ''
}

/** An invented personal name: usually surname and one or two characters of the generation, rarely a rare character or a dotted name. */
export function makeName(random: Random, wanted: { sex: Sex; bornIn: number; surname?: string | undefined }): string {
  if (wanted.surname === undefined && random.chance(0.002)) return `${random.pick(dotted.first)}·${random.pick(dotted.second)}`
  const surname = wanted.surname ?? random.weighted(surnameWeights)
  const pool = (wanted.sex === 'male' ? men : women)[wanted.bornIn < 1980 ? 'old' : 'young']
  if (random.chance(0.004)) return surname + random.pick(rare)
  const first = random.pick(pool)
  return random.chance(wanted.bornIn < 2000 ? 0.82 : 0.93) ? surname + first + random.pick(pool) : surname + first
}

/** The sound of a name without tones: names of one sound or written in variant characters have the same. Unknown characters stand for themselves. */
export function soundOf(name: string): string {
  return readingOf(name).replace(/\d/g, '')
}

/** The sound with tones as digits. */
export function readingOf(name: string): string {
  const plain = Array.from(name.replace(/[\s.•‧・･·]+/g, ''))
    .map((character) => simplifiedOf.get(character) ?? character)
    .join('')
  const surname = surnameOf(plain)
  const rest = Array.from(plain.slice(surname.length)).map(
    (character) => givenReading.get(character) ?? partReading.get(character) ?? character,
  )
  return (
    (surnameReading.get(surname) ??
      Array.from(surname)
        .map((character) => partReading.get(character) ?? character)
        .join('')) + rest.join('')
  )
}

/** The name in traditional characters, or `undefined` when none of its characters has another writing. */
export function writeTraditional(name: string): string | undefined {
  const other = Array.from(name)
    .map((character) => traditionalOf.get(character) ?? character)
    .join('')
  return other === name ? undefined : other
}

/** The name with one given character written as another of the same sound and tone, or `undefined` when there is none. */
export function writeByEar(random: Random, name: string): string | undefined {
  const surname = surnameOf(name)
  const given = Array.from(name.slice(surname.length))
  const places = given.flatMap((character, at) => (alikeByCharacter.has(character) ? [at] : []))
  if (places.length === 0 || name.includes('·')) return undefined
  const place = random.pick(places)
  const others = alikeByCharacter.get(given[place] ?? '') ?? []
  given[place] = random.pick(others)
  return surname + given.join('')
}

const partReading = new Map(
  read(`${dottedFirst} ${dottedSecond}`).flatMap((entry) => {
    const parts = entry.reading.match(/[a-z]+\d/g) ?? []
    return Array.from(entry.written).map((character, at) => [character, parts[at] ?? ''] as const)
  }),
)

function groupBySound(): Map<string, string[]> {
  const bySound = new Map<string, Set<string>>()
  for (const { written: character, reading } of allGiven) bySound.set(reading, (bySound.get(reading) ?? new Set()).add(character))
  return new Map(
    allGiven.flatMap(({ written: character, reading }) => {
      const others = [...(bySound.get(reading) ?? [])].filter((other) => other !== character)
      return others.length === 0 ? [] : [[character, others] as const]
    }),
  )
}
