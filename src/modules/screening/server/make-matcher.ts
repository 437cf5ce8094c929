import type { SoundOf } from '../rules/build-index.ts'
import { learnNames } from '../rules/likeness.ts'
import { makeLocator } from '../rules/locate.ts'
import type { Matcher } from '../rules/match-row.ts'
import type { RegisterIndex } from '../rules/register-layout.ts'

/** The matcher over an index whose names were tabled by `soundOf`. */
export function makeMatcher(index: RegisterIndex, soundOf: SoundOf): Matcher {
  const known = matchers.get(index)
  if (known?.soundOf === soundOf) return known
  const matcher = { index, locator: makeLocator(index), soundOf }
  learnNames(matcher)
  matchers.set(index, matcher)
  return matcher
}

const matchers = new WeakMap<RegisterIndex, Matcher>()
