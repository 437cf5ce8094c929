import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBytes, saveFile, toGb18030 } from '../../../../test/sheet-files.ts'
import { openSheetFile, type SheetRow } from './index.ts'
import { makeTextScanner } from './text-rows.ts'

const list = '姓名,电话,地址\n张三,15400000001,东村\n李四,15400000002,西村\n'

describe('text files', () => {
  it('are read in every encoding that counties send, with and without a mark', async () => {
    const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16()
    const forms: [Buffer, string, number][] = [
      [Buffer.from(list), 'utf-8', 0],
      [Buffer.from(`\ufeff${list}`), 'utf-8', 3],
      [toGb18030(list), 'gb18030', 0],
      [Buffer.from(list, 'utf16le'), 'utf-16le', 0],
      [Buffer.from(`\ufeff${list}`, 'utf16le'), 'utf-16le', 2],
      [swapped(list), 'utf-16be', 0],
      [swapped(`\ufeff${list}`), 'utf-16be', 2],
    ]
    for (const [bytes, encoding, bomBytes] of forms) {
      expect((await openSheetFile({ path: saveFile(bytes) })).text).toEqual({ encoding, bomBytes, separator: ',' })
      expect((await readBytes(bytes)).cells).toEqual([
        ['姓名', '电话', '地址'],
        ['张三', '15400000001', '东村'],
        ['李四', '15400000002', '西村'],
      ])
    }
  })

  it('whose first Chinese character comes late are still known', async () => {
    const late = `id,name\n${'1,a\n'.repeat(100_000)}`
    const open = async (bytes: Buffer) => (await openSheetFile({ path: saveFile(bytes) })).text?.encoding
    expect(await open(Buffer.concat([Buffer.from(late), toGb18030('2,张三\n')]))).toBe('gb18030')
    expect(await open(Buffer.from(`${late}2,张三\n`))).toBe('utf-8')
  })

  it('are split by the separator that their lines share', async () => {
    for (const separator of [',', '\t', ';', '|']) {
      const { cells } = await readBytes(`某某表格标题\n姓名${separator}金额\n张三${separator}1\n李四${separator}2`)
      expect(cells.slice(1)).toEqual([
        ['姓名', '金额'],
        ['张三', '1'],
        ['李四', '2'],
      ])
    }
    expect((await readBytes('sep=;\n姓名;金额\n张三;1,5\n')).rows).toEqual([
      { row: 2, cells: ['姓名', '金额'] },
      { row: 3, cells: ['张三', '1,5'] },
    ])
  })

  it('number their rows by physical lines', async () => {
    const { rows } = await readBytes('姓名,地址\r\n张三,"东村\r\n五组"\r\n\r\n李四,"西""村"x\r王五,a"b"')
    expect(rows.map((row) => [row.row, row.cells])).toEqual([
      [1, ['姓名', '地址']],
      [2, ['张三', '东村\r\n五组']],
      [4, ['']],
      [5, ['李四', '西"村x']],
      [6, ['王五', 'a"b"']],
    ])
  })

  it('mark numbers that were spoilt before, and take ="…" for what is inside', async () => {
    const { rows } = await readBytes('身份证号,编号\n4.30595E+17,="0012"\n')
    expect(rows[1]).toEqual({ row: 2, cells: ['4.30595E+17', '0012'], lostTail: [0] })
  })

  it('count characters that their encoding does not know', async () => {
    const bytes = Buffer.concat([toGb18030(list.repeat(50)), Buffer.from([0xb0]), Buffer.from(',x\n')])
    expect((await readBytes(bytes)).report.brokenCharacters).toBe(1)
  })

  it('give back what was written, wherever the blocks are cut', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', '张', ',', '"', '\n', '\r', ' ', '=', '1'), maxLength: 6 })
      .filter((text) => !text.startsWith('="'))
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(20), { maxLength: 20 }),
        (rows, cuts) => {
          const text = rows.map((cells) => `${cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')}\r\n`).join('')
          const scanner = makeTextScanner(',')
          const found: SheetRow[] = []
          let rest = ''
          let at = 0
          for (const length of [...cuts, text.length]) {
            rest = scanner.scan(rest + text.slice(at, at + length), false, found)
            at += length
          }
          scanner.scan(rest, true, found)
          expect(found.map((row) => row.cells)).toEqual(rows)
        },
      ),
    )
  })
})
