// What goes wrong between a person and a row about him: one kind of mistake in the number and one in the name.
import { checkCharacterOf } from '../../src/kernel/pure/text/index.ts'
import { syllablesOfName } from '../../src/kernel/pure/text/pinyin.ts'
import { surnameOf, writeByEar, writeTraditional } from '../../src/modules/demo/rules/names.ts'
import type { Random } from '../../src/modules/demo/rules/random.ts'
import { foldSyllable } from '../../src/modules/registry/rules/index.ts'
import type { LinkPerson } from './linkage-data.ts'

type NumberSpoiler = (random: Random, person: LinkPerson, head: LinkPerson) => string | undefined

/** Mistakes in numbers; `undefined` where this number cannot carry it. */
export const numberDirts: Readonly<Record<string, NumberSpoiler>> = {
  right: (_, { idNumber }) => idNumber,
  'one digit': (random, { idNumber }) => {
    const at = random.below(17)
    return broken(idNumber.slice(0, at) + String((Number(idNumber[at]) + random.between(1, 9)) % 10) + idNumber.slice(at + 1))
  },
  exchanged: (random, { idNumber }) => {
    const at = random.below(16)
    const swapped = idNumber.slice(0, at) + (idNumber[at + 1] ?? '') + (idNumber[at] ?? '') + idNumber.slice(at + 2)
    return swapped === idNumber ? undefined : broken(swapped)
  },
  '15 digits': (_, { idNumber }) => (idNumber.slice(6, 8) === '19' ? idNumber.slice(0, 6) + idNumber.slice(8, 17) : undefined),
  'tail lost': (_, { idNumber }) => broken(`${idNumber.slice(0, 15)}000`),
  'two digits': (random, { idNumber }) => {
    const [first, second] = [random.between(6, 10), random.between(11, 15)]
    const digits = Array.from(idNumber)
    for (const at of [first, second]) digits[at] = String((Number(digits[at]) + random.between(1, 9)) % 10)
    return broken(digits.join(''))
  },
  missing: () => '',
  scientific: (_, { idNumber }) => `${idNumber[0] ?? ''}.${idNumber.slice(1, 6)}E+17`,
  placeholder: () => '999999999999999999',
  "head's number": (_, person, head) => (head.at === person.at ? undefined : head.idNumber),
}

type NameSpoiler = (random: Random, name: string) => string | undefined

/** Mistakes in names. */
export const nameDirts: Readonly<Record<string, NameSpoiler>> = {
  right: (_, name) => name,
  'same sound': (random, name) => writeByEar(random, name),
  'similar sound': writeMisheard,
  traditional: (_, name) => writeTraditional(name),
  'order of the given name': (_, name) => {
    const [first, second] = givenOf(name)
    return second === undefined || first === second ? undefined : surnameOf(name) + second + (first ?? '')
  },
  'missing character': (random, name) => {
    const given = givenOf(name)
    return given.length < 2 ? undefined : surnameOf(name) + random.pick(given)
  },
  spaced: (random, name) => (name.includes('·') ? undefined : `${surnameOf(name)}${random.pick(['　', ' '])}${givenOf(name).join('')}`),
}

function givenOf(name: string): string[] {
  return name.includes('·') ? [] : Array.from(name.slice(surnameOf(name).length))
}

/** A slip that leaves a good number would be another person's. */
function broken(number: string): string | undefined {
  return checkCharacterOf(number.slice(0, 17)) === number[17] ? undefined : number
}

const misheard = new Map<string, string[]>()
const syllableOf = (character: string): string => syllablesOfName(`一${character}`)[1] ?? ''

/** Tells the characters that names are made of, so that a misheard one can be chosen among them. */
export function learnCharacters(names: Iterable<string>): void {
  const characters = new Set<string>()
  for (const name of names) for (const character of givenOf(name)) characters.add(character)
  misheard.clear()
  for (const character of characters) {
    const key = foldSyllable(syllableOf(character))
    misheard.set(key, [...(misheard.get(key) ?? []), character])
  }
}

function writeMisheard(random: Random, name: string): string | undefined {
  const given = givenOf(name)
  const at = random.below(Math.max(1, given.length))
  const sound = syllableOf(given[at] ?? '')
  const others = (misheard.get(foldSyllable(sound)) ?? []).filter((other) => syllableOf(other) !== sound)
  if (others.length === 0) return undefined
  given[at] = random.pick(others)
  return surnameOf(name) + given.join('')
}
