import type { Household, Person, Village } from './facts.ts'

/** What a rule is built with: its limits on the day of the check, and the county. */
export interface RuleGiven {
  /** A limit of the rule as a number: age, months, share, mu, km. Throws where the policy does not name it. */
  limit(name: string): number
  /** A limit in yuan, as fen. */
  fen(name: string): number
  /** A limit that is a month (`yyyyMM`), as months since year 0. */
  month(name: string): number
  /** Month of the day of the check, months since year 0. */
  checkMonth: number
  /** Day of the check as a number (20231231). */
  checkDay: number
  /** Name of the county, to tell work inside from work outside. */
  countyName: string
  /** The monitoring line of the year, fen per person; NaN where none is known (rules that need it are not run then). */
  lineFen: number
}

/** True where the rule finds something wrong with the person. A number says in how many rows of another export. */
export type PersonPredicate = (person: Person, household: Household) => boolean | number
export type HouseholdPredicate = (household: Household) => boolean
export type VillagePredicate = (village: Village) => boolean

/** The predicates of one topic by rule number, each built once per check. */
export interface TopicRules {
  person?: Readonly<Record<string, (given: RuleGiven) => PersonPredicate>>
  household?: Readonly<Record<string, (given: RuleGiven) => HouseholdPredicate>>
  village?: Readonly<Record<string, (given: RuleGiven) => VillagePredicate>>
}
