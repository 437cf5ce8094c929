import { describe, expect, it } from 'vitest'
import { readAll, readBytes, saveFile, toGb18030 } from '../../../../test/sheet-files.ts'
import { openSheetFile, readSheets, readSheetsSandboxed } from './index.ts'

const page = (inner: string): string => `<html><head><meta charset="gbk"><title>表</title></head><body>${inner}</body></html>`
const table = '<table><tr><th>姓名<th>证件号码</tr><tr><td>张&nbsp;三</td><td>990101199001011009</td></tr></table>'

describe('a web page named xls', () => {
  it.each([
    ['UTF-8', page(table)],
    ['GB18030', toGb18030(page(table))],
    ['UTF-16', Buffer.from(`\ufeff${page(table)}`, 'utf16le')],
    ['a comment first', `<!-- made by a system -->\n${table}`],
    ['XHTML', `<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/x.dtd">${page(table)}`],
    ['a bare table without ends', '<table><tr><th>姓名<th>证件号码<tr><td>张 三<td>990101199001011009'],
  ])('gives the cells of its tables: %s', async (_, bytes) => {
    const { cells, report } = await readBytes(bytes, '名单.xls')
    expect(cells).toEqual([
      ['姓名', '证件号码'],
      ['张 三', '990101199001011009'],
    ])
    expect(report.sheets).toMatchObject([{ state: 'read', rows: 2 }])
  })

  it('has spans, line breaks, hidden rows and columns, and numbers that lost their tail', async () => {
    const { rows, blocks } = await readBytes(
      page(`<table x:str><col width=9><col style='display:none' span=2>
        <tr><td colspan=3 rowspan="2">某<br>表</td><td>甲</td></tr><tr><td>乙</td></tr>
        <tr style="mso-height:0;display:none"><td>藏</td></tr>
        <tr><td x:num="4.30595E+17">4.31E+17</td><td></td><td style="display:none">x</td><td>1 &lt; 2 &amp; &#x4e00;&unknown;</td></tr></table>`),
    )
    expect(rows).toEqual([
      { row: 1, cells: ['某\n表', '', '', '甲'] },
      { row: 2, cells: ['', '', '', '乙'] },
      { row: 3, cells: ['藏'], hidden: true },
      { row: 4, cells: ['430595000000000000', '', '1 < 2 & 一&unknown;'], lostTail: [0] },
    ])
    expect(blocks[0]).toMatchObject({ merges: [{ top: 1, bottom: 2, left: 0, right: 2 }], hiddenColumns: [1, 2] })
  })

  it('never shows what scripts, styles, frames and text outside the cells hold', async () => {
    const { cells } = await readBytes(
      page(`说明 <style>td{}</style><table><tr><td>甲<script>document.write("<td>坏</td>")</script></td>
        <td><iframe src="http://a/"><td>坏</td></iframe>乙<!-- <td>坏</td> --></td></tr></table><textarea><table><tr><td>坏</textarea>`),
    )
    expect(cells).toEqual([['甲', '乙']])
  })

  it('may have its list inside a table for layout, and several tables under each other', async () => {
    const { rows } = await readBytes(page(`<table><tr><td>${table}</td></tr></table>${table}`))
    expect(rows.map((row) => row.row)).toEqual([1, 2, 5, 6])
  })

  it('is refused without a table, and with declarations', async () => {
    await expect(readBytes(page('<p>没有表</p>'))).rejects.toMatchObject({ code: 'sheets.html-named-sheet' })
    await expect(readBytes(`<!DOCTYPE html [<!ENTITY a "b">]>${table}`)).rejects.toMatchObject({ code: 'sheets.doctype' })
    await expect(readBytes('<table>'.repeat(20))).rejects.toMatchObject({ code: 'sheets.damaged-file' })
    await expect(readBytes(`<table><tr>${'<td colspan=1000>'.repeat(17)}`)).rejects.toMatchObject({ code: 'sheets.damaged-file' })
    await expect(readBytes(`<table><tr><td a="${'x'.repeat(20_000)}">`)).rejects.toMatchObject({ code: 'sheets.damaged-file' })
  })
})

