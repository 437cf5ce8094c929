import { createCipheriv, createDecipheriv, randomBytes, type Decipheriv } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readSync, readdirSync, renameSync, rmSync, writeSync, fsyncSync, fstatSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeSoundTables, soundTableBytes, type SoundTables } from '../rules/sounds.ts'
import { kernelMemory } from './kernel-memory.ts'
import { syncFolder } from '#kernel/server/files/index.ts'
import { bytesOfIndex, layIndex, type IndexPlace, type IndexRoom, type RegisterIndex } from '../rules/register-layout.ts'

/** Names the layout; a file of another one is never read but built anew. */
const format = 'BFIX0005'
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

/** Writes an index encrypted (AES-256-GCM) for one revision of the register: temporary name, fsync, rename. Only the owner may read it. */
export function writeIndexFile(path: string, { index, sounds }: IndexWithSounds, key: Buffer): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const half = `${path}.half`
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const { room, persons, households, units, places } = index
  const head = Buffer.from(JSON.stringify({ room, persons, households, units, places } satisfies Head))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  const file = openSync(half, 'w', 0o600)
  try {
    writeSync(file, Buffer.concat([magic, nonce]))
    writeSync(file, cipher.update(Buffer.concat([length, head])))
    const bytes = Buffer.from(index.memory, 0, bytesOfIndex(room))
    for (let at = 0; at < bytes.length; at += blockBytes) writeSync(file, cipher.update(bytes.subarray(at, at + blockBytes)))
    for (const table of [sounds.given, sounds.surname])
      writeSync(file, cipher.update(Buffer.from(table.buffer, table.byteOffset, table.byteLength)))
    writeSync(file, Buffer.concat([cipher.final(), cipher.getAuthTag()]))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(half, path)
  syncFolder(dirname(path))
}

/** Reads an index that `writeIndexFile` wrote, straight into shared memory. Throws when a bit of it was changed or the key is another. */
export function readIndexFile(path: string, key: Buffer): IndexWithSounds {
  const file = openSync(path, 'r')
  try {
    const size = fstatSync(file).size
    const start = readAt(file, 0, 20)
    if (!start.subarray(0, 8).equals(magic)) throw new Error('this is no register index')
    const decipher = createDecipheriv('aes-256-gcm', key, start.subarray(8, 20))
    decipher.setAuthTag(readAt(file, size - 16, 16))
    const headLength = decipher.update(readAt(file, 20, 4)).readUInt32LE(0)
    // Safe: written by writeIndexFile; a change would fail the tag below, before anything is used.
    const head = JSON.parse(decipher.update(readAt(file, 24, headLength)).toString()) as Head
    const indexBytes = bytesOfIndex(head.room)
    const index = layIndex(head.room, kernelMemory(indexBytes))
    const into = new Uint8Array(index.memory, 0, indexBytes)
    const soundMemory = new SharedArrayBuffer(soundTableBytes)
    const sounds = makeSoundTables(soundMemory)
    let at = 24 + headLength
    for (const target of [into, new Uint8Array(soundMemory)]) at = readInto(file, { target, at, end: size - 16 }, decipher)
    decipher.final()
    const { persons, households, units, places } = head
    return { index: Object.assign(index, { persons, households, units, places }), sounds }
  } finally {
    closeSync(file)
  }
}

/** Decrypts as many bytes as the target has, from `at` on; returns where the next ones stand. */
function readInto(file: number, { target, at, end }: { target: Uint8Array; at: number; end: number }, decipher: Decipheriv): number {
  const block = Buffer.allocUnsafe(blockBytes)
  let from = at
  for (let to = 0; to < target.length; ) {
    const read = readSync(file, block, 0, Math.min(blockBytes, end - from, target.length - to), from)
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

/** Removes the indexes of a county's other revisions: the register has moved on. */
export function dropOtherIndexes(filesDirectory: string, countyCode: string, keep: string): void {
  const folder = join(filesDirectory, 'register-index')
  for (const name of readdirSync(folder))
    if (name.startsWith(`${countyCode}-`) && join(folder, name) !== keep) rmSync(join(folder, name), { force: true })
}
