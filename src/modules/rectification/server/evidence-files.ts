import type { Readable } from 'node:stream'
import { destroySealed, keepSealed, openSealed, type SealedFile, type SealedPlace } from '#kernel/server/files/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { rectificationErrors } from './errors.ts'

/** Where evidence lies and how it is locked. */
export interface EvidenceDeps {
  readonly vault: Vault
  readonly filesDirectory: string
}
export type KeptEvidence = SealedFile

const placeOf = ({ vault, filesDirectory }: EvidenceDeps): SealedPlace => ({
  vault,
  filesDirectory,
  folder: 'rectification',
  keyName: 'evidence',
})

/** Takes what somebody sends, made anew and encrypted. Throws `files.*`. */
export function keepEvidence(deps: EvidenceDeps, stream: Readable): Promise<KeptEvidence> {
  return keepSealed(placeOf(deps), stream)
}

/** Reads a kept file. Throws `rectification.evidence-lost` where it is gone or is not what was kept. */
export async function openEvidence(deps: EvidenceDeps, kept: { fileId: string; hash: string }): Promise<Buffer> {
  const bytes = await openSealed(placeOf(deps), kept)
  if (bytes === undefined) throw rectificationErrors.evidenceLost()
  return bytes
}

/** Destroys a kept file; one that is gone is no error. */
export function destroyEvidence(deps: EvidenceDeps, fileId: string): void {
  destroySealed(placeOf(deps), fileId)
}
