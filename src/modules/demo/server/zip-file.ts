import { closeSync, openSync, writeSync } from 'node:fs'
import { once } from 'node:events'
import { crc32, createDeflateRaw } from 'node:zlib'

/** A part of a zip: its name and its text as it comes. */
export interface ZipPart {
  name: string
  text: Iterable<string>
}

interface Written {
  name: Buffer
  crc: number
  packed: number
  plain: number
  offset: number
}

// One fixed day for every part, 2026-01-01 00:00: the clock must not show in the bytes.
const dosTime = 0
const dosDate = ((2026 - 1980) << 9) | (1 << 5) | 1

/** Writes a zip part by part, compressing as the text comes; sizes are filled in afterwards. Parts beyond 4 GB are not possible. */
export async function writeZip(path: string, parts: Iterable<ZipPart>): Promise<number> {
  const file = openSync(path, 'w')
  try {
    const directory: Written[] = []
    let offset = 0
    for (const part of parts) {
      const written = await writePart(file, offset, part)
      directory.push(written)
      offset += 30 + written.name.length + written.packed
    }
    const index = Buffer.concat(directory.map(directoryEntry))
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(directory.length, 8)
    end.writeUInt16LE(directory.length, 10)
    end.writeUInt32LE(index.length, 12)
    end.writeUInt32LE(offset, 16)
    writeSync(file, Buffer.concat([index, end]), 0, index.length + 22, offset)
    return offset + index.length + 22
  } finally {
    closeSync(file)
  }
}

async function writePart(file: number, offset: number, part: ZipPart): Promise<Written> {
  const written: Written = { name: Buffer.from(part.name), crc: 0, packed: 0, plain: 0, offset }
  const start = offset + 30 + written.name.length
  const deflate = createDeflateRaw({ level: 4, chunkSize: 1 << 18 })
  deflate.on('data', (chunk: Buffer) => {
    writeSync(file, chunk, 0, chunk.length, start + written.packed)
    written.packed += chunk.length
  })
  const send = async (text: string): Promise<void> => {
    const bytes = Buffer.from(text, 'utf8')
    written.crc = crc32(bytes, written.crc)
    written.plain += bytes.length
    if (!deflate.write(bytes)) await once(deflate, 'drain')
  }
  let waiting: string[] = []
  let length = 0
  for (const text of part.text) {
    waiting.push(text)
    length += text.length
    if (length < 1 << 18) continue
    await send(waiting.join(''))
    waiting = []
    length = 0
  }
  await send(waiting.join(''))
  deflate.end()
  await once(deflate, 'end')
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  describe(header, 4, written)
  writeSync(file, Buffer.concat([header, written.name]), 0, 30 + written.name.length, offset)
  return written
}

function directoryEntry(written: Written): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(20, 4)
  describe(entry, 6, written)
  entry.writeUInt32LE(written.offset, 42)
  return Buffer.concat([entry, written.name])
}

/** The fields that local header and directory share: version, flags (names are UTF-8), method, time, sums, lengths. */
function describe(into: Buffer, at: number, written: Written): void {
  into.writeUInt16LE(20, at)
  into.writeUInt16LE(0x0800, at + 2)
  into.writeUInt16LE(8, at + 4)
  into.writeUInt16LE(dosTime, at + 6)
  into.writeUInt16LE(dosDate, at + 8)
  into.writeUInt32LE(written.crc >>> 0, at + 10)
  into.writeUInt32LE(written.packed, at + 14)
  into.writeUInt32LE(written.plain, at + 18)
  into.writeUInt16LE(written.name.length, at + 22)
}
