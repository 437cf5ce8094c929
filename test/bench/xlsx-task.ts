import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Entry, ZipFile } from 'yauzl'
import { openSheetFile, readSheets, readSheetsSandboxed, writeWorkbook, type Reading } from '../../src/kernel/server/sheets/index.ts'
import { exportColumns, exportRows, fileStream } from './xlsx-data.ts'

// One measurement in a process of its own, so that its memory is its own: `node xlsx-task.ts TASK PATH ROWS` prints one line of JSON.

/** What a task came to. `rows` is what it saw; `childMb` the highest memory of a process that it started. */
export interface TaskResult {
  seconds: number
  rows: number
  peakMb: number
  childMb: number
}

async function scan(path: string): Promise<number> {
  const { default: yauzl } = await import('yauzl')
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    yauzl.open(path, { lazyEntries: false, autoClose: false }, (fault, opened) => (fault === null ? resolve(opened) : reject(fault)))
  })
  const entries: Entry[] = []
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => entries.push(entry))
    zip.once('end', resolve)
    zip.once('error', reject)
  })
  let rows = 0
  for (const entry of entries) {
    if (!/worksheets\/|sharedStrings/.test(entry.fileName)) continue
    const stream = await new Promise<Readable>((resolve, reject) => {
      zip.openReadStream(entry, (fault, opened) => (fault === null ? resolve(opened) : reject(fault)))
    })
    const isSheet = entry.fileName.includes('worksheets/')
    let before = 0
    for await (const block of stream) {
      // Safe: a stream without an encoding gives buffers.
      const bytes = block as Buffer
      // Every byte is looked at, as any reader must; `<r` and a space or `>` begins a row (`<row`), told from `<c` and `<v`.
      for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0
        if (byte === 0x72 && before === 0x3c && isSheet) rows += 1
        before = byte
      }
    }
  }
  zip.close()
  return rows
}

async function readOurs(path: string, read: (file: Awaited<ReturnType<typeof openSheetFile>>) => Reading): Promise<number> {
  let rows = 0
  for await (const block of read(await openSheetFile({ path }))) rows += block.rows.length
  return rows
}

async function readExceljs(path: string): Promise<number> {
  const { default: exceljs } = await import('exceljs')
  const reader = new exceljs.stream.xlsx.WorkbookReader(path, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  })
  let rows = 0
  for await (const sheet of reader) {
    for await (const row of sheet) if (row.cellCount > 0) rows += 1
  }
  return rows
}

async function readHucre(path: string, isStream: boolean): Promise<number> {
  const { readXlsx, streamXlsxRows } = await import('hucre/xlsx')
  const bytes = await readFile(path)
  let rows = 0
  if (isStream) for await (const row of streamXlsxRows(bytes)) rows += row.values.length > 0 ? 1 : 0
  else rows = (await readXlsx(bytes)).sheets[0]?.rows.length ?? 0
  return rows
}

const columns = Array.from({ length: exportColumns }, (_, column) => ({ label: `第${column + 1}列` }))

async function writeOurs(path: string, rows: number): Promise<number> {
  await writeWorkbook({ target: path, sheets: [{ name: '导出', columns, rows: exportRows(rows) }] })
  return rows
}

async function writeExceljs(path: string, rows: number): Promise<number> {
  const { default: exceljs } = await import('exceljs')
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: fileStream(path), useSharedStrings: false, useStyles: true })
  const sheet = workbook.addWorksheet('导出')
  sheet.addRow(columns.map((column) => column.label)).commit()
  let written = 0
  for (const row of exportRows(rows)) {
    sheet.addRow(row).commit()
    written += 1
    // Without a pause its output only piles up.
    if (written % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  sheet.commit()
  await workbook.commit()
  return rows
}

async function writeHucre(path: string, rows: number): Promise<number> {
  const { writeXlsxStream } = await import('hucre/xlsx')
  const stream = writeXlsxStream(exportRows(rows), { name: '导出', columns: columns.map(({ label }) => ({ header: label })) })
  await stream.pipeTo(Writable.toWeb(fileStream(path)))
  return rows
}

/** Writes the same rows as plain text: what no writer of workbooks can be faster than. */
async function writeText(path: string, rows: number): Promise<number> {
  const lines = function* (): Generator<string> {
    for (const row of exportRows(rows)) yield `${row.join(',')}\n`
  }
  await pipeline(Readable.from(lines()), fileStream(path))
  return rows
}

const tasks: Readonly<Record<string, (path: string, rows: number) => Promise<number>>> = {
  scan,
  ours: (path) => readOurs(path, readSheets),
  sandboxed: (path) => readOurs(path, readSheetsSandboxed),
  exceljs: readExceljs,
  hucre: (path) => readHucre(path, false),
  'hucre-stream': (path) => readHucre(path, true),
  'write-ours': writeOurs,
  'write-exceljs': writeExceljs,
  'write-hucre': writeHucre,
  'write-text': writeText,
}

/** Highest memory of the processes that this one started, looked at now and then; 0 where the system does not tell. */
function watchChildren(): () => number {
  let most = 0
  const look = setInterval(() => {
    most = Math.max(most, childrenMb())
  }, 25)
  return () => {
    clearInterval(look)
    return most
  }
}

/** The system's own mark of the highest memory of each child, so that looking seldom loses nothing but a child's last moments. */
function childrenMb(): number {
  try {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean)
    const kb = children.map((pid) => Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0))
    return Math.max(0, ...kb) / 1024
  } catch {
    return 0 // a process ended between the listing and the reading, or another system
  }
}

const [name = '', path = '', rows = '0'] = process.argv.slice(2)
const task = tasks[name]
if (task === undefined) throw new Error(`no task ${name}`)
// Loading a package is no part of its work.
if (name.includes('exceljs')) await import('exceljs')
if (name.includes('hucre')) await import('hucre/xlsx')
if (name === 'scan') await import('yauzl')
const stop = name === 'sandboxed' ? watchChildren() : () => 0
const began = performance.now()
const seen = await task(path, Number(rows))
const result: TaskResult = {
  seconds: (performance.now() - began) / 1000,
  rows: seen,
  peakMb: process.resourceUsage().maxRSS / 1024,
  childMb: stop(),
}
process.stdout.write(`${JSON.stringify(result)}\n`)
