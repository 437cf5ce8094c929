import { defineErrors } from '#kernel/pure/errors/index.ts'

export const casesErrors = defineErrors('cases', {
  /** Another classification is under way. */
  classificationRunning: 409,
  /** A day that has not come. `asOf`. */
  notYet: 422,
  /** A later day is kept already. `asOf`, `newest`. */
  laterDayKept: 409,
  /** `asOf` is no day. */
  noDay: 400,
})
