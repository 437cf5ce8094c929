import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { isId } from '#kernel/pure/ids/index.ts'
import { destroySealed, keepSealed, openSealed, type SealedFile, type SealedPlace } from '#kernel/server/files/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { paperErrors } from './paper-errors.ts'

/** Where attachments lie and how they are locked. */
export interface AttachmentDeps {
  readonly vault: Vault
  readonly filesDirectory: string
}
export type KeptAttachment = SealedFile

const attachmentFolder = 'attachments'

const placeOf = ({ vault, filesDirectory }: AttachmentDeps): SealedPlace => ({
  vault,
  filesDirectory,
  folder: attachmentFolder,
  keyName: 'attachments',
})

/** Takes what somebody sends, made anew and encrypted. Throws `files.*`. */
export function keepAttachment(deps: AttachmentDeps, stream: Readable): Promise<KeptAttachment> {
  return keepSealed(placeOf(deps), stream)
}

/** Reads a kept file. Throws `cases.attachment-lost` where it is gone or is not what was kept. */
export async function openAttachment(deps: AttachmentDeps, kept: { fileId: string; hash: string }): Promise<Buffer> {
  const bytes = await openSealed(placeOf(deps), kept)
  if (bytes === undefined) throw paperErrors.attachmentLost()
  return bytes
}

/** Destroys a kept file; one that is gone is no error. */
export function destroyAttachment(deps: AttachmentDeps, fileId: string): void {
  destroySealed(placeOf(deps), fileId)
}

/** Files that have lain for longer than a day, with how many days. */
export function listOldFiles({ filesDirectory }: AttachmentDeps, nowMs: number): { fileId: string; days: number }[] {
  const folder = join(filesDirectory, attachmentFolder)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => isId(name))
    .map((fileId) => ({ fileId, days: Math.floor((nowMs - statSync(join(folder, fileId)).mtimeMs) / dayMs) }))
    .filter(({ days }) => days >= 1)
}

const dayMs = 86_400_000
