import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Refusals about versions of policies. */
export const policyErrors = defineErrors('policies', {
  unknownPolicy: 404, // { key }
  versionNotFound: 404, // {}
  versionChanged: 409, // { revision }: somebody changed it meanwhile
  noSuchStep: 409, // { state }
  daysReversed: 422, // {}: the last day lies before the first
  notPublishable: 422, // { problems }: what the owner of the policy says against the text
  documentMissing: 422, // {}
  needsAnother: 409, // {}: whoever wrote or submitted it does not publish it
})
