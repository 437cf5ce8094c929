import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Vault } from '../vault/index.ts'
import { attachmentLimits, cleanFile, type CleanFile } from './clean-file.ts'
import { destroyFile, keepFile, pathOfFile } from './store-file.ts'

/** Where files of one kind lie, and the word from which their key is derived. */
export interface SealedPlace {
  readonly vault: Vault
  readonly filesDirectory: string
  /** Folder below `filesDirectory`. */
  readonly folder: string
  readonly keyName: string
}

/** A clean file that lies encrypted beside the database. */
export interface SealedFile extends Omit<CleanFile, 'bytes'> {
  readonly fileId: string
  readonly hash: string
  readonly bytes: number
}

const version = 1
const nonceBytes = 12
const headBytes = 1 + nonceBytes + 16
const folderOf = ({ filesDirectory, folder }: SealedPlace) => join(filesDirectory, folder)
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Takes what somebody sends: whole into quarantine, made anew or refused, then encrypted under a name of our own. Throws `files.*`. */
export async function keepSealed(place: SealedPlace, stream: Readable): Promise<SealedFile> {
  const quarantine = join(place.filesDirectory, 'quarantine')
  const sent = await keepFile(quarantine, stream, attachmentLimits.bytes)
  try {
    const { bytes, ...clean } = await cleanFile(sent.path)
    const stored = await keepFile(folderOf(place), Readable.from([lock(place, bytes)]), attachmentLimits.bytes + headBytes)
    return { ...clean, fileId: stored.fileId, bytes: bytes.length, hash: hashOf(bytes) }
  } finally {
    destroyFile(quarantine, sent.fileId)
  }
}

/** Reads a kept file; undefined where it is gone or is not what was kept: which of the two helps nobody. */
export async function openSealed(place: SealedPlace, kept: { fileId: string; hash: string }): Promise<Buffer | undefined> {
  try {
    const bytes = unlock(place, await readFile(pathOfFile(folderOf(place), kept.fileId)))
    return hashOf(bytes) === kept.hash ? bytes : undefined
  } catch {
    return undefined
  }
}

/** Destroys a kept file; one that is gone is no error. */
export function destroySealed(place: SealedPlace, fileId: string): void {
  destroyFile(folderOf(place), fileId)
}

/** AES-256-GCM: version, nonce, tag, then the file. The hash in the row ties it to its place. */
function lock({ vault, keyName }: SealedPlace, bytes: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', vault.deriveKey(keyName), nonce)
  const body = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), body])
}

function unlock({ vault, keyName }: SealedPlace, locked: Buffer): Buffer {
  if (locked[0] !== version) throw new Error('another version')
  const decipher = createDecipheriv('aes-256-gcm', vault.deriveKey(keyName), locked.subarray(1, 1 + nonceBytes))
  decipher.setAuthTag(locked.subarray(1 + nonceBytes, headBytes))
  return Buffer.concat([decipher.update(locked.subarray(headBytes)), decipher.final()])
}
