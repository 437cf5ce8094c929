import { crc32, deflateSync } from 'node:zlib'

const width = 480
const height = 320

/** A plain grey picture (PNG) that stands for a photograph in the demo county. */
export function demoPicture(): Buffer {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width, 0xd8)])
  const frame = Buffer.concat([Buffer.from([0]), Buffer.alloc(width, 0x90)])
  const rows = Array.from({ length: height }, (_, at) => (at < 8 || at >= height - 8 ? frame : row))
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8) // eight bits of grey, no interlace
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, part('IHDR', head), part('IDAT', deflateSync(Buffer.concat(rows))), part('IEND', Buffer.alloc(0))])
}

function part(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}
