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
  /** A parameter of the procedure is missing or no such value. `name`. */
  termsIncomplete: 409,
  /** The household has an open case. `caseNo`. */
  caseOpen: 409,
  /** Somebody acted on the case since it was read. `revision`. */
  caseChanged: 409,
  /** The rule refuses the act. `reason`. */
  moveRefused: 422,
  /** Something is not there yet. `missing`: MissingItem[]. */
  missing: 422,
  /** Who did a step of the procedure may not decide about it. */
  selfApproval: 403,
  /** The caller is kin to the household. */
  kin: 403,
  /** `category` or `risk` is no word of the policy. */
  unknownWord: 400,
  /** Somebody acted on the intake since it was read. */
  intakeChanged: 409,
  /** The act is none of this intake's now. `reason`: state, not-yours, no-reason, no-outcome, no-area, nobody-above. */
  intakeRefused: 422,
  /** The number of the hotline or office was entered before. */
  intakeEntered: 409,
  /** A field of what is entered is not usable. `field`. */
  intakeUnfit: 400,
  /** No household within reach. */
  noSuchHousehold: 422,
})
