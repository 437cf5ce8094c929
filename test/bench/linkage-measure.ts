// Scores labelled pairs and counts right and wrong decisions by kind.
import { syllablesOfName } from '../../src/kernel/pure/text/pinyin.ts'
import { randomFrom } from '../../src/modules/demo/rules/random.ts'
import {
  countNames,
  linkagePolicy,
  readName,
  readSubject,
  scorePair,
  type LinkScale,
  type SyllableOf,
} from '../../src/modules/registry/rules/index.ts'
import { makeLinkRegister, type LinkPerson } from './linkage-data.ts'
import { learnCharacters } from './linkage-dirt.ts'
import { makeFalsePairs, makeTruePairs, worldOf, type LabelledPair } from './linkage-pairs.ts'

const syllables = new Map<string, string>()
/** Reads one character; each is asked of the library once. */
export const syllableOf: SyllableOf = (character, as) => {
  const key = `${as}${character}`
  const known = syllables.get(key) ?? (as === 'surname' ? syllablesOfName(character)[0] : syllablesOfName(`一${character}`)[1]) ?? character
  syllables.set(key, known)
  return known
}

export interface ScoredPair extends LabelledPair {
  score: number
}

/** A register of a seed, its scale and its labelled pairs. */
export function makeLabelled(seed: string, given: { persons: number; same: number; others: number }) {
  const random = randomFrom(seed)
  const persons = makeLinkRegister(random, given.persons)
  learnCharacters(persons.map((person) => person.name))
  const world = worldOf(random, persons)
  const pairs = [...makeTruePairs(world, given.same), ...makeFalsePairs(world, given.others)]
  return { persons, pairs, scale: scaleOf(persons) }
}

/** Frequencies of the register's own names. */
export function scaleOf(persons: readonly LinkPerson[]): LinkScale {
  const names = countNames()
  for (const person of persons) names.add(readName(person.name, syllableOf))
  return { persons: persons.length, odds: linkagePolicy.odds.rowIsRegistered, names }
}

export function scorePairs(scale: LinkScale, pairs: readonly LabelledPair[]): ScoredPair[] {
  return pairs.map((pair) => ({ ...pair, score: explainPair(scale, pair).score }))
}

export function explainPair(scale: LinkScale, { row, person, ofHousehold }: LabelledPair) {
  const one = readSubject({ ...row, phones: [row.phone], place: row }, syllableOf)
  const other = readSubject({ ...person, phones: [person.phone], place: person }, syllableOf)
  return scorePair(scale, one, other, ofHousehold)
}

export interface Quality {
  precision: number
  recall: number
  said: number
}

/** Precision and recall when all pairs from this score on are taken for one person. */
export function qualityAt(pairs: readonly { score: number; isSame: boolean }[], threshold: number): Quality {
  const said = pairs.filter((pair) => pair.score >= threshold)
  const right = said.filter((pair) => pair.isSame).length
  const all = pairs.filter((pair) => pair.isSame).length
  return { precision: said.length === 0 ? 1 : right / said.length, recall: right / Math.max(1, all), said: said.length }
}

/** The lowest threshold, in half bits, from which on the precision is at least the wanted one; chosen on pairs that are not measured. */
export function chooseThreshold(pairs: readonly { score: number; isSame: boolean }[], wanted: number): number {
  for (let threshold = -10; threshold < 40; threshold += 0.5) if (qualityAt(pairs, threshold).precision >= wanted) return threshold
  return 40
}
