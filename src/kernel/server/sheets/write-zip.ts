import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { constants, createDeflateRaw, crc32 } from 'node:zlib'
import type { Entry } from 'yauzl'
import type { CheckedZip } from './zip.ts'

/** Writes an archive: entries of another one as they are, packed bytes and all, and new ones. */
export interface ZipWriter {
  /** Copies an entry without unpacking it. */
  copy(zip: CheckedZip, entry: Entry): Promise<void>
  /** Packs a new entry. `isFast` packs less tightly in a third of the time, for what is large. */
  add(name: string, content: AsyncIterable<Buffer | string> | Iterable<Buffer | string>, isFast?: boolean): Promise<void>
  /** Writes the list of entries and ends the target. */
  finish(): Promise<void>
}

interface Listed {
  name: Buffer
  flags: number
  method: number
  time: number
  date: number
  crc: number
  packed: number
  unpacked: number
  attributes: number
  at: number
}

const utf8 = 0x0800
const sizesFollow = 0x0008
/** 1 January 1980, the first day a ZIP knows: the same content gives the same bytes. */
const firstDay = 0x0021

/** Makes the writer of one archive below 4 GB. A target that fails or is closed ends it with an error, at the latest with the next write. */
export function makeZipWriter(target: Writable): ZipWriter {
  const listed: Listed[] = []
  let at = 0
  const ended = finished(target, { readable: false })
  // Told where it is waited for; a target that fails while we pack must not be a fault of the process.
  ended.catch(() => undefined)
  const write = async (bytes: Buffer): Promise<void> => {
    if (target.destroyed) return ended
    at += bytes.length
    if (!target.write(bytes)) await drained(target, ended)
  }
  const begin = async (facts: Omit<Listed, 'at'>): Promise<Listed> => {
    const one = { ...facts, at }
    listed.push(one)
    await write(localHeader(one))
    return one
  }
  return {
    async copy(zip, entry) {
      await begin(factsOf(entry))
      const raw = await zip.file.openReadStreamPromise(entry, { decodeFileData: false })
      // Safe: the stream was given no encoding, so blocks are buffers.
      for await (const block of raw) await write(block as Buffer)
    },
    async add(name, content, isFast = false) {
      const sizes = { crc: 0, packed: 0, unpacked: 0 }
      const flags = utf8 | sizesFollow
      const one = await begin({ name: Buffer.from(name), flags, method: 8, time: 0, date: firstDay, attributes: 0, ...sizes })
      for await (const block of deflate(content, one, isFast)) {
        one.packed += block.length
        await write(block)
      }
      const after = Buffer.alloc(16)
      after.writeUInt32LE(0x08074b50, 0)
      writeSizes(after, 4, one)
      await write(after)
    },
    async finish() {
      const from = at
      for (const one of listed) await write(centralHeader(one))
      await write(endRecord({ count: listed.length, from, bytes: at - from }))
      target.end()
      await ended
    },
  }
}

async function drained(target: Writable, ended: Promise<void>): Promise<void> {
  const stop = new AbortController()
  try {
    await Promise.race([once(target, 'drain', { signal: stop.signal }), ended])
  } finally {
    stop.abort()
  }
}

/** An entry of another archive as it stands there. */
function factsOf(entry: Entry): Omit<Listed, 'at'> {
  return {
    name: entry.fileNameRaw,
    flags: entry.generalPurposeBitFlag & utf8,
    method: entry.compressionMethod,
    time: entry.lastModFileTime,
    date: entry.lastModFileDate,
    crc: entry.crc32,
    packed: entry.compressedSize,
    unpacked: entry.uncompressedSize,
    attributes: entry.externalFileAttributes,
  }
}

function endRecord(list: { count: number; from: number; bytes: number }): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(list.count, 8)
  end.writeUInt16LE(list.count, 10)
  end.writeUInt32LE(list.bytes, 12)
  end.writeUInt32LE(list.from, 16)
  return end
}

/** Packs content block by block and notes its size and checksum. */
async function* deflate(
  content: AsyncIterable<Buffer | string> | Iterable<Buffer | string>,
  one: Listed,
  isFast: boolean,
): AsyncGenerator<Buffer> {
  const packer = createDeflateRaw(isFast ? { level: constants.Z_BEST_SPEED, chunkSize: 65_536 } : {})
  const feed = async (): Promise<void> => {
    for await (const part of content) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part
      one.unpacked += bytes.length
      one.crc = crc32(bytes, one.crc)
      if (!packer.write(bytes)) await once(packer, 'drain')
    }
    packer.end()
  }
  const fed = feed().catch((fault: unknown) => void packer.destroy(fault instanceof Error ? fault : new Error('the content broke off')))
  // Safe: the stream was given no encoding, so blocks are buffers.
  for await (const block of packer) yield block as Buffer
  await fed
}

function writeSizes(target: Buffer, at: number, one: Listed): void {
  target.writeUInt32LE(one.crc, at)
  target.writeUInt32LE(one.packed, at + 4)
  target.writeUInt32LE(one.unpacked, at + 8)
}

function localHeader(one: Listed): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  writeFacts(header, 6, one)
  header.writeUInt16LE(one.name.length, 26)
  return Buffer.concat([header, one.name])
}

function centralHeader(one: Listed): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(20, 6)
  writeFacts(header, 8, one)
  header.writeUInt16LE(one.name.length, 28)
  header.writeUInt32LE(one.attributes, 38)
  header.writeUInt32LE(one.at, 42)
  return Buffer.concat([header, one.name])
}

/** Flags, method, time, day, checksum and sizes, which both headers have in this order. */
function writeFacts(header: Buffer, at: number, one: Listed): void {
  header.writeUInt16LE(one.flags, at)
  header.writeUInt16LE(one.method, at + 2)
  header.writeUInt16LE(one.time, at + 4)
  header.writeUInt16LE(one.date, at + 6)
  writeSizes(header, at + 8, one)
}
