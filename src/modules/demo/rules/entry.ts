import type { ListName } from '../policy/lists.ts'
import type { Person } from './people.ts'
import type { Cell } from './sheet.ts'

/** Whom a row is about: a person of the register, or somebody invented whom the register does not know. */
export interface Subject {
  person: Person | undefined
  name: string
  sex: 'male' | 'female'
  bornOn: string
  idNumber: string
  phone: string
  township: string
  village: string
  group: string
}

/** Values of a row by column key, before they are written in the department's way. Amounts are yuan. */
export type Values = Record<string, string | number>

/** A row's cells that say who it is about, as they are written. */
export interface Identity {
  idCell: Cell
  nameCell: string
  idDirt: string
  nameDirt: string
}

/** Match classes as README.md of an output defines them. */
export type MatchClass = 'exact' | 'normalised' | 'repaired' | 'fuzzy' | 'ambiguous' | 'none'

/** What a reader can know of a row. */
export interface Match {
  class: MatchClass
  person: Person | undefined
}

/** A row of a department list in one month. The key is what makes it the same row next month. */
export interface Entry {
  list: ListName
  key: string
  subject: Subject
  values: Values
  written: Identity
  match: Match
  /** How often the row stands in the file; identical rows but for the serial number. */
  copies: number
  /** Sheet it stands on when the list has several (a school, a township). */
  part: string
}
