import { defineErrors } from '#kernel/pure/errors/index.ts'

/** The one cookie: a random token, readable by the server only. */
export const sessionCookie = 'bangfu_session'

export const httpErrors = defineErrors('http', {
  badRequest: 400,
  loginNeeded: 401,
  notAllowed: 403,
  foreignSite: 403,
  passwordChangeNeeded: 403,
  notFound: 404,
  keyReused: 409,
  alreadyAnswered: 409,
  tooLarge: 413,
})
