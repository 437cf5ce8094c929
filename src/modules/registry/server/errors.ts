import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Every expected refusal of the register. Details hold counts, labels and codes; no personal data. The sentences are in rules/import-words.ts. */
export const registryErrors = defineErrors('registry', {
  notFound: 404,
  unknownKind: 422, // { seen }
  otherKind: 422, // { said, found }
  otherCounty: 422, // { expected, found, rows }
  severalCounties: 422, // { counties }
  nothingToImport: 422, // { refused }
  wrongState: 409, // { state }
  stagingLost: 409, // {}
  diffOutdated: 409, // {}
  touchedLater: 409, // { rows, by }
  nothingToUndo: 409, // {}
  fixesWaiting: 409, // {}
  noSuchColumn: 422, // { column }
  tooManyFixes: 422, // { limit }
  noSuchRow: 422, // { row }
  numberHidden: 422, // { row, label }
  notCorrected: 422, // {}
  unbalanced: 500, // { entity }
  revisionChanged: 409, // { revision }
  reasonNeeded: 422, // {}
  unknownTag: 422, // { tag }
  alreadyTagged: 409, // { tag }
  dayAhead: 422, // { day }
  nothingToReveal: 404, // { field }
  revealBudget: 429, // { limit, hours }
  countyOffice: 403, // {}
  unknownField: 422, // { field }
  notReadable: 422, // { field, problem }
  sameValue: 422, // { field }
  alreadyProposed: 409, // { field }
  valueMoved: 409, // { field }
  nameNeeded: 422, // { field }
  overlaps: 409, // { kind }
  searchRunning: 409, // {}
  alreadyMerged: 409, // {}
  headElsewhere: 409, // {}
  mergeRefused: 409, // { by, why }
  eventRefused: 409, // { why: codes }
  reportOnly: 403, // {}
  approvalNeeded: 409, // { rows, limit }
  ownRequest: 409, // {}
  exportExpired: 410, // {}
  exportGrown: 409, // { approved, rows }
})
