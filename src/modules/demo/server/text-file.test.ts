import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeText, writeLine } from './text-file.ts'

const character = fc
  .integer({ min: 0x20, max: 0x2ffff })
  .filter((point) => (point < 0xd800 || point > 0xf8ff) && (point & 0xfffe) !== 0xfffe)
const text = fc.array(character).map((points) => points.map((point) => String.fromCodePoint(point)).join(''))

it('writes any text in GB18030 as the decoder of the platform reads it', () => {
  fc.assert(
    fc.property(text, (written) => {
      expect(new TextDecoder('gb18030').decode(encodeText(written, 'gb18030'))).toBe(written)
    }),
  )
})

it('writes rare characters of names in two and in four bytes', () => {
  expect(encodeText('䶮', 'gb18030').toString('hex')).toBe('fe9f')
  expect(new TextDecoder('gb18030').decode(encodeText('王𬱖·䶮A', 'gb18030'))).toBe('王𬱖·䶮A')
})

it('begins with a byte order mark only where the encoding says so', () => {
  expect(encodeText('a', 'utf-8').toString('hex')).toBe('61')
  expect(encodeText('a', 'utf-8-bom').toString('hex')).toBe('efbbbf61')
  expect(encodeText('a', 'utf-16le').toString('hex')).toBe('fffe6100')
})

it('quotes only cells that hold the delimiter, a quote or a line break', () => {
  expect(writeLine(['a,b', 'c"d', 'e'], ',')).toBe('"a,b","c""d",e')
  expect(writeLine(['a,b', 'c'], '\t')).toBe('a,b\tc')
})
