import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { Transformer } from '@napi-rs/image'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { cleanFile, readMetadata } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'bangfu-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const clean = (bytes: Uint8Array) => {
  const path = join(folder, 'sent')
  writeFileSync(path, bytes)
  return cleanFile(path)
}

/** A picture without anything but a gradient. */
const picture = (width: number, height: number) =>
  Transformer.fromRgbaPixels(
    Buffer.from(Array.from({ length: width * height * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 7) % 256))),
    width,
    height,
  )

/** EXIF with a description, the camera held sideways, and a place. */
function exif(words: string): Buffer {
  const text = Buffer.from(`${words}\0`)
  const body = Buffer.alloc(50 + text.length)
  body.write('II*\0', 'latin1')
  body.writeUInt32LE(8, 4)
  body.writeUInt16LE(3, 8)
  const entries = [
    [0x010e, 2, text.length, 50],
    [0x0112, 3, 1, 6],
    [0x8825, 4, 1, 0],
  ] as const
  entries.forEach(([tag, kind, count, value], at) => {
    body.writeUInt16LE(tag, 10 + at * 12)
    body.writeUInt16LE(kind, 12 + at * 12)
    body.writeUInt32LE(count, 14 + at * 12)
    body.writeUInt32LE(value, 18 + at * 12)
  })
  text.copy(body, 50)
  return body
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(0xff00 + marker)
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

function chunk(kind: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length)
  head.write(kind, 4, 'latin1')
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), body])))
  return Buffer.concat([head, body, check])
}

const withSegments = (jpeg: Buffer, ...segments: Buffer[]) => Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])
const withChunks = (png: Buffer, ...chunks: Buffer[]) => Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)])
const secret = '张某 15400001111'

describe('a photograph', () => {
  it('is written anew, turned as it was taken, and what it said besides is gone, but told', async () => {
    const jpeg = withSegments(
      await picture(300, 200).jpeg(80),
      segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(secret)])),
      segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<dc:title>${secret}</dc:title>`)),
      segment(0xed, Buffer.from(`Photoshop 3.0\0${secret}`)),
      segment(0xfe, Buffer.from(secret)),
    )
    const sent = Buffer.concat([jpeg, Buffer.from(secret)])
    const made = await clean(sent)
    expect(made).toMatchObject({ mediaType: 'image/jpeg', width: 200, height: 300 })
    expect(made.hidden.map((one) => one.where)).toEqual(['EXIF ImageDescription', 'EXIF GPS', 'XMP', 'IPTC', 'JPEG COM', 'tail'])
    expect(made.hidden.filter((one) => one.text.includes(secret)).length).toBe(5)
    expect(made.hidden.some((one) => one.mark === 'gps')).toBe(true)
    expect(readMetadata(made.bytes)).toEqual([])
    expect(made.bytes.includes('15400001111')).toBe(false)
  })

  it('of a screen loses the words of its chunks, packed ones too', async () => {
    const png = withChunks(
      await picture(40, 30).png(),
      chunk('tEXt', Buffer.from(`Comment\0${secret}`)),
      chunk('zTXt', Buffer.concat([Buffer.from('Author\0\0'), deflateSync(secret)])),
      chunk('iTXt', Buffer.from(`Title\0\0\0zh\0\0${secret}`)),
      chunk('eXIf', exif(secret)),
      chunk('prIv', Buffer.from(secret)),
    )
    const made = await clean(png)
    expect(made).toMatchObject({ mediaType: 'image/png', width: 40, height: 30 })
    expect(made.hidden.filter((one) => one.text.includes(secret)).length).toBe(5)
    expect(readMetadata(made.bytes)).toEqual([])
  })

  it('larger than 2,000 pixels is made smaller', async () => {
    expect(await clean(await picture(2400, 120).jpeg(60))).toMatchObject({ width: 2000, height: 100 })
  })
})

describe('what is refused', () => {
  const huge = chunk('IHDR', Buffer.from([0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff, 8, 2, 0, 0, 0]))
  const pdf = (inside: string) => `%PDF-1.7\n1 0 obj << /Type /Catalog ${inside} >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`
  const packed = deflateSync('1 0 << /S /JavaScript /JS (app.alert(1)) >>')
  const hidden = Buffer.concat([
    Buffer.from('%PDF-1.7\n5 0 obj << /Type /Obj#53tm /Filter /FlateDecode >> stream\n'),
    packed,
    Buffer.from('\nendstream endobj\n%%EOF'),
  ])
  const cases: [string, Uint8Array, string][] = [
    ['a page of HTML', Buffer.from('<html><script>alert(1)</script></html>'), 'files.wrong-kind'],
    ['a drawing with scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>'), 'files.wrong-kind'],
    ['a picture of 4,000 million pixels', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), huge]), 'files.too-many-pixels'],
    ['half a picture', Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 9]), 'files.damaged'],
    ['a PDF with a script', Buffer.from(pdf('/OpenAction << /S /JavaScript /JS (x) >>')), 'files.active'],
    ['a PDF whose script is written otherwise', Buffer.from(pdf('/OpenAction << /S /J#61vaScript >>')), 'files.active'],
    ['a PDF with a packed script', hidden, 'files.active'],
    ['a PDF with a file in it', Buffer.from(pdf('/Names << /EmbeddedFiles 3 0 R >>')), 'files.active'],
    ['a PDF that starts a program', Buffer.from(pdf('/A << /S /Launch /F (x.exe) >>')), 'files.active'],
    ['a PDF with a password', Buffer.from(pdf('').replace('/Root', '/Encrypt 9 0 R /Root')), 'files.locked'],
    ['half a PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'files.damaged'],
  ]
  for (const [name, bytes, code] of cases) {
    it(name, async () => {
      await expect(clean(bytes)).rejects.toMatchObject({ code })
    })
  }

  it('but a harmless PDF is kept as it is', async () => {
    const bytes = Buffer.from(pdf('/Pages 2 0 R'))
    expect(await clean(bytes)).toEqual({ mediaType: 'application/pdf', bytes, width: null, height: null, hidden: [] })
  })
})

it('reads spoilt pictures without ever failing', () => {
  const heads = [
    Buffer.from([0xff, 0xd8]),
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(secret)]))]),
  ]
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }), fc.nat(120), (head, rest, at) => {
      const bytes = Buffer.concat([head, rest])
      bytes[at % bytes.length] = 0xff
      expect(Array.isArray(readMetadata(bytes))).toBe(true)
    }),
    { numRuns: 500 },
  )
})
