import type { MatchCause, MatchClass } from '../contract.ts'

/** The classes and causes in a fixed order, so that columns of integers can hold them; as in the contract, which a test compares. */
export const matchClasses: readonly MatchClass[] = ['exact', 'normalised', 'repaired', 'fuzzy', 'ambiguous', 'none', 'place']
export const matchCauses: readonly MatchCause[] = [
  'as-written',
  'typography',
  'certificate',
  'old-15-digits',
  'one-digit-differs',
  'neighbours-exchanged',
  'tail-lost',
  'head-number',
  'by-place',
  'by-phone',
  'name-differs',
  'several-fit',
  'place-unknown',
  'not-in-register',
  'moved',
  'no-usable-number',
  'no-person',
  'not-data',
  'at-place',
  'decided',
  'name-similar',
  'by-likeness',
]

/** Class and cause of a row that a person has assigned, in one integer. */
export const howOfDecided = matchClasses.indexOf('fuzzy') * 256 + matchCauses.indexOf('decided')

/** The class in an integer made by `howNumber`. */
export function classOf(how: number): MatchClass {
  return matchClasses[how >> 8] ?? 'none'
}

/** The cause in an integer made by `howNumber`. */
export function causeOf(how: number): MatchCause {
  return matchCauses[how & 255] ?? 'not-data'
}

const householdRules: ReadonlySet<string> = new Set(['L01', 'L03', 'L06', 'L10', 'L12', 'N08', 'N09'])

/** True for rules about a whole household: whoever stands in the row, the reason names no person. */
export function speaksForHousehold(rule: string): boolean {
  return householdRules.has(rule)
}
