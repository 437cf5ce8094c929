import { inflateRawSync } from 'node:zlib'
import { makeZip, type ZipEntry } from '../sheet-files.ts'
import { pick, type Chance } from '../chance.ts'

export type SpoilBytes = (bytes: Buffer, chance: Chance) => Buffer

const cut: SpoilBytes = (bytes, chance) => bytes.subarray(0, chance(bytes.length))
const flip: SpoilBytes = (bytes, chance) => {
  const copy = Buffer.from(bytes)
  for (let times = chance(12) + 1; times > 0 && copy.length > 0; times -= 1) copy[chance(copy.length)] = chance(256)
  return copy
}
const insert = (bytes: Buffer, at: number, more: Buffer): Buffer => Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)])

/** Ways to spoil any file. */
export const byteSpoilers: Readonly<Record<string, SpoilBytes>> = {
  cut,
  flip,
  empty: () => Buffer.alloc(0),
  halfCharacter: (bytes, chance) => insert(bytes, chance(bytes.length + 1), Buffer.from([0x81 + chance(0x7d)])),
  halfAtEnd: (bytes, chance) => Buffer.concat([bytes, Buffer.from([pick(chance, [0xb0, 0xe5, 0xd8, 0xff])])]),
  marks: (bytes, chance) =>
    Buffer.concat([
      pick(chance, [
        Buffer.from('fffe', 'hex'),
        Buffer.from('feff', 'hex'),
        Buffer.from('efbbbf', 'hex'),
        Buffer.from('PK\x03\x04', 'latin1'),
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      ]),
      bytes,
    ]),
  zeros: (bytes, chance) => insert(bytes, chance(bytes.length + 1), Buffer.alloc(chance(2000) + 1)),
  twice: (bytes) => Buffer.concat([bytes, bytes]),
  surrogateBytes: (bytes, chance) => insert(bytes, chance(bytes.length + 1), Buffer.from('eda080', 'hex')),
  manyLines: (bytes, chance) => Buffer.concat([bytes, Buffer.from('\r\n'.repeat(chance(50_000)))]),
  openQuote: (bytes, chance) => insert(bytes, chance(bytes.length + 1), Buffer.from('"')),
  doctype: (bytes, chance) => insert(bytes, chance(2) === 0 ? 0 : chance(bytes.length + 1), Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]>')),
}

type SpoilEntries = (entries: ZipEntry[], chance: Chance) => void

