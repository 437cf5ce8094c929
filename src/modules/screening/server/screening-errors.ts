import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Refusals of a comparison. Details hold file names, labels and numbers, never a cell. */
export const screeningErrors = defineErrors('screening', {
  unknownList: 422, // { file, seen }
  noFiles: 422, // {}
  badThresholds: 422, // { path, problem }
  badLeadTable: 422, // { decision }
  badMonth: 422, // { month }
  runNotFound: 404, // {}
  fileNotFound: 404, // {}
  fileDestroyed: 409, // {}
  runSuperseded: 409, // {}
  runNotStaged: 409, // { state }
  noRegister: 409, // {}
  probeFailed: 500, // { reason }
  probeTimedOut: 422, // { seconds }
  notDecidable: 409, // {}
  termsExpired: 409, // { expiresOn }
  unmappedFile: 409, // { file }
  missingColumns: 422, // { file, sheet, columns }
  repairGone: 409, // {}
  leavingWithoutDay: 409, // {}
  notOfHousehold: 422, // {}
  wrongDays: 422, // {}
  alreadyAuthorised: 409, // {}
  alreadyRevoked: 409, // {}
  noAuthorisations: 422, // {}
  unknownLimit: 422, // {}
  limitUnchanged: 409, // {}
})
