import { makeLocator } from '../rules/locate.ts'
import type { Matcher } from '../rules/match-row.ts'
import type { RegisterIndex } from '../rules/register-layout.ts'
import { soundOf } from './sound-of.ts'

/** The matcher over an index. */
export function makeMatcher(index: RegisterIndex): Matcher {
  return { index, locator: makeLocator(index), soundOf }
}
