import { describe, expect, it } from 'vitest'
import { readTextFile } from './read-text-file.ts'
import { readPaste } from './sheet-moves.ts'

const read = async (bytes: Uint8Array<ArrayBuffer>) => readPaste(await readTextFile(new File([bytes], 'list.csv')))
const rows = [
  ['代码', '名称'],
  ['990311101', '松岭镇'],
]

describe('a small text sheet', () => {
  it('is read in UTF-8, with and without its mark', async () => {
    const text = '代码,名称\r\n990311101,松岭镇\r\n'
    expect(await read(new TextEncoder().encode(text))).toEqual(rows)
    expect(await read(new TextEncoder().encode(`\uFEFF${text}`))).toEqual(rows)
  })

  it('is read in GB18030 and UTF-16', async () => {
    const gb = Uint8Array.from([0xb4, 0xfa, 0xc2, 0xeb, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6, 0x0a, 0x31, 0x2c, 0x41])
    expect(await read(gb)).toEqual([
      ['代码', '名称'],
      ['1', 'A'],
    ])
    const text = '\uFEFF代码\t名称\n990311101\t松岭镇'
    const wide = new Uint8Array(text.length * 2)
    for (const [at, sign] of Array.from(text).entries()) new DataView(wide.buffer).setUint16(at * 2, sign.charCodeAt(0), true)
    expect(await read(wide)).toEqual(rows)
  })

  it('keeps commas within quotes', async () => {
    expect(await read(new TextEncoder().encode('名称,备注\n"松岭镇,东","a""b"'))).toEqual([
      ['名称', '备注'],
      ['松岭镇,东', 'a"b'],
    ])
  })
})
