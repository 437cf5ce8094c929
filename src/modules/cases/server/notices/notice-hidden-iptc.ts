import { decodeText, type HiddenText } from './notice-hidden-bytes.ts'

/** The texts of Photoshop's resources: IPTC data sets (resource 0x0404) one by one. */
export function readIptc(bytes: Buffer): HiddenText[] {
  const found: HiddenText[] = []
  let at = bytes.indexOf('8BIM')
  while (at >= 0 && at + 12 <= bytes.length) {
    const nameLength = bytes[at + 6] ?? 0
    const sizeAt = at + 6 + ((nameLength + 2) & ~1)
    if (sizeAt + 4 > bytes.length) break
    const size = bytes.readUInt32BE(sizeAt)
    const body = bytes.subarray(sizeAt + 4, sizeAt + 4 + size)
    if (bytes.readUInt16BE(at + 4) === 0x0404) found.push(...readDataSets(body))
    at = bytes.indexOf('8BIM', sizeAt + 4 + size)
  }
  return found
}

function readDataSets(bytes: Buffer): HiddenText[] {
  const found: HiddenText[] = []
  for (let at = 0; at + 5 <= bytes.length && bytes[at] === 0x1c; ) {
    const size = bytes.readUInt16BE(at + 3)
    found.push({ where: `IPTC ${bytes[at + 1] ?? 0}:${bytes[at + 2] ?? 0}`, text: decodeText(bytes.subarray(at + 5, at + 5 + size)) })
    at += 5 + size
  }
  return found
}
