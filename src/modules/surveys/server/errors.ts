import { defineErrors } from '#kernel/pure/errors/index.ts'

export const surveysErrors = defineErrors('surveys', {
  notFound: 404,
  /** Somebody acted since it was read. */
  changed: 409,
  /** The campaign is not open, or is closed. `state`. */
  notOpen: 409,
  /** The move is none of this campaign's or household's now. `state`. */
  wrongState: 409,
  /** The population stands. */
  frozen: 409,
  /** Nobody is behind the filter. */
  nobody: 422,
  /** The households cannot be asked again. */
  noAgain: 422,
  /** The form cannot be used. `faults`. */
  formRefused: 422,
  unknownForm: 404,
  /** Nobody keeps what the population is to be filtered by. `key`. */
  unknownFilter: 422,
  /** An area out of reach, or of a wrong level. */
  wrongArea: 422,
  /** Answers are wrong or missing. `faults`: key and why. */
  answersRefused: 422,
  /** The household is somebody else's: a rule refuses, not the door. */
  notYours: 422,
  /** The campaign is that of an office above. */
  notHeld: 422,
  /** A user may not call in this area. `names`. */
  noCaller: 422,
  /** No telephone is known. */
  noPhone: 404,
  /** A parameter of the policy is missing. `name`. */
  termsIncomplete: 409,
  reasonNeeded: 422,
  /** The file has no column of household numbers. */
  noHouseholdColumn: 422,
  /** Households are still to be called. `open`. */
  stillOpen: 409,
  /** The quiz meeting is closed. */
  quizClosed: 409,
  /** Answers are still to be judged. `open`. */
  quizUnjudged: 422,
})
