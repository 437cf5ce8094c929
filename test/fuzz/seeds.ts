import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { generateCounty } from '../../src/modules/demo/server/index.ts'
import { emptyGrid, type Book, type Cell, type FileFormat } from '../corpus/book.ts'
import { makeCorpus } from '../corpus/corpus.ts'

/** A good file before it is spoilt: a workbook that is still to be written, or bytes of the corpus. */
export type Seed =
  | { name: string; fileName: string; format: FileFormat; makeBook: (countyCode: string) => Book }
  | { name: string; fileName: string; format: FileFormat; bytes: Buffer }

const everyFormat: readonly FileFormat[] = [
  'xlsx',
  'xlsx-inline',
  'xls',
  'html-utf8',
  'html-gbk',
  'spreadsheetml',
  'csv-gbk',
  'csv-utf8',
  'csv-bom',
  'csv-utf16',
  'tsv-gbk',
  'tsv-utf16',
  'semicolon',
  'csv-sep',
]

/** Forty good files: the register and the national exports of a tiny invented county in many formats, and sheets of the corpus. */
export async function makeSeeds(folder: string): Promise<Seed[]> {
  const county = await generateCounty({ households: 5, seed: 'fuzz', out: folder, months: 1, registeredShare: 0.8 })
  const at = (part: string): string => join(folder, county.files.find((file) => file.path.includes(part))?.path ?? part)
  const register = textRows(at('registry/'))
  const seeds: Seed[] = everyFormat.map((format) => seedOf('register', '农户信息', format, register))
  for (const [part, formats] of [
    ['行政村信息', ['xlsx', 'xls', 'csv-gbk', 'html-utf8']],
    ['监测对象信息', ['xlsx', 'xlsx-inline', 'xls', 'csv-utf16']],
    ['（乡村建设）', ['xlsx', 'spreadsheetml']],
    ['已外出务工', ['xlsx', 'xls']],
    ['计划外出', ['xlsx-inline', 'csv-gbk']],
  ] as const) {
    const rows = await bookRows(at(part))
    const fileName = (county.files.find((file) => file.path.includes(part))?.path ?? '').replace(/^.*\/|\.\w+$/g, '')
    for (const format of formats) seeds.push(seedOf(part, fileName, format, rows))
  }
  const corpus = await makeCorpus()
  const ugly = corpus.filter(
    (one) => one.list === 'register' || (one.origin === 'written' && /三行表头|首尾相接|隐藏表|sep行|1904|公式|代领/.test(one.name)),
  )
  for (const { name, format, months } of ugly.slice(0, 12)) seeds.push({ name, fileName: months[0].name, format, bytes: months[0].bytes })
  return seeds
}

/** The demo county's code stands in numbers of households, persons and villages; each county of the fuzz has its own. */
function seedOf(name: string, fileName: string, format: FileFormat, rows: readonly (readonly string[])[]): Seed {
  const makeBook = (countyCode: string): Book => {
    const cells: Cell[][] = rows.map((row) => row.map((cell) => cell.replace(/^990301(?=\d{6})/, countyCode)))
    return { grids: [{ ...emptyGrid('Sheet1'), rows: cells }], date1904: false }
  }
  return { name: `${name} ${format}`, fileName, format, makeBook }
}

function textRows(path: string): string[][] {
  const lines = new TextDecoder('gb18030').decode(readFileSync(path)).split('\r\n')
  return lines.filter((line) => line !== '').map((line) => line.split(','))
}

async function bookRows(path: string): Promise<string[][]> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(path)
  const rows: string[][] = []
  book.worksheets[0]?.eachRow({ includeEmpty: true }, (row) => {
    const width = Math.max(row.cellCount, 1)
    rows.push(
      Array.from({ length: width }, (_, column) => (column > 0 && row.getCell(column + 1).isMerged ? '' : row.getCell(column + 1).text)),
    )
  })
  return rows
}