const workbook = (inner: string): string =>
  `<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">${inner}</Workbook>`
const cell = (type: string, value: string, more = ''): string => `<Cell${more}><Data ss:Type="${type}">${value}</Data></Cell>`

describe('an XML workbook of 2003 named xls', () => {
  it('gives cells of all types, gaps, merged and hidden ones', async () => {
    const { blocks, rows, report } = await readBytes(
      workbook(`<Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="n"><NumberFormat ss:Format="Standard"/></Style></Styles>
        <Worksheet ss:Name="名单"><Table><Column ss:Width="9"/><Column ss:Hidden="1" ss:Span="1"/>
        <Row>${cell('String', '某表', ' ss:MergeAcross="2" ss:MergeDown="1"')}${cell('String', '甲 &amp; 乙&#10;丙')}</Row>
        <Row ss:Index="4" ss:Hidden="1">${cell('String', '藏')}</Row>
        <Row>${cell('Number', '45170', ' ss:StyleID="d"')}${cell('Number', '1234.50', ' ss:Index="3" ss:StyleID="n"')}${cell('DateTime', '2023-09-01T00:00:00.000')}${cell('Number', '4.30595E+17')}${cell('Boolean', '1')}<Cell ss:Formula="=1+1"><Data ss:Type="Number">2</Data></Cell></Row>
        <Row><Cell><ss:Data ss:Type="String"><B><Font>张</Font></B>三</ss:Data><Comment><ss:Data>批注</ss:Data></Comment></Cell></Row>
        </Table></Worksheet>
        <Worksheet ss:Name="旧"><Table><Row>${cell('String', '旧')}</Row></Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
        <Worksheet ss:Name="二"><Table><Row>${cell('String', '新')}</Row></Table></Worksheet>`),
    )
    expect(rows).toEqual([
      { row: 1, cells: ['某表', '', '', '甲 & 乙\n丙'] },
      { row: 4, cells: ['藏'], hidden: true },
      { row: 5, cells: ['2023-09-01', '', '1234.50', '2023-09-01', '430595000000000000', 'TRUE', '2'], lostTail: [4] },
      { row: 6, cells: ['张三'] },
      { row: 1, cells: ['新'] },
    ])
    expect(blocks[0]).toMatchObject({ sheet: '名单', merges: [{ top: 1, bottom: 2, left: 0, right: 2 }], hiddenColumns: [1, 2] })
    expect(report.sheets.map(({ name, state }) => [name, state])).toEqual([
      ['名单', 'read'],
      ['旧', 'hidden'],
      ['二', 'read'],
    ])
  })

  it('is refused with declarations, cut off, or with cells out of order', async () => {
    await expect(readBytes(workbook('').replace('<Workbook', '<!DOCTYPE a><Workbook'))).rejects.toMatchObject({ code: 'sheets.doctype' })
    await expect(readBytes(workbook('<Worksheet ss:Name="a"><Table><Row><Cell><Data>1').slice(0, -11))).rejects.toMatchObject({
      code: 'sheets.truncated-file',
    })
    await expect(readBytes(workbook('<Worksheet><Table><Row ss:Index="0"></Row></Table></Worksheet>'))).rejects.toMatchObject({
      code: 'sheets.damaged-file',
    })
    await expect(readBytes(workbook(''))).rejects.toMatchObject({ code: 'sheets.damaged-file' })
  })

  it('is read by the child as well', async () => {
    const rows = Array.from({ length: 300 }, (_, at) => `<Row>${cell('String', `甲${at}`)}</Row>`).join('')
    for (const text of [workbook(`<Worksheet ss:Name="a"><Table><Column ss:Hidden="1"/>${rows}</Table></Worksheet>`), page(table)]) {
      const file = await openSheetFile({ path: saveFile(text) })
      expect(await readAll(readSheetsSandboxed(file))).toEqual(await readAll(readSheets(file)))
    }
  })
})
