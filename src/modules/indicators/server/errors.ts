import { defineErrors } from '#kernel/pure/errors/index.ts'

export const indicatorsErrors = defineErrors('indicators', {
  /** No such indicator. `key`. */
  unknownIndicator: 404,
  /** Not a period. `period`. */
  noPeriod: 400,
  /** The area is not within reach. */
  noArea: 404,
  /** The indicator has no such dimension. `by`. */
  noDimension: 400,
  /** The rows of a closed register are for its office. `key`. */
  rowsClosed: 403,
  /** A ratio has no rows of its own; those of its part and base have. `part`, `base`. */
  rowsOfRatio: 422,
  /** A definition names a view or column that does not stand. `key`, `what`. */
  brokenDefinition: 500,
})
