import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Refusals of ties and of a user's own households. */
export const kinErrors = defineErrors('cases', {
  /** A household that is not there or out of the caller's scope. */
  kinNotFound: 404,
  /** A household is no kin of its own. */
  kinSameHousehold: 422,
  /** No user of the caller's area, or the caller himself. */
  kinUserNotFound: 404,
  /** An office named it for the user; only an office takes it back. */
  kinStatedByOffice: 403,
})

/** Refusals of meetings. */
export const meetingErrors = defineErrors('cases', {
  meetingNotFound: 404,
  meetingClosed: 409,
  /** Somebody wrote since it was read. `revision`. */
  meetingChanged: 409,
  /** `missing`: MissingItem[]. */
  meetingIncomplete: 422,
  /** Who must keep away has voted or presided. */
  meetingKin: 403,
  /** Who enters or closes is kin of a household before the meeting. `head`, `path`, `pathEn`. */
  meetingRecorderKin: 403,
  /** More votes than voters, or a voter who was not there. */
  meetingVotes: 422,
  /** No village of the caller's area. */
  meetingNoVillage: 404,
  meetingNoBody: 422,
  /** `count` of the cases are not at the step, not of the village, or not seen by the caller. */
  meetingCaseNotThere: 422,
  /** A parameter is missing or cannot be read. `name`. */
  meetingTerms: 409,
  meetingDay: 422,
  meetingCorrection: 422,
})
