import { createCipheriv, createDecipheriv, randomBytes, type DecipherGCM } from 'node:crypto'
import {
  closeSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
  fsyncSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { makeSoundTables, soundTableBytes, type SoundTables } from '../rules/sounds.ts'
import { kernelMemory } from './kernel-memory.ts'
import { syncFolder } from '#kernel/server/files/index.ts'
import { bytesOfIndex, layIndex, type IndexPlace, type IndexRoom, type RegisterIndex } from '../rules/register-layout.ts'

/** Names the layout; a file of another one is never read but built anew. */
const format = 'BFIX0007'
const magic = Buffer.from(format)
const blockBytes = 256 * 1024

interface Head {
  room: IndexRoom
  persons: number
  households: number
  units: number
  places: IndexPlace[]
}

/** An index with the sounds by which its names were tabled. */
export interface IndexWithSounds {
  index: RegisterIndex
  sounds: SoundTables
}

/** An index as it was read. */
export interface ReadIndex extends IndexWithSounds {
  /**
   * Reads the ids of persons and households (16 bytes each) too. No list is matched by them, so their memory stays free until it is told who
   * was meant; `idAt` refuses before. Throws like `readIndexFile`.
   */
  readIds: () => void
}

const startBytes = 20
const tagBytes = 16

/**
 * Writes an index encrypted (AES-256-GCM) for one revision of the register: temporary name, fsync, rename. Only the owner may read it. The
 * file holds two sealed parts: what lists are matched by with the sounds, then the ids.
 */
export function writeIndexFile(path: string, { index, sounds }: IndexWithSounds, key: Buffer): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const half = `${path}.half`
  const { room, persons, households, units, places } = index
  const head = Buffer.from(JSON.stringify({ room, persons, households, units, places } satisfies Head))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  const bytes = Buffer.from(index.memory, 0, bytesOfIndex(room))
  const idsFrom = index.personIds.byteOffset
  const tables = [sounds.given, sounds.surname].map((table) => Buffer.from(table.buffer, table.byteOffset, table.byteLength))
  const file = openSync(half, 'w', 0o600)
  try {
    writeSync(file, magic)
    writeSealed(file, key, [length, head, bytes.subarray(0, idsFrom), ...tables])
    writeSealed(file, key, [bytes.subarray(idsFrom)])
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(half, path)
  syncFolder(dirname(path))
}

/** Writes one sealed part: nonce, what it holds, tag. */
function writeSealed(file: number, key: Buffer, parts: readonly Buffer[]): void {
  const nonce = randomBytes(startBytes - magic.length)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  writeSync(file, nonce)
  for (const part of parts)
    for (let at = 0; at < part.length; at += blockBytes) writeSync(file, cipher.update(part.subarray(at, at + blockBytes)))
  writeSync(file, Buffer.concat([cipher.final(), cipher.getAuthTag()]))
}

/** Reads an index that `writeIndexFile` wrote, straight into shared memory. Throws when a bit of it was changed or the key is another. */
export function readIndexFile(path: string, key: Buffer): ReadIndex {
  const file = openSync(path, 'r')
  try {
    const start = readAt(file, 0, startBytes)
    if (!start.subarray(0, magic.length).equals(magic)) throw new Error('this is no register index')
    const decipher = createDecipheriv('aes-256-gcm', key, start.subarray(magic.length))
    const headLength = decipher.update(readAt(file, startBytes, 4)).readUInt32LE(0)
    // Safe: written by writeIndexFile; a change would fail the tag below, before anything is used.
    const head = JSON.parse(decipher.update(readAt(file, startBytes + 4, headLength)).toString()) as Head
    const index = layIndex(head.room, kernelMemory(bytesOfIndex(head.room)))
    const soundMemory = new SharedArrayBuffer(soundTableBytes)
    const sounds = makeSoundTables(soundMemory)
    const matching = new Uint8Array(index.memory, 0, index.personIds.byteOffset)
    let at = startBytes + 4 + headLength
    for (const target of [matching, new Uint8Array(soundMemory)]) at = readInto(file, { target, at }, decipher)
    decipher.setAuthTag(readAt(file, at, tagBytes))
    decipher.final()
    const { persons, households, units, places } = head
    let isRead = false
    const readIds = (): void => {
      if (!isRead) readIdsInto(index, { path, at: at + tagBytes, key })
      isRead = true
    }
    return { index: Object.assign(index, { persons, households, units, places }), sounds, readIds }
  } finally {
    closeSync(file)
  }
}

function readIdsInto(index: RegisterIndex, { path, at, key }: { path: string; at: number; key: Buffer }): void {
  const file = openSync(path, 'r')
  try {
    const nonce = readAt(file, at, startBytes - magic.length)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    const from = index.personIds.byteOffset
    const target = new Uint8Array(index.memory, from, bytesOfIndex(index.room) - from)
    const end = readInto(file, { target, at: at + nonce.length }, decipher)
    decipher.setAuthTag(readAt(file, end, tagBytes))
    decipher.final()
  } finally {
    closeSync(file)
  }
}

/** Decrypts as many bytes as the target has, from `at` on; returns where the next ones stand. */
function readInto(file: number, { target, at }: { target: Uint8Array; at: number }, decipher: DecipherGCM): number {
  const block = Buffer.allocUnsafe(blockBytes)
  let from = at
  for (let to = 0; to < target.length; ) {
    const read = readSync(file, block, 0, Math.min(blockBytes, target.length - to), from)
    if (read === 0) throw new Error('the register index is cut off')
    const plain = decipher.update(block.subarray(0, read))
    target.set(plain, to)
    // Freed at once: a hundred megabytes of such pieces would wait for the collector.
    if (plain.buffer instanceof ArrayBuffer && plain.byteLength === plain.buffer.byteLength) plain.buffer.transfer(0)
    to += read
    from += read
  }
  return from
}

function readAt(file: number, at: number, length: number): Buffer {
  const buffer = Buffer.alloc(length)
  readSync(file, buffer, 0, length, at)
  return buffer
}

/** Where the index of a revision lies, in the layout of today. */
export function pathOfIndex(filesDirectory: string, countyCode: string, revision: string): string {
  return join(filesDirectory, 'register-index', `${countyCode}-${revision.replace(/[^0-9A-Za-z]/g, '')}-${format}.index`)
}

/** Longer than a comparison may take: an index that was taken up since then may still be read. */
const inUseMs = 20 * 60_000

/** Notes that an index is taken up, so that no other comparison removes it; false where there is none. */
export function noteInUse(path: string): boolean {
  const now = new Date()
  try {
    utimesSync(path, now, now)
    return true
  } catch {
    return false // it was never made, or another comparison has just removed it
  }
}

/** Removes the indexes of a county's other revisions that no comparison can be reading: the register has moved on. */
export function dropOtherIndexes(filesDirectory: string, countyCode: string, keep: string): void {
  const folder = join(filesDirectory, 'register-index')
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (!name.startsWith(`${countyCode}-`) || path === keep) continue
    const stat = statSync(path, { throwIfNoEntry: false }) // another comparison may remove it at the same time
    if (stat !== undefined && stat.mtimeMs < Date.now() - inUseMs) rmSync(path, { force: true })
  }
}
