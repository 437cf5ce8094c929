import { defineErrors, isNamedError } from '#kernel/pure/errors/index.ts'

/** Every way in which a file can be no use to us. The sentences are in `words.ts`; details hold numbers and names of sheets, never a cell. */
export const sheetErrors = defineErrors('sheets', {
  emptyFile: 422, // {}
  noRows: 422, // {}
  wrongKind: 422, // { kind }
  passwordProtected: 422, // {}
  htmlNamedSheet: 422, // {}
  oldXls: 422, // { version }
  truncatedFile: 422, // {}
  damagedFile: 422, // { part, sheet?, row?, reason }
  zipBomb: 422, // { entry, ratio }
  tooManyEntries: 422, // { entries, limit }
  nestedArchive: 422, // { entry }
  unsafeEntry: 422, // { entry }
  doctype: 422, // { part }
  tooLarge: 413, // { bytes, limitBytes }
  tooLargeUnpacked: 413, // { bytes, limitBytes }
  unknownEncoding: 422, // { line? }
  openQuote: 422, // { line }
  readerCrashed: 422, // {}
  readerTooBig: 413, // { megabytes }
  readerTimedOut: 422, // { seconds, row }
})

/** Turns any fault met while reading a part of a file into `sheets.damaged-file`; named errors and those of the disk pass unchanged. */
export function asDamaged(error: unknown, part: string): Error {
  if (isNamedError(error) || (error instanceof Error && 'syscall' in error)) return error
  return sheetErrors.damagedFile({ part, reason: error instanceof Error ? error.message.slice(0, 120) : 'unreadable' })
}
