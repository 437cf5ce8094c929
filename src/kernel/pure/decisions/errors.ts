import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Refusals of the reader: the details say where (`line`, `element`) and what. */
export const decisionErrors = defineErrors('decisions', {
  /** The text is no well-formed XML, or declares something (DTD, entities): `line`, `reason`. */
  notXml: 400,
  /** Well-formed, but no DMN of a version that is known: `found`. */
  notDmn: 400,
  /** DMN, but an element is not as the standard says: `line`-less, `element`, `reason`. */
  badElement: 400,
  /** The text is no model of GoRules: `reason`. */
  notJdm: 400,
})
