import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Refusals of the income sheet, the department check and the gate of elimination. */
export const incomeErrors = defineErrors('cases', {
  /** The table of items does not know it. `item`, `row` (from 1). */
  unknownItem: 422,
  /** Nobody of the household today. `row`. */
  notAMember: 422,
  /** A month that has not come. `month`, `row`. */
  monthAhead: 422,
  /** `most` lines of a household are read at most. */
  tooManyLines: 409,
  /** No department that policy asks. `department`. */
  unknownDepartment: 422,
  /** No situation of the negative list. `word`. */
  unknownFlag: 422,
  /** What came back needs a day, and what was found has to be said. `row`. */
  checkIncomplete: 422,
  /** A day that has not come, or an answer from before it was asked. `row`. */
  checkDay: 422,
  /** Rows that cannot be read; nothing was written. `rows`: number (from 1), column and problem of each. */
  checkRowsBad: 422,
  /** The case is not where its check is done. */
  checkClosed: 409,
  /** There is nothing to answer: nothing was found, or the answer stands. */
  nothingToAnswer: 409,
})
