import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { makeXlsx, readBytes, rowsXml } from '../../../../test/sheet-files.ts'

const oneSheet = (rows: string, more: object = {}) => makeXlsx({ sheets: [{ name: '表', rows }], ...more })

describe('cells of a workbook', () => {
  it('are text as Excel shows it', async () => {
    const workbook = new exceljs.Workbook()
    const sheet = workbook.addWorksheet('表')
    sheet.addRow([
      '姓名',
      12.5,
      true,
      new Date(Date.UTC(2023, 8, 5)),
      { formula: 'A1', result: '结果' },
      { richText: [{ text: '多' }, { text: '段' }] },
    ])
    sheet.addRow([1.1000000000000001, 430595000000001200, '0012', null, 'a<b&"c"'])
    const { cells, rows } = await readBytes(Buffer.from(await workbook.xlsx.writeBuffer()))
    expect(cells).toEqual([
      ['姓名', '12.5', 'TRUE', '2023-09-05', '结果', '多段'],
      ['1.1', '430595000000001200', '0012', '', 'a<b&"c"'],
    ])
    expect(rows[1]?.lostTail).toEqual([1])
  })

  it('of formulas without a result are empty, and counted', async () => {
    const { cells, report } = await readBytes(
      oneSheet(
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f t="shared" si="0"/><v>3</v></c><c r="C1" t="str"><f>A1</f><v></v></c><c r="D1"><f/><v/></c></row>',
      ),
    )
    expect(cells).toEqual([['', '3']])
    expect(report.sheets[0]?.blankFormulas).toBe(2)
  })

  it('that are numbers of 16 digits or more are marked, text is not', async () => {
    const { rows } = await readBytes(
      oneSheet(
        '<row r="1"><c r="A1"><v>4.30595197908113E+17</v></c><c r="B1" t="str"><v>430595197908113000</v></c><c r="C1"><v>123456789012345</v></c><c r="D1" t="inlineStr"><is><t>4.30595E+17</t></is></c></row>',
      ),
    )
    expect(rows[0]?.cells).toEqual(['430595197908113000', '430595197908113000', '123456789012345', '4.30595E+17'])
    expect(rows[0]?.lostTail).toEqual([0, 3])
  })

  it('with date formats are days: built in, Chinese, written by hand, and of 1904', async () => {
    const rows =
      '<row r="1"><c r="A1" s="0"><v>45170</v></c><c r="B1" s="1"><v>45170</v></c><c r="C1" s="2"><v>45170.5</v></c><c r="D1" s="3"><v>45170</v></c></row>'
    const shape = { styles: [14, 57, 200, 3], formats: '<numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>' }
    expect((await readBytes(oneSheet(rows, shape))).cells).toEqual([['2023-09-01', '2023-09-01', '2023-09-01 12:00:00', '45170']])
    expect((await readBytes(oneSheet(rows, { ...shape, date1904: true }))).cells[0]?.[0]).toBe('2027-09-02')
  })

  it('keep escapes, phonetic hints out and lone surrogates harmless', async () => {
    const strings =
      '<si><t>甲_x000D_乙</t></si><si><r><t>张</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh><r><t xml:space="preserve"> 三</t></r></si><si><t>&#xD800;x&#22269;</t></si><si/>'
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>'
    expect((await readBytes(oneSheet(rows, { strings }))).cells).toEqual([['甲\r乙', '张 三', '\ufffdx国']])
  })

  it('are found without references, with a prefix and across blocks', async () => {
    const many = Array.from({ length: 30_000 }, (_, at) => [`值${at}`, `${at}`])
    expect((await readBytes(oneSheet(rowsXml(many)))).cells).toEqual(many)
    const plain =
      '<?xml version="1.0"?><x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>二</x:t></x:is></x:c></x:row><x:row/><x:row><x:c/><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    const { rows } = await readBytes(oneSheet(plain))
    expect(rows).toEqual([
      { row: 1, cells: ['1', '二'] },
      { row: 2, cells: [] },
      { row: 3, cells: ['', '3'] },
    ])
  })
})

describe('sheets of a workbook', () => {
  it('that are hidden are skipped and named, hidden rows and columns are reported', async () => {
    const bytes = makeXlsx({
      sheets: [
        {
          name: '明细',
          rows: '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>',
          before: '<cols><col min="2" max="3" hidden="1"/></cols>',
        },
        { name: '旧', rows: rowsXml([['x']]), state: 'veryHidden' },
        { name: '空', rows: '' },
      ],
    })
    const { blocks, report } = await readBytes(bytes)
    expect(blocks.map((block) => block.sheet)).toEqual(['明细'])
    expect(blocks[0]?.rows[1]).toEqual({ row: 2, cells: ['2'], hidden: true })
    expect(report.sheets).toEqual([
      { name: '明细', state: 'read', rows: 2, hiddenRows: 1, hiddenColumns: [1, 2] },
      { name: '旧', state: 'hidden', rows: 0, hiddenRows: 0, hiddenColumns: [] },
      { name: '空', state: 'empty', rows: 0, hiddenRows: 0, hiddenColumns: [] },
    ])
  })

  it('of one name can be told apart', async () => {
    const { blocks } = await readBytes(makeXlsx({ sheets: ['a', 'a'].map((name) => ({ name, rows: rowsXml([['x']]) })) }))
    expect(blocks.map((block) => block.sheet)).toEqual(['a', 'a (2)'])
  })

  it('tell their merged cells with the first block', async () => {
    const bytes = makeXlsx({
      sheets: [{ name: 'a', rows: rowsXml([['标题'], ['a', 'b']]), after: '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>' }],
    })
    expect((await readBytes(bytes)).blocks[0]?.merges).toEqual([{ top: 1, bottom: 1, left: 0, right: 1 }])
  })
})
