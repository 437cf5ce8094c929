import { defineErrors } from '#kernel/pure/errors/index.ts'

export const rectificationErrors = defineErrors('rectification', {
  /** A parameter of the terms is missing or no such value. `name`. */
  termsIncomplete: 409,
  /** Somebody acted on the problem since it was read. `revision`. */
  problemChanged: 409,
  /** The rule refuses the act. `reason`; for `incomplete` also `missing`. */
  actRefused: 422,
  /** Acceptance by who did the work, or decision by who asked. */
  selfAcceptance: 403,
  /** The words of a day say none: 近期、及时、限期. `words`. */
  noDay: 400,
  /** No such unit, or one outside of the caller's reach. */
  noSuchUnit: 422,
  /** No such campaign. */
  noSuchCampaign: 422,
  /** A campaign of this name is there. */
  campaignThere: 409,
  /** No household within reach, or no place for the problem. */
  noPlace: 422,
  /** More time is asked for already, or the day is too far. `reason`: open, too-far, not-later, state. */
  timeRefused: 422,
  /** The request for more time was decided before. */
  timeDecided: 409,
  /** The check was answered before. */
  checkAnswered: 409,
  /** The evidence is gone or is not what was kept. */
  evidenceLost: 410,
  /** An upload without a file. */
  evidenceMissing: 400,
  /** Evidence is added while the problem is rectified. */
  evidenceLate: 409,
  /** The table has no row, or no column that could be a description. */
  importUnread: 422,
  /** The same file was taken over before. */
  importedBefore: 409,
  /** Rows are bad; nothing was written. `n`. */
  importBad: 422,
  /** The import was applied or discarded before. */
  importEnded: 409,
  /** A team of this name is there. */
  teamThere: 409,
  /** A cross-check needs two units at least. */
  noPair: 422,
  /** What was seen is written down already. */
  inspectedBefore: 409,
  /** The day has not come. */
  dayToCome: 422,
  /** At most so many rows. `most`. */
  importTooLong: 422,
})
