import { defineErrors } from '#kernel/pure/errors/index.ts'

export const fileErrors = defineErrors('files', {
  tooLarge: 413,
  empty: 400,
  /** Neither JPEG, PNG nor PDF, whatever its name says. */
  wrongKind: 422,
  /** `megapixels`, `limit`. */
  tooManyPixels: 422,
  damaged: 422,
  /** A PDF with a password. */
  locked: 422,
  /** A PDF with scripts, programs or other files in it. */
  active: 422,
})