const change = (entries: ZipEntry[], chance: Chance, swap: (text: string) => string): void => {
  const at = chance(entries.length)
  const entry = entries[at]
  if (entry !== undefined) entries[at] = { ...entry, data: swap(entry.data.toString()) }
}
const inSheet = (entries: ZipEntry[], swap: (text: string) => string): void => {
  for (const [at, entry] of entries.entries())
    if (/worksheets\//.test(entry.name)) entries[at] = { ...entry, data: swap(entry.data.toString()) }
}
const nth = (text: string, form: RegExp, chance: Chance, value: string): string => {
  const found = [...text.matchAll(new RegExp(form.source, 'g'))]
  const one = found[chance(Math.max(1, found.length))]
  return one === undefined ? text : text.slice(0, one.index) + value + text.slice(one.index + one[0].length)
}

/** Ways to spoil the parts of an xlsx. */
export const entrySpoilers: Readonly<Record<string, SpoilEntries>> = {
  wrongCrc: (entries, chance) => Object.assign(entries[chance(entries.length)] ?? {}, { saysCrc: chance(2 ** 31) }),
  lyingSize: (entries, chance) =>
    Object.assign(entries[chance(entries.length)] ?? {}, { saysBytes: pick(chance, [0, 1, 0xffff_ffff, 0x7fff_ffff, 100]) }),
  encrypted: (entries, chance) => Object.assign(entries[chance(entries.length)] ?? {}, { flags: pick(chance, [1, 9, 0xffff]) }),
  symlink: (entries, chance) => Object.assign(entries[chance(entries.length)] ?? {}, { attributes: 0xa1ff }),
  partGone: (entries, chance) => void entries.splice(chance(entries.length), 1),
  partTwice: (entries, chance) => void entries.push({ ...(entries[chance(entries.length)] ?? { name: 'a', data: '' }) }),
  evilName: (entries, chance) =>
    void entries.push({
      name: pick(chance, ['../../x', '/etc/x', 'C:\\x', 'xl/worksheets/sheet1.xml\0', '__proto__', 'a'.repeat(5000), 'xl/vbaProject.bin']),
      data: 'x',
    }),
  manyParts: (entries, chance) =>
    void entries.push(...Array.from({ length: 500 + chance(3000) }, (_, at) => ({ name: `x${at}`, data: '' }))),
  bomb: (entries) => inSheet(entries, (text) => text.replace('</sheetData>', `${' '.repeat(3_000_000)}</sheetData>`)),
  doctype: (entries, chance) => change(entries, chance, (text) => `<!DOCTYPE a [<!ENTITY b "c">]>${text}`),
  xmlCut: (entries, chance) => change(entries, chance, (text) => text.slice(0, chance(text.length + 1))),
  stringRange: (entries, chance) =>
    inSheet(entries, (text) => nth(text, /t="s"><v>\d+<\/v>/, chance, `t="s"><v>${pick(chance, ['999999', '-1', '1e3', '', 'x'])}</v>`)),
  references: (entries, chance) =>
    inSheet(entries, (text) =>
      nth(text, / r="[A-Z]+\d+"/, chance, pick(chance, [' r="XFE1"', ' r="A0"', ' r="AAAA1"', ' r="XFD1048577"', ' r=""'])),
    ),
  rowNumbers: (entries, chance) =>
    inSheet(entries, (text) =>
      nth(text, /<row r="\d+"/, chance, pick(chance, ['<row r="0"', '<row r="1048577"', '<row r="1"', '<row r="-5"', '<row'])),
    ),
  surrogates: (entries, chance) =>
    inSheet(entries, (text) =>
      nth(
        text,
        /<v>[^<]*<\/v>|<t[^>]*>[^<]*<\/t>/,
        chance,
        pick(chance, ['<t>&#xD800;</t>', '<v>&#0;</v>', '<t>_x0000_</t>', '<v>1e999</v>', '<v>NaN</v>']),
      ),
    ),
  types: (entries, chance) =>
    inSheet(entries, (text) => nth(text, / t="\w+"/, chance, pick(chance, [' t="d"', ' t="b"', ' t="e"', ' t="?"', '']))),
  relations: (entries, chance) =>
    change(entries, chance, (text) =>
      nth(text, /Target="[^"]*"/, chance, pick(chance, ['Target="../../x"', 'Target="http://a/b"', 'Target=""', 'Target="%ff"'])),
    ),
  hugeMerge: (entries) =>
    inSheet(entries, (text) => `${text.replace('</sheetData>', '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')}`),
}

/** Whether a zip begins here. */
export function looksLikeZip(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32LE(0) === 0x04034b50
}

/** Takes a workbook apart, spoils its parts and puts it together again. Bytes that are no zip come back as they are. */
export function spoilParts(bytes: Buffer, spoil: (entries: ZipEntry[]) => void): Buffer {
  const entries = unzip(bytes)
  if (entries.length === 0) return bytes
  spoil(entries)
  return entries.length === 0 ? Buffer.alloc(0) : makeZip(entries)
}

/** Ways to spoil the directory at the end of a zip. */
export const directorySpoilers: Readonly<Record<string, SpoilBytes>> = {
  overlapping: (bytes) => eachRecord(bytes, (copy, at) => void copy.writeUInt32LE(0, at + 42)),
  millionParts: (bytes) => atEnd(bytes, (copy, at) => void copy.writeUInt16LE(0xffff, at + 10)),
  lyingDirectory: (bytes, chance) => atEnd(bytes, (copy, at) => void copy.writeUInt32LE(chance(2 ** 31), at + pick(chance, [12, 16]))),
  lyingPacked: (bytes, chance) =>
    eachRecord(bytes, (copy, at) => void (chance(3) === 0 ? copy.writeUInt32LE(chance(2 ** 31), at + 20) : 0)),
}

function eachRecord(bytes: Buffer, spoil: (copy: Buffer, at: number) => void): Buffer {
  const copy = Buffer.from(bytes)
  for (
    let at = copy.indexOf('PK\x01\x02', 0, 'latin1');
    at >= 0 && at + 46 <= copy.length;
    at = copy.indexOf('PK\x01\x02', at + 4, 'latin1')
  )
    spoil(copy, at)
  return copy
}

function atEnd(bytes: Buffer, spoil: (copy: Buffer, at: number) => void): Buffer {
  const copy = Buffer.from(bytes)
  const at = copy.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (at >= 0 && at + 22 <= copy.length) spoil(copy, at)
  return copy
}

/** The parts of a zip of ours, by its central directory; nothing for any other bytes. */
function unzip(bytes: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = []
  if (!looksLikeZip(bytes)) return entries
  for (
    let at = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    at >= 0 && at + 46 <= bytes.length;
    at = bytes.indexOf('PK\x01\x02', at + 46, 'latin1')
  ) {
    const [packed, name, local] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)]
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    entries.push({ name: bytes.toString('utf8', at + 46, at + 46 + name), data: inflateRawSync(bytes.subarray(from, from + packed)) })
  }
  return entries
}
