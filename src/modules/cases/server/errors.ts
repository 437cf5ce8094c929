import { defineErrors } from '#kernel/pure/errors/index.ts'

export const casesErrors = defineErrors('cases', {
  /** Another classification is under way. */
  classificationRunning: 409,
  /** A day that has not come. `asOf`. */
  notYet: 422,
  /** `asOf` is no day. */
  noDay: 400,
})
