import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Why a template or document is refused. The sentences are in the screen's catalogue. */
export const documentErrors = defineErrors('documents', {
  /** Not a Word document (.docx). */
  notDocx: 422,
  /** `megabytes`. */
  tooLarge: 413,
  /** It holds what a paper does not need and what may harm; `part`. */
  hasMacros: 422,
  hasObjects: 422,
  hasLinks: 422,
  hasFields: 422,
  /** Tags that do not open and close: `tag`. */
  brokenTag: 422,
  /** It cannot be read or filled. */
  unreadable: 422,
  /** A loop in a loop that grows without end, or too many rows. */
  tooMuch: 422,
  /** No font for Chinese on this machine: `package`. */
  noFonts: 503,
  /** The layout failed. */
  notPrinted: 500,
})
