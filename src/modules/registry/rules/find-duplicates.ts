import type { LinkagePolicy } from '../policy/linkage-policy.ts'
import { keysOf, phoneKeys, walkBlocks, walkPairs, type BlockKind, type CutBlock } from './duplicate-blocks.ts'
import { walkNearNumbers } from './duplicate-near.ts'
import { mark, personIdAt, readNames, subjectAt, type PackedNames, type PackedRegister } from './duplicate-pack.ts'
import { linkagePolicy } from './linkage-weights.ts'
import { compareSubjects } from './linkage-subject.ts'
import { weigh, type LinkScale, type LinkStep } from './linkage-score.ts'
import type { SyllableOf } from './linkage-sounds.ts'

/** Two persons of the register who may be one. */
export interface DuplicatePair {
  personIds: [string, string]
  score: number
  steps: LinkStep[]
  /** The kind of block that brought them together first. */
  block: BlockKind
}

export interface FoundDuplicates {
  /** Highest score first, at most `most`. */
  pairs: DuplicatePair[]
  /** Pairs that reached the score for review, kept or not. */
  found: number
  compared: number
  cut: CutBlock[]
}

interface Options {
  syllableOf: SyllableOf
  /** Pairs kept; the weakest go first. */
  most?: number
  policy?: LinkagePolicy
  /** Called when a kind of block is done. */
  onProgress?: (kind: BlockKind) => void
}

interface Candidate {
  one: number
  other: number
  score: number
  block: BlockKind
}

const mostPairs = 20_000
const mostCutBlocks = 1_000

/** Finds persons who stand in the register twice. Every block is bounded; what was cut is told. Memory grows with the persons, never with the pairs. */
export function findDuplicates(register: PackedRegister, options: Options): FoundDuplicates {
  const { syllableOf, policy = linkagePolicy, most = mostPairs } = options
  const names = readNames(register, syllableOf)
  const scale: LinkScale = {
    persons: register.persons,
    odds: policy.odds.registeredTwice,
    names: names.frequencies,
    policy,
    ...crowdsOf(register),
  }
  const kept = keepBest(most, register.persons)
  const cut: CutBlock[] = []
  let compared = 0
  const visitAs = (block: BlockKind) => (one: number, other: number) => {
    if (one === other || isHopeless(register, names, { one, other })) return
    compared += 1
    const { score } = scoreAt({ register, names, scale }, one, other)
    if (score >= policy.thresholds.review) kept.add({ one: Math.min(one, other), other: Math.max(one, other), score, block })
  }
  const walkKeys = (kind: BlockKind, keys: Int32Array): void =>
    walkBlocks(keys, (members) => {
      const persons = kind === 'phone' ? [...new Set(members.map((at) => at % register.persons))] : members
      const pairs = walkPairs(register, persons, visitAs(kind))
      if (pairs !== undefined && cut.length < mostCutBlocks) cut.push({ kind, persons: persons.length, compared: pairs })
    })
  for (const kind of ['number', 'sound-and-year', 'name-and-village', 'birth-and-village', 'birth-and-surname'] as const) {
    walkKeys(kind, keysOf(kind, register, names))
    options.onProgress?.(kind)
    if (kind !== 'number') continue
    const alike = walkNearNumbers(register, visitAs('near-number'))
    if (alike > 0) cut.push({ kind: 'near-number', persons: alike, compared: 0 })
    options.onProgress?.('near-number')
  }
  walkKeys('phone', phoneKeys(register))
  options.onProgress?.('phone')
  const pairs = kept.list().map(({ one, other, block }) => {
    const ids: [string, string] = [personIdAt(register, one), personIdAt(register, other)]
    return { personIds: ids, ...scoreAt({ register, names, scale }, one, other), block }
  })
  return { pairs, found: kept.found(), compared, cut }
}

const crowd = 8

/** Telephones and days of birth that many have. */
function crowdsOf(register: PackedRegister): Pick<LinkScale, 'shareOfPhone' | 'shareOfBirth'> {
  const { persons, born, phones } = register
  const births = new Map<number, number>()
  for (let at = 0; at < persons; at += 1) births.set(born[at] ?? 0, (births.get(born[at] ?? 0) ?? 0) + 1)
  const crowded = new Map<string, number>()
  walkBlocks(phoneKeys(register), (members) => {
    if (members.length < crowd) return
    const [first = 0] = members
    crowded.set(String(phones[first < persons ? first * 2 : (first - persons) * 2 + 1] ?? 0), members.length)
  })
  return {
    shareOfPhone: (phone) => (crowded.get(phone) ?? 0) / persons,
    shareOfBirth: (bornOn) => (births.get(Number(bornOn.replaceAll('-', ''))) ?? 0) / persons,
  }
}

/** True for pairs that no evidence could bring to a review: two right numbers that differ, without the same day of birth or telephone, or under other names. */
function isHopeless(register: PackedRegister, names: PackedNames, { one, other }: { one: number; other: number }): boolean {
  const { high, low, marks, born, phones, nameOf } = register
  if (high[one] === high[other] && low[one] === low[other]) return false
  if ((marks[one] ?? 0) & (marks[other] ?? 0) & mark.right) {
    const isSounding = names.fold[nameOf[one] ?? 0] === names.fold[nameOf[other] ?? 0]
    const isCalled = phones[one * 2] !== 0 && (phones[one * 2] === phones[other * 2] || phones[one * 2] === phones[other * 2 + 1])
    return !isSounding || (born[one] !== born[other] && !isCalled)
  }
  return false
}

/** Within one household place and telephone are the same for all: they say nothing. */
function scoreAt(
  given: { register: PackedRegister; names: PackedNames; scale: LinkScale },
  first: number,
  second: number,
): { score: number; steps: LinkStep[] } {
  const { register, names, scale } = given
  const [one, other] = [subjectAt(register, names, first), subjectAt(register, names, second)]
  const levels = compareSubjects(one, other)
  const isOneHousehold = register.household[first] === register.household[second]
  return weigh(scale, isOneHousehold ? { ...levels, place: 'absent', phone: 'absent' } : levels, { one, other })
}

/** Keeps the best pairs, each once; when twice as many are held, the weaker half goes. */
function keepBest(most: number, persons: number) {
  let held = new Map<number, Candidate>()
  let found = 0
  let least = Number.NEGATIVE_INFINITY
  const cutBack = () => {
    const best = [...held.values()]
      .sort((one, other) => other.score - one.score || one.one - other.one || one.other - other.other)
      .slice(0, most)
    held = new Map(best.map((pair) => [pair.one * persons + pair.other, pair]))
    if (best.length === most) least = best.at(-1)?.score ?? least
    return best
  }
  return {
    add(pair: Candidate): void {
      const key = pair.one * persons + pair.other
      if (held.has(key)) return
      found += 1
      if (pair.score < least) return
      held.set(key, pair)
      if (held.size >= most * 2) cutBack()
    },
    found: () => found,
    list: () => cutBack(),
  }
}
