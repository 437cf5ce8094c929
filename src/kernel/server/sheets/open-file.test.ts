import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { makeCompound, makeXls, makeXlsx, makeZip, rowsXml, saveFile, xlsxEntries } from '../../../../test/sheet-files.ts'
import { openSheetFile, readSheets, sayError, sheetWords } from './index.ts'

const good = {
  sheets: [
    {
      name: 'a',
      rows: rowsXml([
        ['姓名', '电话'],
        ['甲', '15400000000'],
      ]),
    },
  ],
}

async function refusalOf(bytes: Buffer | string, name?: string): Promise<string> {
  try {
    for await (const block of readSheets(await openSheetFile({ path: saveFile(bytes, name) }))) void block
    return 'read'
  } catch (error) {
    if (!isNamedError(error)) throw error
    expect(sayError(error, 'zh'), error.code).toMatch(/。$/)
    expect(sayError(error, 'zh')).not.toMatch(/\{\w+\}/)
    expect(sayError(error, 'en')).not.toMatch(/\{\w+\}/)
    return error.code
  }
}

/** Bytes that no packing makes smaller; the same every time. */
const incompressible = (bytes: number) => createHash('shake256', { outputLength: bytes }).update('bangfu').digest()

describe('a file is known by its content', () => {
  it('reads a workbook, a legacy workbook and text under any name', async () => {
    const open = async (bytes: Buffer | string, name: string) => (await openSheetFile({ path: saveFile(bytes, name) })).kind
    expect(await open(makeXlsx(good), 'list.csv')).toBe('xlsx')
    expect(await open(makeXls({ sheets: [{ name: 'a', cells: [['甲']] }] }), 'list.xlsx')).toBe('xls')
    expect(await open('姓名,电话\n甲,1', 'list.xls')).toBe('text')
  })

  it('notes macros, outer links and embedded objects and reads on', async () => {
    const more = ['xl/vbaProject.bin', 'xl/externalLinks/externalLink1.xml', 'xl/embeddings/book.xlsx'].map((name) => ({ name, data: 'x' }))
    const file = await openSheetFile({ path: saveFile(makeXlsx({ ...good, more })) })
    expect(file.notes).toEqual(['macros', 'external-links', 'embedded-objects'])
  })
})

describe('a file that is no use is refused by name', () => {
  const entries = xlsxEntries(good)
  const bomb = { name: 'xl/big.xml', data: Buffer.alloc(3 * 1024 * 1024) }
  const cases: [what: string, bytes: Buffer | string, code: string][] = [
    ['an empty file', '', 'empty-file'],
    ['nothing but a byte order mark', '\ufeff', 'empty-file'],
    ['a PDF', '%PDF-1.7 ...', 'wrong-kind'],
    ['a picture', Buffer.from('\x89PNG\r\n', 'latin1'), 'wrong-kind'],
    ['bytes with zeros', Buffer.from([1, 2, 0, 0, 0, 3, 200, 0, 0, 0, 9]), 'wrong-kind'],
    ['a Word document', makeZip([{ name: 'word/document.xml', data: 'x' }]), 'wrong-kind'],
    ['any archive', makeZip([{ name: 'a.txt', data: 'x' }]), 'wrong-kind'],
    ['a web archive named xls', 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n<html>', 'html-named-sheet'],
    ['a web page of frames', '<html><frameset rows="*"><frame src="a.htm"></frameset></html>', 'html-named-sheet'],
    ['another XML file', '<?xml version="1.0"?><note>a</note>', 'wrong-kind'],
    ['an encrypted workbook', makeCompound([{ name: 'EncryptedPackage', data: Buffer.alloc(9) }]), 'password-protected'],
    ['an encrypted legacy workbook', makeXls({ sheets: [{ name: 'a', cells: [] }], filePass: true }), 'password-protected'],
    ['a workbook of Excel 95', makeXls({ sheets: [{ name: 'a', cells: [] }], version: 0x500 }), 'old-xls'],
    ['an encrypted entry', makeZip([...entries, { name: 'xl/a.xml', data: 'x', flags: 1 }]), 'password-protected'],
    ['half an archive', makeXlsx(good).subarray(0, 700), 'truncated-file'],
    ['half a legacy workbook', makeXls({ sheets: [{ name: 'a', cells: [['甲']] }] }).subarray(0, 2000), 'truncated-file'],
    ['a zip bomb', makeZip([...entries, bomb]), 'zip-bomb'],
    [
      'sizes of gigabytes',
      makeZip([...entries, { name: 'a.xml', data: incompressible(11e6), saysBytes: 2 ** 31 + 9 }]),
      'too-large-unpacked',
    ],
    ['2,001 entries', makeZip(Array.from({ length: 2001 }, (_, at) => ({ name: `${at}`, data: '' }))), 'too-many-entries'],
    ['an archive in the archive', makeZip([...entries, { name: 'xl/inner.zip', data: 'x' }]), 'nested-archive'],
    ['a symbolic link', makeZip([...entries, { name: 'xl/link', data: '/etc/passwd', attributes: 0o120777 }]), 'unsafe-entry'],
    ['a path upwards', makeZip([...entries, { name: '../up.xml', data: 'x' }]), 'damaged-file'],
    ['a document type', makeXlsx({ sheets: [{ name: 'a', rows: '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>' }] }), 'doctype'],
    [
      'a wrong checksum',
      makeZip(entries.map((entry) => (entry.name.endsWith('sheet1.xml') ? { ...entry, saysCrc: 7 } : entry))),
      'damaged-file',
    ],
    [
      'a lying size',
      makeZip(entries.map((entry) => (entry.name.endsWith('sheet1.xml') ? { ...entry, saysBytes: 40 } : entry))),
      'damaged-file',
    ],
    ['a workbook without its sheet', makeZip(entries.filter((entry) => !entry.name.endsWith('sheet1.xml'))), 'damaged-file'],
    [
      'a shared string out of range',
      makeXlsx({ sheets: [{ name: 'a', rows: '<row r="1"><c r="A1" t="s"><v>9</v></c></row>' }] }),
      'damaged-file',
    ],
    ['the column XFE', makeXlsx({ sheets: [{ name: 'a', rows: '<row r="1"><c r="XFE1"><v>9</v></c></row>' }] }), 'damaged-file'],
    ['the cell A0', makeXlsx({ sheets: [{ name: 'a', rows: '<row r="1"><c r="A0"><v>9</v></c></row>' }] }), 'damaged-file'],
    [
      'rows out of order',
      makeXlsx({ sheets: [{ name: 'a', rows: '<row r="2"/><row r="2"><c r="A2"><v>9</v></c></row>' }] }),
      'damaged-file',
    ],
    ['text of no encoding', Buffer.from(Array.from({ length: 400 }, (_, at) => 0x80 + ((at * 37) % 0x80))), 'unknown-encoding'],
    ['a line without end', 'a,'.repeat(600_000), 'damaged-file'],
    ['a quotation mark that never closes', '姓名,电话\n甲,"1\n', 'open-quote'],
  ]
  it.each(cases)('%s', async (_, bytes, code) => {
    expect(await refusalOf(bytes)).toBe(`sheets.${code}`)
  })

  it('and every error has its sentences', async () => {
    const { sheetErrors } = await import('./index.ts')
    const codes = Object.values(sheetErrors).map((make) => make().code)
    expect(Object.keys(sheetWords).sort()).toEqual(codes.sort())
  })
})
