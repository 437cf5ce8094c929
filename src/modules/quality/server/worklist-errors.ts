import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Refusals of the worklist. `reason` is a word of rules/finding-states.ts or rules/exception-states.ts. The sentences are in rules/worklist-words.ts. */
export const worklistErrors = defineErrors('quality', {
  findingRefused: 409, // { reason }
  findingChanged: 409, // { revision }
  exceptionRefused: 409, // { reason }
  exceptionChanged: 409, // { revision }
  alreadyAsked: 409, // {}
  nothingToMend: 409, // {}
  alreadySo: 409, // { field }
  checkRunning: 409, // {}
  nothingChosen: 422, // {}
  tooManyFindings: 422, // { limit }
  interrupted: 500, // {}
})
