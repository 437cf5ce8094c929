import { crc32, deflateSync } from 'node:zlib'
import { encodeText } from '../../src/modules/demo/server/text-file.ts'
import { pick, type Chance } from '../chance.ts'

/** A file with a text hidden in it, as real programs hide it. */
export interface HidingFile {
  readonly name: string
  readonly where: string
  readonly bytes: Buffer
}

const u16 = (value: number) => Buffer.from([value >> 8, value & 255])
export const u32 = (value: number) => Buffer.from([(value >>> 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255])
const encoded = (chance: Chance, text: string) => (chance(3) === 0 ? encodeText(text, 'gb18030') : Buffer.from(text))
export const escapeXml = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
export const noise = (chance: Chance, length: number) => Buffer.from(Array.from({ length }, () => chance(256)))

/** An Exif block with one field; `order`: of its bytes. */
function exif(chance: Chance, field: { tag: number; type: number; value: Buffer }, place: 'ifd0' | 'exif' | 'thumbnail' = 'ifd0'): Buffer {
  const isLittle = chance(2) === 0
  const w16 = (value: number) => (isLittle ? Buffer.from([value & 255, value >> 8]) : u16(value))
  const w32 = (value: number) => (isLittle ? Buffer.from(u32(value)).reverse() : u32(value))
  const entry = (tag: number, type: number, count: number, value: number) => Buffer.concat([w16(tag), w16(type), w32(count), w32(value)])
  const head = Buffer.concat([Buffer.from(isLittle ? 'II' : 'MM'), w16(42), w32(8)])
  const value = field.value.length < 5 ? Buffer.concat([field.value, Buffer.alloc(5 - field.value.length)]) : field.value
  if (place === 'ifd0') {
    const directory = Buffer.concat([w16(1), entry(field.tag, field.type, value.length, 26), w32(0)])
    return Buffer.concat([head, directory, value])
  }
  if (place === 'thumbnail') {
    const first = Buffer.concat([w16(0), w32(14)])
    return Buffer.concat([head, first, w16(1), entry(field.tag, field.type, value.length, 32), w32(0), value])
  }
  const first = Buffer.concat([w16(1), entry(0x8769, 4, 1, 26), w32(0)])
  return Buffer.concat([head, first, w16(1), entry(field.tag, field.type, value.length, 44), w32(0), value])
}

export const utf16 = (text: string, isLittle: boolean) => (isLittle ? Buffer.from(text, 'utf16le') : Buffer.from(text, 'utf16le').swap16())

/** An Exif block that holds the text in one of the fields that programs use. */
function exifWith(chance: Chance, text: string): { where: string; bytes: Buffer } {
  return pick(chance, [
    () => ({
      where: 'ImageDescription',
      bytes: exif(chance, { tag: 0x010e, type: 2, value: Buffer.concat([encoded(chance, text), Buffer.alloc(1)]) }),
    }),
    () => ({ where: 'Artist of the thumbnail', bytes: exif(chance, { tag: 0x013b, type: 2, value: encoded(chance, text) }, 'thumbnail') }),
    () => ({ where: 'Windows comment', bytes: exif(chance, { tag: 0x9c9c, type: 1, value: utf16(`${text}\0`, true) }) }),
    () => ({
      where: 'UserComment',
      bytes: exif(chance, { tag: 0x9286, type: 7, value: Buffer.concat([Buffer.from('UNICODE\0'), utf16(text, chance(2) === 0)]) }, 'exif'),
    }),
    () => ({
      where: 'UserComment plain',
      bytes: exif(chance, { tag: 0x9286, type: 7, value: Buffer.concat([Buffer.from('ASCII\0\0\0'), encoded(chance, text)]) }, 'exif'),
    }),
  ])()
}

export const xmp = (text: string) =>
  Buffer.from(
    `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description xmpMM:DocumentID="uuid:faf5bdd5-ba3d-11da-ad31-d33d75182f1b"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
  )

const segment = (marker: number, body: Buffer) => Buffer.concat([Buffer.from([0xff, marker]), u16(body.length + 2), body])
const iptc = (body: Buffer) =>
  Buffer.concat([Buffer.from('Photoshop 3.0\0'), Buffer.from('8BIM'), u16(0x0404), u16(0), u32(body.length), body])
const dataSet = (record: number, text: Buffer) => Buffer.concat([Buffer.from([0x1c, 2, record]), u16(text.length), text])

function jpeg(chance: Chance, before: Buffer, after = Buffer.alloc(0)): Buffer {
  const picture = noise(chance, 200 + chance(400))
  for (let at = 0; at < picture.length; at += 1) if (picture[at] === 0xff) picture[at] = 0
  const [soi, eoi] = [Buffer.from([0xff, 0xd8]), Buffer.from([0xff, 0xd9])]
  const frame = [
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')),
    segment(0xdb, noise(chance, 65)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  ]
  return Buffer.concat([soi, frame[0] ?? soi, before, frame[1] ?? soi, frame[2] ?? soi, picture, eoi, after])
}

const chunk = (type: string, body: Buffer) => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  return Buffer.concat([u32(body.length), named, u32(crc32(named))])
}
function png(chance: Chance, extra: Buffer, after = Buffer.alloc(0)): Buffer {
  const head = chunk('IHDR', Buffer.concat([u32(4), u32(4), Buffer.from([8, 2, 0, 0, 0])]))
  const picture = chunk('IDAT', deflateSync(noise(chance, 52)))
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), head, extra, picture, chunk('IEND', Buffer.alloc(0)), after])
}

/** A picture with the text in it. */
export function hideInPicture(chance: Chance, text: string): HidingFile {
  const inExif = exifWith(chance, text)
  const half = Array.from(text).slice(0, 3).join('').length
  const whole = xmp(text)
  const xmpParts = [whole.subarray(0, whole.length >> 1), whole.subarray(whole.length >> 1)]
  const guid = Buffer.from('0123456789ABCDEF0123456789ABCDEF')
  return pick<() => HidingFile>(chance, [
    () => ({
      name: 'photo.jpg',
      where: `jpeg exif ${inExif.where}`,
      bytes: jpeg(chance, segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), inExif.bytes]))),
    }),
    () => ({
      name: 'photo.jpg',
      where: 'jpeg xmp',
      bytes: jpeg(chance, segment(0xe1, Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0'), xmp(text)]))),
    }),
    () => ({
      name: 'photo.jpg',
      where: 'jpeg extended xmp',
      bytes: jpeg(
        chance,
        Buffer.concat(
          xmpParts.map((part, at) =>
            segment(
              0xe1,
              Buffer.concat([
                Buffer.from('http://ns.adobe.com/xmp/extension/\0'),
                guid,
                u32(whole.length),
                u32(at * (whole.length >> 1)),
                part,
              ]),
            ),
          ),
        ),
      ),
    }),
    () => ({
      name: 'photo.jpg',
      where: 'jpeg iptc',
      bytes: jpeg(chance, segment(0xed, iptc(Buffer.concat([dataSet(5, Buffer.from('notice')), dataSet(120, encoded(chance, text))])))),
    }),
    () => ({ name: 'photo.jpg', where: 'jpeg comment', bytes: jpeg(chance, segment(0xfe, encoded(chance, text))) }),
    () => ({
      name: 'photo.jpg',
      where: 'jpeg after the end',
      bytes: jpeg(chance, Buffer.alloc(0), Buffer.concat([noise(chance, 8), Buffer.from(`\n${text}\n`)])),
    }),
    () => ({
      name: 'scan.png',
      where: 'png tEXt',
      bytes: png(chance, chunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), encoded(chance, text)]))),
    }),
    () => ({
      name: 'scan.png',
      where: 'png zTXt',
      bytes: png(chance, chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(encoded(chance, text))]))),
    }),
    () => ({
      name: 'scan.png',
      where: 'png iTXt',
      bytes: png(chance, chunk('iTXt', Buffer.concat([Buffer.from('Title\0\0\0zh\0\0'), Buffer.from(text)]))),
    }),
    () => ({
      name: 'scan.png',
      where: 'png packed iTXt',
      bytes: png(chance, chunk('iTXt', Buffer.concat([Buffer.from('Title\0\x01\0zh\0\0'), deflateSync(Buffer.from(text))]))),
    }),
    () => ({
      name: 'scan.png',
      where: 'png xmp',
      bytes: png(chance, chunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0'), xmp(text)]))),
    }),
    () => ({ name: 'scan.png', where: `png exif ${inExif.where}`, bytes: png(chance, chunk('eXIf', inExif.bytes)) }),
    () => ({
      name: 'scan.png',
      where: 'png keyword',
      bytes: png(chance, chunk('tEXt', Buffer.concat([encoded(chance, text.slice(0, 60)), Buffer.from('\0-')]))),
    }),
    () => ({
      name: 'scan.png',
      where: 'png raw profile',
      bytes: png(
        chance,
        chunk(
          'zTXt',
          Buffer.concat([
            Buffer.from('Raw profile type exif\0\0'),
            deflateSync(
              Buffer.from(
                `\nexif\n ${inExif.bytes.length + 6}\n${Buffer.concat([Buffer.from('Exif\0\0'), inExif.bytes]).toString('hex')}\n`,
              ),
            ),
          ]),
        ),
      ),
    }),
    () => ({ name: 'map.gif', where: 'gif comment', bytes: gif(chance, encoded(chance, text)) }),
    () => ({ name: 'map.webp', where: `webp exif ${inExif.where}`, bytes: webp(chance, 'EXIF', inExif.bytes) }),
    () => ({ name: 'map.webp', where: 'webp xmp', bytes: webp(chance, 'XMP ', xmp(text)) }),
    () => ({ name: 'scan.tif', where: `tiff ${inExif.where}`, bytes: inExif.bytes }),
    () => ({
      name: 'photo.jpg',
      where: 'jpeg xmp as character codes',
      bytes: jpeg(
        chance,
        segment(
          0xe1,
          Buffer.concat([
            Buffer.from('http://ns.adobe.com/xap/1.0/\0'),
            Buffer.from(
              `<x>${escapeXml(text.slice(0, half))}${Array.from(text.slice(half), (sign) => `&#${sign.codePointAt(0) ?? 0};`).join('')}</x>`,
            ),
          ]),
        ),
      ),
    }),
  ])()
}

function gif(chance: Chance, text: Buffer): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < text.length; at += 255) {
    const part = text.subarray(at, at + 255)
    blocks.push(Buffer.from([part.length]), part)
  }
  const picture = Buffer.concat([Buffer.from([0x2c, 0, 0, 0, 0, 4, 0, 4, 0, 0, 2, 20]), noise(chance, 20), Buffer.from([0])])
  return Buffer.concat([
    Buffer.from('GIF89a\x04\0\x04\0\0\0\0', 'latin1'),
    Buffer.from([0x21, 0xfe]),
    ...blocks,
    Buffer.from([0]),
    picture,
    Buffer.from([0x3b]),
  ])
}

function webp(chance: Chance, type: string, body: Buffer): Buffer {
  const part = (name: string, bytes: Buffer) =>
    Buffer.concat([Buffer.from(name), Buffer.from(u32(bytes.length)).reverse(), bytes, Buffer.alloc(bytes.length % 2)])
  const parts = Buffer.concat([part('VP8X', Buffer.alloc(10)), part('VP8 ', noise(chance, 40)), part(type, body)])
  return Buffer.concat([Buffer.from('RIFF'), Buffer.from(u32(parts.length + 4)).reverse(), Buffer.from('WEBP'), parts])
}
