import { createHash } from 'node:crypto'
import { closeSync, createWriteStream, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isId, makeId } from '#kernel/pure/ids/index.ts'
import { fileErrors } from './errors.ts'

/** A file in quarantine: nothing has read it yet. */
export interface StoredFile {
  fileId: string
  path: string
  bytes: number
  /** SHA-256 of the content, hexadecimal. */
  hash: string
}

/** Keeps a file as it came: temporary name, fsync, rename, fsync of the folder (trust.md §7). Throws `files.too-large`, `files.empty`. */
export async function keepFile(folder: string, source: Readable, limitBytes: number): Promise<StoredFile> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const fileId = makeId()
  const path = pathOfFile(folder, fileId)
  const half = `${path}.half`
  const hash = createHash('sha256')
  let bytes = 0
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(bytes > limitBytes ? fileErrors.tooLarge({ limitMegabytes: Math.floor(limitBytes / 1_048_576) }) : null, chunk)
    },
  })
  try {
    await pipeline(source, meter, createWriteStream(half, { mode: 0o600, flush: true }))
    if (bytes === 0) throw fileErrors.empty()
    renameSync(half, path)
    syncFolder(folder)
  } catch (fault) {
    rmSync(half, { force: true })
    throw fault
  }
  return { fileId, path, bytes, hash: hash.digest('hex') }
}

/** Where a kept file lies. `fileId` must be an id made by `keepFile`. */
export function pathOfFile(folder: string, fileId: string): string {
  if (!isId(fileId)) throw new Error('a file id is a UUID')
  return join(folder, fileId)
}

/** Destroys a kept file; a file that is already gone is no error. */
export function destroyFile(folder: string, fileId: string): void {
  rmSync(pathOfFile(folder, fileId), { force: true })
  syncFolder(folder)
}

/** Makes the names in a folder durable; Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
