import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { attachmentLimits, cleanFile, destroyFile, keepFile, pathOfFile } from '#kernel/server/files/index.ts'
import { ledgersErrors } from './errors.ts'
import type { LedgerDeps } from './work-out.ts'

const folderOf = ({ filesDirectory }: LedgerDeps): string => join(filesDirectory, 'ledger-files')
const version = 1
const nonceBytes = 12
const headBytes = 1 + nonceBytes + 16
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** A clean file that lies encrypted beside the database. */
export interface KeptFile {
  readonly fileId: string
  readonly hash: string
  readonly bytes: number
  readonly mediaType: string
}

/** Takes what somebody sends: whole into quarantine, made anew without what it hides, then encrypted under a name of our own. Throws `files.*`. */
export async function keepRecordFile(deps: LedgerDeps, stream: Readable): Promise<KeptFile> {
  const quarantine = join(deps.filesDirectory, 'quarantine')
  const sent = await keepFile(quarantine, stream, attachmentLimits.bytes)
  try {
    const { bytes, mediaType } = await cleanFile(sent.path)
    const stored = await keepFile(folderOf(deps), Readable.from([lock(deps, bytes)]), attachmentLimits.bytes + headBytes)
    return { fileId: stored.fileId, hash: hashOf(bytes), bytes: bytes.length, mediaType }
  } finally {
    destroyFile(quarantine, sent.fileId)
  }
}

/** Reads a kept file. Throws `ledgers.file-lost` where it is gone or is not what was kept. */
export async function openRecordFile(deps: LedgerDeps, kept: { fileId: string; hash: string }): Promise<Buffer> {
  try {
    const bytes = unlock(deps, await readFile(pathOfFile(folderOf(deps), kept.fileId)))
    if (hashOf(bytes) === kept.hash) return bytes
  } catch {
    // Gone or damaged: which of the two helps nobody.
  }
  throw ledgersErrors.fileLost()
}

/** Destroys a kept file; one that is gone is no error. */
export function destroyRecordFile(deps: LedgerDeps, fileId: string): void {
  destroyFile(folderOf(deps), fileId)
}

/** AES-256-GCM: version, nonce, tag, then the file. The hash in the row ties it to its place. */
function lock({ vault }: LedgerDeps, bytes: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', vault.deriveKey('ledger-files'), nonce)
  const body = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), body])
}

function unlock({ vault }: LedgerDeps, locked: Buffer): Buffer {
  if (locked[0] !== version) throw ledgersErrors.fileLost()
  const decipher = createDecipheriv('aes-256-gcm', vault.deriveKey('ledger-files'), locked.subarray(1, 1 + nonceBytes))
  decipher.setAuthTag(locked.subarray(1 + nonceBytes, headBytes))
  return Buffer.concat([decipher.update(locked.subarray(headBytes)), decipher.final()])
}
