import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { makeXlsx, readBytes, rowsXml, saveFile } from '../../../../test/sheet-files.ts'
import { openSheetFile, writeComments, type CellRemark } from './index.ts'
import { openZip, unpack } from './zip.ts'

const remarks: CellRemark[] = [
  { row: 2, column: 1, text: '第 2 行：“电话”不是电话号码 <&"' },
  { row: 2, column: 0, text: '没有姓名' },
]

async function comment(source: string, bySheet: ReadonlyMap<string, readonly CellRemark[]>) {
  const stream = new PassThrough()
  const bytes = buffer(stream)
  const written = await writeComments({ file: await openSheetFile({ path: source }), target: stream, remarks: bySheet })
  stream.end()
  return { target: saveFile(await bytes, 'back.xlsx'), written }
}

const notesOf = async (path: string, sheet: string) => {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.readFile(path)
  const found: Record<string, string> = {}
  workbook.getWorksheet(sheet)?.eachRow({ includeEmpty: true }, (row) =>
    row.eachCell({ includeEmpty: true }, (cell) => {
      const { note } = cell
      if (note !== undefined) found[cell.address] = typeof note === 'string' ? note : (note.texts ?? []).map((part) => part.text).join('')
    }),
  )
  return found
}

const partsOf = async (path: string) => {
  const zip = await openZip(path)
  const parts = new Map<string, string>()
  for (const name of zip.entries.keys()) parts.set(name, Buffer.concat(await Array.fromAsync(unpack(zip, name))).toString('utf8'))
  zip.file.close()
  return parts
}

describe('comments in the own workbook of the sender', () => {
  it('stand in their cells, and no part that has nothing to do with them is changed', async () => {
    const rows = rowsXml([
      ['姓名', '电话'],
      ['甲', 'x'],
    ])
    const source = saveFile(
      makeXlsx({
        sheets: [
          { name: '表', rows },
          { name: '封面', rows },
        ],
      }),
    )
    const { target, written } = await comment(source, new Map([['表', remarks]]))
    expect(written).toBe(true)
    expect(await notesOf(target, '表')).toEqual({ B2: remarks[0]?.text, A2: remarks[1]?.text })
    expect(await notesOf(target, '封面')).toEqual({})
    expect((await readBytes(readFileSync(target))).cells).toEqual((await readBytes(readFileSync(source))).cells)
    const [before, after] = [await partsOf(source), await partsOf(target)]
    const changed = [...before].filter(([name, text]) => after.get(name) !== text).map(([name]) => name)
    const added = [...after.keys()].filter((name) => !before.has(name))
    expect(changed.filter((name) => !/sheet1\.xml$|sheet1\.xml\.rels$|Content_Types/.test(name))).toEqual([])
    expect(added.filter((name) => !/comments1\.xml|vmlDrawing1\.vml|sheet1\.xml\.rels$/.test(name))).toEqual([])
  })

  it('join those that are there, with what is behind the cells in its order', async () => {
    const workbook = new exceljs.Workbook()
    const sheet = workbook.addWorksheet('表')
    sheet.addRows([
      ['姓名', '电话'],
      ['甲', 'x'],
    ])
    sheet.getCell('B2').note = '上月问过'
    sheet.getCell('A1').note = '必填'
    sheet.addConditionalFormatting({ ref: 'A1:B2', rules: [{ type: 'expression', priority: 1, formulae: ['$A1>"a"'], style: {} }] })
    sheet.pageSetup.orientation = 'landscape'
    const source = saveFile('', 'own.xlsx')
    await workbook.xlsx.writeFile(source)
    const { target, written } = await comment(source, new Map([['表', remarks]]))
    expect(written).toBe(true)
    expect(await notesOf(target, '表')).toEqual({ A1: '必填', B2: `上月问过\n${remarks[0]?.text}`, A2: remarks[1]?.text })
    const again = await comment(
      target,
      new Map([
        [
          '表',
          [
            { row: 1, column: 1, text: '再来' },
            { row: 9, column: 27, text: '空格' },
          ],
        ],
      ]),
    )
    expect(await notesOf(again.target, '表')).toMatchObject({ A1: '必填', B1: '再来' })
    expect([...(await partsOf(again.target)).values()].some((text) => text.includes('ref="AB9"'))).toBe(true)
  })

  it('are not written into a workbook with macros or into another kind of file', async () => {
    const rows = rowsXml([['姓名']])
    const macros = saveFile(makeXlsx({ sheets: [{ name: '表', rows }], more: [{ name: 'xl/vbaProject.bin', data: 'x' }] }))
    expect((await comment(macros, new Map([['表', remarks]]))).written).toBe(false)
    expect((await comment(saveFile('姓名,电话\n甲,x\n'), new Map([['', remarks]]))).written).toBe(false)
  })
})
