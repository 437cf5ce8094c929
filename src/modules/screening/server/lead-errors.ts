import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Refusals on the way of a lead. `reason` is a word of rules/lead-states.ts or rules/lead-answers.ts. */
export const leadErrors = defineErrors('screening', {
  leadRefused: 409, // { reason }
  leadChanged: 409, // { revision }
  answersDisagree: 422, // { reason }
  tooManyLeads: 422, // { limit }
  nothingChosen: 422, // {}
  purposeNeeded: 422, // {}
})
