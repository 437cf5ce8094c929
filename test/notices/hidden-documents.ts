import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import { encodeText } from '../../src/modules/demo/server/text-file.ts'
import { pick, type Chance } from '../chance.ts'
import { escapeXml, hideInPicture, noise, u32, utf16, xmp, type HidingFile } from './hidden-files.ts'

const pdfObject = (number: number, body: Buffer | string) =>
  Buffer.concat([Buffer.from(`${number} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')])
const pdfStream = (number: number, head: string, body: Buffer) =>
  pdfObject(number, Buffer.concat([Buffer.from(`<< ${head} /Length ${body.length} >>\nstream\n`), body, Buffer.from('\nendstream')]))
const marked = (text: string) => Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(text, false)])
const literal = (bytes: Buffer) =>
  `(${Array.from(bytes, (byte) => (byte < 33 || byte > 126 || byte === 40 || byte === 41 || byte === 92 ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte))).join('')})`

/** A PDF or an office document with the text in it. */
export function hideInDocument(chance: Chance, text: string): HidingFile {
  const pdf = (where: string, ...objects: Buffer[]): HidingFile => ({
    name: 'notice.pdf',
    where: `pdf ${where}`,
    bytes: Buffer.concat([
      Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'),
      pdfObject(1, '<< /Type /Catalog /Pages 2 0 R >>'),
      ...objects,
      Buffer.from(
        `xref\n0 3\n0000000000 65535 f \n0000000015 00000 n \n0000000064 00000 n \ntrailer << /Size 3 /Info 3 0 R /ID [<${noise(chance, 16).toString('hex')}><${noise(chance, 16).toString('hex')}>] >>\nstartxref\n1234567\n%%EOF\n`,
      ),
    ]),
  })
  const info = (value: string) => pdfObject(3, `<< /Producer (bangfu) /CreationDate (D:20231218103000+08'00') /Subject ${value} >>`)
  const pieces = Array.from(text, (sign) => literal(Buffer.from(sign))).join(String(-20 - chance(9)))
  return pick<() => HidingFile>(chance, [
    () => pdf('info in UTF-16', info(literal(marked(text)))),
    () => pdf('info in hexadecimal', info(`<${marked(text).toString('hex')}>`)),
    () => pdf('info in UTF-8', info(literal(Buffer.from(text)))),
    () => pdf('info in GB18030', info(literal(encodeText(text, 'gb18030')))),
    () => pdf('xmp', pdfStream(4, '/Type /Metadata /Subtype /XML', xmp(text))),
    () =>
      pdf(
        'packed object',
        pdfStream(
          5,
          '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode',
          deflateSync(Buffer.from(`3 0 << /Title ${literal(marked(text))} >>`)),
        ),
      ),
    () => pdf('note on a page', pdfObject(6, `<< /Type /Annot /Subtype /Text /Contents ${literal(marked(text))} >>`)),
    () =>
      /^[\x20-\x7e]+$/.test(text)
        ? pdf('words of a page', pdfStream(7, '/Filter /FlateDecode', deflateSync(Buffer.from(`BT /F1 12 Tf [${pieces}] TJ ET`))))
        : pdf('info', info(literal(marked(text)))),
    () => office(chance, 'docProps/core.xml', `<cp:coreProperties><dc:title>${escapeXml(text)}</dc:title></cp:coreProperties>`),
    () => office(chance, 'docProps/app.xml', `<Properties><Company>${escapeXml(text)}</Company></Properties>`),
    () =>
      office(
        chance,
        'docProps/custom.xml',
        `<Properties><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="${escapeXml(text)}"/></Properties>`,
      ),
    () =>
      office(
        chance,
        'word/comments.xml',
        `<w:comments><w:comment w:id="1" w:author="a"><w:p><w:r><w:t>${escapeXml(text)}</w:t></w:r></w:p></w:comment></w:comments>`,
      ),
    () =>
      office(
        chance,
        'word/document.xml',
        `<w:document><w:body><w:p w:rsidR="00A12345">${Array.from(text, (sign) => `<w:r><w:t>${escapeXml(sign)}</w:t></w:r>`).join('')}</w:p></w:body></w:document>`,
      ),
    () => office(chance, 'word/media/image1.jpg', hideInPicture(chance, text).bytes),
  ])()
}

function office(chance: Chance, part: string, body: string | Buffer): HidingFile {
  const entries: [string, Buffer][] = [
    ['[Content_Types].xml', Buffer.from('<Types><Default Extension="xml" ContentType="application/xml"/></Types>')],
    [part, Buffer.from(body)],
  ]
  return { name: 'notice.docx', where: `docx ${part}`, bytes: zip(chance, entries) }
}

function zip(chance: Chance, entries: readonly [string, Buffer][]): Buffer {
  const little = (size: 2 | 4, value: number) => Buffer.from(u32(value)).reverse().subarray(0, size)
  const parts: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, body] of entries) {
    const isPacked = chance(2) === 0
    const data = isPacked ? deflateRawSync(body) : body
    const facts = Buffer.concat([
      little(2, 20),
      little(2, 0x0800),
      little(2, isPacked ? 8 : 0),
      little(4, 0),
      little(4, crc32(body)),
      little(4, data.length),
      little(4, body.length),
      little(2, name.length),
      little(2, 0),
    ])
    parts.push(Buffer.from('PK\x03\x04'), facts, Buffer.from(name), data)
    central.push(
      Buffer.from('PK\x01\x02'),
      little(2, 20),
      facts,
      little(2, 0),
      little(2, 0),
      little(2, 0),
      little(4, 0),
      little(4, at),
      Buffer.from(name),
    )
    at += 30 + name.length + data.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.concat([
    Buffer.from('PK\x05\x06'),
    little(4, 0),
    little(2, entries.length),
    little(2, entries.length),
    little(4, directory.length),
    little(4, at),
    little(2, 0),
  ])
  return Buffer.concat([...parts, directory, end])
}
