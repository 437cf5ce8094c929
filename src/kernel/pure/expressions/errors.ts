import { defineErrors } from '../errors/index.ts'

/**
 * Why an expression is refused or its evaluation was stopped. The sentences are in `expression-words.ts`.
 * `notReadable`: { line, column (from 1), found, expected: codes }. `stepsUsedUp`, `tooDeep`, `tooLarge`: { limit }.
 */
export const expressionErrors = defineErrors('expressions', {
  notReadable: 422,
  tooLong: 422,
  tooDeep: 422,
  stepsUsedUp: 422,
  tooLarge: 422,
  notAValue: 422, // { path }: what came in as JSON is no FEEL value
})
