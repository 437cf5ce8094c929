import { MatchCause, MatchClass } from '../contract.ts'

/** The classes and causes in a fixed order, so that columns of integers can hold them. */
export const matchClasses: readonly MatchClass[] = MatchClass.options
export const matchCauses: readonly MatchCause[] = MatchCause.options

/** The class in an integer made by `howNumber`. */
export function classOf(how: number): MatchClass {
  return matchClasses[how >> 8] ?? 'none'
}

/** The cause in an integer made by `howNumber`. */
export function causeOf(how: number): MatchCause {
  return matchCauses[how & 255] ?? 'not-data'
}
