import { open } from 'node:fs/promises'
import { sheetErrors, type RowBlock, type SheetFile, type SheetRow } from '#kernel/server/sheets/index.ts'
import { makeListReader } from '../rules/list-reader.ts'
import { openSource, reserveRows } from '../rules/tally.ts'
import { columnsOf, type KnownSheet } from './recognise-list.ts'
import type { ReadDeps } from './read-rows.ts'
import { fitsKernel, scanStretch, type Stretch } from './scan-kernel.ts'
import { findSecondLane, transferOf } from './second-lane.ts'
import { mergeTallies } from '../rules/merge-tallies.ts'
import { makeRecordScanner, type TakeRecord } from './scan-records.ts'
import { textBytes } from './cell-bytes.ts'
import { cellsOf, makeTextTaker, type TakeInput } from './take-text.ts'

const blockBytes = 1024 * 1024
/** A record longer than this is a quote that was never closed. */
const longestRecord = 1024 * 1024

/** True for text whose bytes can be scanned: ASCII stands for itself and no separator can be half of a character. */
export function canScan(file: SheetFile): boolean {
  if (file.text === undefined) return false
  const { encoding, separator } = file.text
  return encoding === 'utf-8' || (encoding === 'gb18030' && separator !== '|')
}

/** Streams a text list past the register on its bytes; decodes only what needs a look. */
export async function scanText(file: SheetFile, fileNumber: number, deps: ReadDeps): Promise<{ known: KnownSheet[]; skipped: string[] }> {
  if (file.text === undefined || (file.text.encoding !== 'utf-8' && file.text.encoding !== 'gb18030')) return { known: [], skipped: [''] }
  const first = await firstBlock(file, file.text.encoding)
  const known = deps.know(first)
  if (known === undefined) return { known: [], skipped: [''] }
  const tally = deps.tallyOf(known)
  const source = openSource(tally, { file: fileNumber, sheet: '' })
  const reader = makeListReader(known.kind, columnsOf(known), known.labels)
  const { encoding, separator, bomBytes } = file.text
  const rows = guessRows(file, first)
  reserveRows(tally, rows)
  const input = { matcher: deps.matcher, tally, source, reader, header: known.header, keys: deps.keysOf(known), encoding }
  if (fitsKernel(reader)) {
    await scanLanes(
      { ...input, separator: separator.charCodeAt(0), rows },
      { path: file.path, from: bomBytes, to: file.bytes, firstLine: 1 },
      deps,
    )
    return { known: [known], skipped: [] }
  }
  const scanner = makeRecordScanner(separator.charCodeAt(0), 1, afterHeader(known.header.bottom, makeTextTaker(input)))
  await scanFile(file.path, bomBytes, scanner, deps)
  return { known: [known], skipped: [] }
}

/** Files from this size on are read by two readers at once. */
const twoLanesFrom = 4 * 1024 * 1024

/** Reads a list with the kernel: alone, or the second half by another thread. */
async function scanLanes(input: TakeInput & { separator: number; rows: number }, whole: Stretch, deps: ReadDeps): Promise<void> {
  const lane = whole.to - whole.from < twoLanesFrom ? undefined : await findSecondLane(input.matcher.index)
  const cut = lane === undefined ? whole.to : await lineAfter(whole.path, Math.floor((whole.from + whole.to) / 2), whole.to)
  const { matcher: _own, tally, source, rows, ...rest } = input
  const header = { ...input.header, top: 0, bottom: 0 }
  const second = cut < whole.to ? lane?.scan({ ...rest, header }, { ...whole, from: cut, firstLine: 1 }, Math.ceil(rows / 2)) : undefined
  // Its refusal is told below, after the first half had its chance to tell an earlier one.
  second?.catch(() => undefined)
  await new Promise(setImmediate) // lets the order go out before this thread is busy
  const end = scanStretch({ ...input, lane: 0 }, { ...whole, to: cut }, deps.onRows)
  if (end.at === cut && second !== undefined) {
    const other = await second
    mergeTallies(tally, other.tally, { source, lineShift: end.line - 1 })
    // Freed at once, not when the collector comes by.
    for (const buffer of transferOf(other.tally)) buffer.transfer(0)
    deps.onRows(other.end.line - 1)
    return
  }
  // A quoted cell ran over the cut: the other reader began in the middle of a record, so its rows are not used.
  await second?.catch(() => undefined)
  if (end.at < whole.to) scanStretch({ ...input, lane: 0 }, { ...whole, from: end.at, firstLine: end.line }, deps.onRows)
}

/** The begin of the first line after a place in the file; its end when there is none near. */
async function lineAfter(path: string, place: number, end: number): Promise<number> {
  const handle = await open(path)
  try {
    const bytes = Buffer.alloc(64 * 1024)
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, place)
    const at = bytes.subarray(0, bytesRead).indexOf(10)
    return at < 0 ? end : place + at + 1
  } finally {
    await handle.close()
  }
}

function afterHeader(bottom: number, take: TakeRecord): TakeRecord {
  return (bytes, span) => {
    if (span.line > bottom) take(bytes, span)
  }
}

async function scanFile(path: string, bomBytes: number, scanner: ReturnType<typeof makeRecordScanner>, deps: ReadDeps): Promise<void> {
  const buffer = Buffer.allocUnsafe(blockBytes + longestRecord)
  const handle = await open(path)
  try {
    let held = 0
    for (let at = bomBytes, final = false; !final; ) {
      const { bytesRead } = await handle.read(buffer, held, blockBytes, at)
      at += bytesRead
      final = bytesRead === 0
      const before = scanner.line
      const done = scanner.scan(buffer, 0, held + bytesRead, final)
      held = held + bytesRead - done
      if (held > longestRecord) throw sheetErrors.openQuote({ line: scanner.line })
      buffer.copyWithin(0, done, done + held)
      deps.onRows(scanner.line - before)
    }
  } finally {
    await handle.close()
  }
}

/** Rows of the file when they go on as they begin. */
function guessRows(file: SheetFile, first: RowBlock): number {
  const bytes = first.rows.slice(1).reduce((sum, row) => sum + row.cells.reduce((all, cell) => all + cell.length + 1, 0), 0)
  return first.rows.length < startRows ? first.rows.length : Math.ceil((file.bytes / Math.max(20, bytes / first.rows.length)) * 1.02)
}

const startBytes = 64 * 1024
const startRows = 200

/** The first rows of a text list, enough to know it by; reading them takes no more than they are. */
async function firstBlock(file: SheetFile, encoding: 'utf-8' | 'gb18030'): Promise<RowBlock> {
  const { separator = ',', bomBytes = 0 } = file.text ?? {}
  const handle = await open(file.path)
  try {
    const bytes = Buffer.alloc(Math.min(startBytes, file.bytes - bomBytes))
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, bomBytes)
    const text = textBytes(encoding)
    const rows: SheetRow[] = []
    const scanner = makeRecordScanner(separator.charCodeAt(0), 1, (from, span) => {
      if (rows.length < startRows) rows.push({ row: span.line, cells: cellsOf(text, from, span) })
    })
    scanner.scan(bytes, 0, bytesRead, bytesRead + bomBytes >= file.bytes)
    return { sheet: '', rows }
  } finally {
    await handle.close()
  }
}
