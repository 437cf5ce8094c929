import type { SoundOf } from './build-index.ts'
import type { FoundPlace, Locator } from './locate.ts'
import type { RegisterIndex } from './register-layout.ts'

/** The register with what matching by name needs. */
export interface Matcher {
  readonly index: RegisterIndex
  readonly locator: Locator
  readonly soundOf: SoundOf
}

/** What a row says of a person. `hasNames`: the list has a column of names at all. */
export interface RowPerson {
  id: string
  lostTail: boolean
  name: string
  hasNames: boolean
  phone: string
  place: FoundPlace
  /** The villager group as written; only what speaks against somebody is asked of it. */
  group?: string
}
