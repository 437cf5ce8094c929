import type { LinkStep } from '#modules/registry/rules/index.ts'

/** Why a row was tied to a person: the score in bits and the steps that it is the sum of. Holds no value of the row. */
export interface MatchWhy {
  score: number
  steps: LinkStep[]
}
