import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Refusals of notices. */
export const noticeErrors = defineErrors('cases', {
  /** A parameter is missing or cannot be; a column that is not allowed. `name`. */
  noticeTerms: 409,
  noticeChanged: 409,
  noticeState: 422,
  /** The caller's office does not do this. */
  noticeNotOurs: 403,
  noticeVillage: 422,
  /** `count` cases are not at the step, not of the village, or on another notice. */
  noticeCases: 422,
  /** `word` is no kind or risk of the policy. */
  noticeWord: 400,
  /** `days`: the least. */
  noticeDays: 422,
  /** `count`. */
  noticeFindings: 422,
  noticeOwn: 403,
  noticeKin: 403,
  noticeDay: 422,
  /** `kinds`. */
  noticeFile: 422,
  noticeFileKind: 415,
})

/** Refusals of objections. */
export const objectionErrors = defineErrors('cases', {
  objectionNotice: 422,
  objectionChanged: 409,
  objectionState: 422,
  objectionOwnWork: 403,
  objectionCase: 422,
  objectionFinding: 422,
  objectionUnfit: 400,
})
