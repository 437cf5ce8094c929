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
  busy: 409, // { batchId }
  stagingLost: 409, // {}
  diffOutdated: 409, // {}
  touchedLater: 409, // { rows, by }
  unbalanced: 500, // { entity }
  revisionChanged: 409, // { revision }
  reasonNeeded: 422, // {}
})
