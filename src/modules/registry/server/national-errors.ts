import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Refusals of the round trip with the national system; the sentences are in rules/national-words.ts. */
export const nationalErrors = defineErrors('registry', {
  comparisonRunning: 409, // {}
  tooManyChanges: 422, // { limit }
})
