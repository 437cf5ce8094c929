import type { Readable } from 'node:stream'
import { destroySealed, keepSealed, openSealed, type SealedFile, type SealedPlace } from '#kernel/server/files/index.ts'
import { ledgersErrors } from './errors.ts'
import type { LedgerDeps } from './work-out.ts'

export type KeptFile = SealedFile

const placeOf = ({ vault, filesDirectory }: LedgerDeps): SealedPlace => ({
  vault,
  filesDirectory,
  folder: 'ledger-files',
  keyName: 'ledger-files',
})

/** Takes what somebody sends, made anew and encrypted. Throws `files.*`. */
export function keepRecordFile(deps: LedgerDeps, stream: Readable): Promise<KeptFile> {
  return keepSealed(placeOf(deps), stream)
}

/** Reads a kept file. Throws `ledgers.file-lost` where it is gone or is not what was kept. */
export async function openRecordFile(deps: LedgerDeps, kept: { fileId: string; hash: string }): Promise<Buffer> {
  const bytes = await openSealed(placeOf(deps), kept)
  if (bytes === undefined) throw ledgersErrors.fileLost()
  return bytes
}

/** Destroys a kept file; one that is gone is no error. */
export function destroyRecordFile(deps: LedgerDeps, fileId: string): void {
  destroySealed(placeOf(deps), fileId)
}
