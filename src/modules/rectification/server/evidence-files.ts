import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { attachmentLimits, cleanFile, destroyFile, keepFile, pathOfFile, type CleanFile } from '#kernel/server/files/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { rectificationErrors } from './errors.ts'

/** Where evidence lies and how it is locked. */
export interface EvidenceDeps {
  readonly vault: Vault
  readonly filesDirectory: string
}

const folderOf = ({ filesDirectory }: EvidenceDeps) => join(filesDirectory, 'rectification')
const version = 1
const nonceBytes = 12
const headBytes = 1 + nonceBytes + 16

/** A clean file that lies encrypted beside the database. */
export interface KeptEvidence extends Omit<CleanFile, 'bytes'> {
  readonly fileId: string
  readonly hash: string
  readonly bytes: number
}

/** Takes what somebody sends: whole into quarantine, made anew or refused, then encrypted under a name of our own. Throws `files.*`. */
export async function keepEvidence(deps: EvidenceDeps, stream: Readable): Promise<KeptEvidence> {
  const quarantine = join(deps.filesDirectory, 'quarantine')
  const sent = await keepFile(quarantine, stream, attachmentLimits.bytes)
  try {
    const { bytes, ...clean } = await cleanFile(sent.path)
    const stored = await keepFile(folderOf(deps), Readable.from([lock(deps, bytes)]), attachmentLimits.bytes + headBytes)
    return { ...clean, fileId: stored.fileId, bytes: bytes.length, hash: hashOf(bytes) }
  } finally {
    destroyFile(quarantine, sent.fileId)
  }
}

/** Reads a kept file. Throws `rectification.evidence-lost` where it is gone or is not what was kept. */
export async function openEvidence(deps: EvidenceDeps, kept: { fileId: string; hash: string }): Promise<Buffer> {
  try {
    const bytes = unlock(deps, await readFile(pathOfFile(folderOf(deps), kept.fileId)))
    if (hashOf(bytes) === kept.hash) return bytes
  } catch {
    // Which of the two it was helps nobody.
  }
  throw rectificationErrors.evidenceLost()
}

/** Destroys a kept file; one that is gone is no error. */
export function destroyEvidence(deps: EvidenceDeps, fileId: string): void {
  destroyFile(folderOf(deps), fileId)
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** AES-256-GCM: version, nonce, tag, then the file. The hash in the row ties it to its place. */
function lock({ vault }: EvidenceDeps, bytes: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', vault.deriveKey('evidence'), nonce)
  const body = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), body])
}

function unlock({ vault }: EvidenceDeps, locked: Buffer): Buffer {
  if (locked[0] !== version) throw new Error('another version')
  const decipher = createDecipheriv('aes-256-gcm', vault.deriveKey('evidence'), locked.subarray(1, 1 + nonceBytes))
  decipher.setAuthTag(locked.subarray(1 + nonceBytes, headBytes))
  return Buffer.concat([decipher.update(locked.subarray(headBytes)), decipher.final()])
}
