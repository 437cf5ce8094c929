import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Refusals of the module; those about versions are the kernel's (`policyErrors`). */
export const policiesErrors = defineErrors('policies', {
  notInForce: 404, // { key, asOf }: no version is in force on the day
  notATable: 422, // { key }
  notAbove: 422, // { areaPath }: neither the county, nor above it, nor a known area within it
  otherPolicy: 422, // {}: two versions of different policies
  unknownFact: 422, // { name }: no fact of the subject
  notSimulated: 422, // { key }: nothing in the register is judged by it
  unreadableText: 422, // {}: a text of parameters that is none
  noNames: 403, // {}: counts may be seen, names may not
  calendarEmpty: 422, // {}: a change of the calendar that changes nothing
  householdNotFound: 404, // {}: out of scope, or not there on the day
})
