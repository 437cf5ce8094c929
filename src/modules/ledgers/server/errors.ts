import { defineErrors } from '#kernel/pure/errors/index.ts'

/** Refusals of the ledgers; `problems` in the details are finished sentences by field. */
export const ledgersErrors = defineErrors('ledgers', {
  refused: 422, // { problems: RecordProblem[] }
  changedMeanwhile: 409, // { revision }
  mayNotWrite: 403,
  mayNotRead: 403,
  mayNotMove: 409, // { problems }
  heldElsewhere: 409, // somebody writes records of the same fund or payee for longer than one may wait
  removed: 409,
  notRemoved: 409,
  notUnique: 409, // { names, recordId? }
  withdrawn: 409,
  olderVersion: 409, // { version, current }: the record must be taken to the current version first
  unknownField: 422, // { field }
  tooManyRows: 422, // { most }
  tooManyGroups: 422, // { most }
  nothingToImport: 422,
  importState: 409, // { state }
  importStale: 409, // rows of the ledger changed since the dry run: { rows }
  importTouched: 409, // { rows }: records of the import were changed since
  importGone: 409,
  templateProblems: 422, // { problems: TemplateProblem[] }
  templateUnknown: 404,
  draftMissing: 404,
  notPublished: 409,
  migrationRunning: 409,
  migrationBackwards: 409,
  noSampling: 409,
  fileLost: 410,
  tooManyFiles: 409,
  noEmptySample: 409,
})
