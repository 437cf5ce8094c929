import { defineErrors } from '#kernel/pure/errors/index.ts'

export const paperErrors = defineErrors('cases', {
  /** No paper of that name at this case: `kind`. */
  paperUnknown: 422,
  /** Policy does not let this paper show whole numbers: `name`. */
  paperMaskedOnly: 422,
  /** A template asks for fields that the paper does not have: `fields`. */
  templateUnknownFields: 422,
  /** The shipped template is in use already. */
  templateShipped: 409,
  /** A notice is printed after its release. */
  noticeNotReleased: 409,
  /** There is no answer to print yet. */
  objectionNotAnswered: 409,
  /** Not an image or PDF with `x-file-name`. */
  attachmentMissing: 400,
  /** A paper has as many pages as it may: `most`. */
  tooManyPages: 409,
  /** The file beside the database is gone or was changed. */
  attachmentLost: 500,
  /** A day that has not come, or before the case. `signedOn`. */
  signedOnWrong: 422,
  /** The case stands at another step, or has ended. */
  paperOfOtherStep: 409,
})
