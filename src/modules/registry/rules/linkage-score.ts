import type { LinkagePolicy } from '../policy/linkage-policy.ts'
import type { NameFrequencies } from './linkage-frequency.ts'
import type { NamePart } from './linkage-name.ts'
import { linkagePolicy } from './linkage-weights.ts'
import { compareSubjects, type Levels, type LinkSubject } from './linkage-subject.ts'

/** One step of the waterfall: what was compared, how it stood, and the evidence in bits (below zero: against). */
export interface LinkStep {
  of: keyof Levels | 'register'
  level: string
  bits: number
  /** Evidence that does not count: `family` says no more than that both are of one family, `crowd` is a value that very many have. */
  note?: 'family' | 'crowd'
}

/** A score in bits with the steps that it is the sum of; above zero the pair is more likely one person than two. */
export interface LinkScore {
  score: number
  steps: LinkStep[]
}

/** What weighing needs to know of the register. `odds`: of the pair being one person before anything was compared, times `persons`. */
export interface LinkScale {
  persons: number
  odds: number
  names: NameFrequencies
  policy?: LinkagePolicy
  /** Share of the persons with this telephone, and born on this day; known where a whole register is searched. */
  shareOfPhone?: (phone: string) => number
  shareOfBirth?: (bornOn: string) => number
}

/** Compares two subjects and weighs what was found. `ofHousehold`: the first one's number is that of another member of the second's household. */
export function scorePair(scale: LinkScale, one: LinkSubject, other: LinkSubject, ofHousehold = false): LinkScore {
  return weigh(scale, compareSubjects(one, other, ofHousehold), { one, other })
}

const order = ['given', 'surname', 'number', 'birth', 'sex', 'place', 'phone'] as const
const another: ReadonlySet<string> = new Set(['differs', 'one-differs'])
/** What a family has in common. */
const shared: ReadonlySet<string> = new Set(['surname', 'place', 'phone'])

/** Weighs levels that were found. */
export function weigh(scale: LinkScale, levels: Levels, pair: { one: LinkSubject; other: LinkSubject }): LinkScore {
  const policy = scale.policy ?? linkagePolicy
  const start = round(Math.log2(scale.odds / Math.max(1, scale.persons)))
  const steps: LinkStep[] = [{ of: 'register', level: 'prior', bits: start }]
  const isAnother = another.has(levels.given) || (levels.given === 'missing' && levels.surname === 'differs')
  let score = start
  for (const of of order) {
    const level = levels[of]
    const known = policy.levels[of][level]
    if (known === undefined) continue
    const bits = round(Math.log2(known.m / (known.u ?? chanceOf(scale, of, level, pair))))
    const note =
      bits <= 0 ? undefined : isAnother && shared.has(of) ? 'family' : isCrowd(scale, { of, level, ...pair }) ? 'crowd' : undefined
    const counted = note === undefined ? bits : 0
    steps.push({ of, level, bits: counted, ...(note === undefined ? {} : { note }) })
    score += counted
  }
  return { score: round(score), steps }
}

const round = (bits: number): number => Math.round(bits * 10) / 10

/** So many times more frequent than a telephone or a day of birth usually is: invented to fill a column, it is no evidence. */
const crowded = 20

function isCrowd(
  scale: LinkScale,
  { of, level, one, other }: { of: string; level: string; one: LinkSubject; other: LinkSubject },
): boolean {
  const usual = (scale.policy ?? linkagePolicy).levels
  if (of === 'birth' && level === 'equal') return (scale.shareOfBirth?.(other.bornOn) ?? 0) > (usual.birth['equal']?.u ?? 1) * crowded
  if (of !== 'phone' || level !== 'same' || scale.shareOfPhone === undefined) return false
  const common = one.phones.filter((phone) => other.phones.includes(phone))
  return Math.min(1, ...common.map((phone) => scale.shareOfPhone?.(phone) ?? 0)) > (usual.phone['same']?.u ?? 1) * crowded
}

const countedAs = { written: 'plain', variant: 'plain', sound: 'sound', similar: 'fold', swapped: 'sound' } as const

/** How often somebody else's name would agree so: the frequency of the name, of the more frequent of the two where they are written differently. */
function chanceOf({ names }: LinkScale, of: string, level: string, { one, other }: { one: LinkSubject; other: LinkSubject }): number {
  const part = of === 'surname' ? 'surname' : 'given'
  const [mine, theirs] = [one.name[part], other.name[part]]
  if (!isCounted(level)) return chanceOfCharacter(names, mine, theirs)
  const as = countedAs[level]
  return Math.max(names.shareOf(part, as, mine.keys[as]), names.shareOf(part, as, theirs.keys[as]))
}

function isCounted(level: string): level is keyof typeof countedAs {
  return level in countedAs
}

/** One character is the same: as often as the rarest of those in common stands in given names. */
function chanceOfCharacter(names: NameFrequencies, one: NamePart, other: NamePart): number {
  const common = one.sounds.filter((sound) => other.sounds.includes(sound))
  return Math.min(1, ...common.map((sound) => names.shareOf('given', 'character', sound)))
}
