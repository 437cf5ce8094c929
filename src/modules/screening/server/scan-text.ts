import { open } from 'node:fs/promises'
import { firstTable, sheetErrors, startsTable, type RowBlock, type SheetFile, type SheetRow } from '#kernel/server/sheets/index.ts'
import { makeListReader } from '../rules/list-reader.ts'
import { openSource } from '../rules/tally.ts'
import { columnsOf, keysOfLists, labelsOfLists, type KnownSheet } from './recognise-list.ts'
import type { ReadDeps } from './read-rows.ts'
import { fitsKernel } from './scan-kernel.ts'
import { scanLanes } from './scan-lanes.ts'
import { makeRecordScanner, OpenQuote, type RecordSpan } from './scan-records.ts'
import { textBytes } from './cell-bytes.ts'
import { cellsOf, makeTextTaker } from './take-text.ts'

const blockBytes = 1024 * 1024
/** A record longer than this is a quote that was never closed. */
const longestRecord = 1024 * 1024

/** True for text whose bytes can be scanned: ASCII stands for itself and no separator can be half of a character. */
export function canScan(file: SheetFile): boolean {
  if (file.text === undefined) return false
  const { encoding, separator } = file.text
  return encoding === 'utf-8' || (encoding === 'gb18030' && separator !== '|')
}

/** No honest list holds more tables. */
const mostTables = 500

/** Where a table begins. */
interface Place {
  at: number
  line: number
}

/** Streams the tables of a text list past the register on its bytes; decodes only what needs a look. */
export async function scanText(file: SheetFile, fileNumber: number, deps: ReadDeps): Promise<{ known: KnownSheet[]; skipped: string[] }> {
  if (file.text === undefined || (file.text.encoding !== 'utf-8' && file.text.encoding !== 'gb18030')) return { known: [], skipped: [''] }
  const { encoding, bomBytes } = file.text
  const known: KnownSheet[] = []
  let isAnySkipped = false
  let place: Place | undefined = { at: bomBytes, line: 1 }
  for (let tables = 0; place !== undefined && tables < mostTables; tables += 1) {
    const first: FirstBlock = await firstBlock(file, encoding, place).catch(tellOpenQuote)
    const found = deps.know(first.block)
    if (found !== undefined) known.push(found)
    else isAnySkipped = true
    place = await (found === undefined ? skipTable(file, place) : scanTable({ file, fileNumber, known: found, first, place }, deps)).catch(
      tellOpenQuote,
    )
  }
  return { known, skipped: isAnySkipped ? [''] : [] }
}

interface TableToScan {
  file: SheetFile
  fileNumber: number
  known: KnownSheet
  first: FirstBlock
  place: Place
}

/** Reads one table; gives where the next one begins. */
async function scanTable({ file, fileNumber, known, first, place }: TableToScan, deps: ReadDeps): Promise<Place | undefined> {
  const { separator = ',', encoding } = file.text ?? {}
  if (encoding !== 'utf-8' && encoding !== 'gb18030') return undefined
  const tally = deps.tallyOf(known)
  const source = openSource(tally, { file: fileNumber, sheet: '' })
  const reader = makeListReader(known.kind, columnsOf(known), known.labels)
  const input = {
    matcher: deps.matcher,
    tally,
    source,
    reader,
    header: known.header,
    keys: deps.keysOf(known),
    encoding,
    labels: keysOfLists,
  }
  if (fitsKernel(reader)) {
    const end = await scanLanes(
      { ...input, separator: separator.charCodeAt(0), rows: guessRows(file, first, place) },
      { path: file.path, from: place.at, to: file.bytes, firstLine: place.line },
      deps,
    )
    return end.isTable === true ? end : undefined
  }
  const take = makeTextTaker(input)
  return scanFile(file, place, { starts: (bytes, span) => span.line > known.header.bottom && take(bytes, span), onRows: deps.onRows })
}

/** Passes over a table that is no list we know; gives where the next one begins. */
async function skipTable(file: SheetFile, place: Place): Promise<Place | undefined> {
  const { encoding } = file.text ?? {}
  if (encoding !== 'utf-8' && encoding !== 'gb18030') return undefined
  const text = textBytes(encoding)
  const starts = (bytes: Uint8Array, span: RecordSpan): boolean =>
    span.line > place.line &&
    startsTable({ rows: [{ row: span.line, cells: cellsOf(text, bytes, span) }], at: 0, header: undefined, labels: keysOfLists })
  return scanFile(file, place, { starts, onRows: () => undefined })
}

function tellOpenQuote(fault: unknown): never {
  throw fault instanceof OpenQuote ? sheetErrors.openQuote({ line: fault.line }) : fault
}

interface ScanTask {
  /** Takes a record; true ends the reading with it, because it begins a further table. */
  starts: (bytes: Uint8Array, span: RecordSpan) => boolean
  onRows: (rows: number) => void
}

async function scanFile(file: SheetFile, place: Place, { starts, onRows }: ScanTask): Promise<Place | undefined> {
  const buffer = Buffer.allocUnsafe(blockBytes + longestRecord)
  const handle = await open(file.path)
  let found: Place | undefined
  const stoppedAt = (): Place | undefined => found
  let base = place.at
  const scanner = makeRecordScanner((file.text?.separator ?? ',').charCodeAt(0), place.line, (bytes, span) => {
    if (found === undefined && starts(bytes, span)) found = { at: base + span.start, line: span.line }
  })
  try {
    let held = 0
    for (let at = place.at, final = false; !final && stoppedAt() === undefined; ) {
      const { bytesRead } = await handle.read(buffer, held, blockBytes, at)
      base = at - held
      at += bytesRead
      final = bytesRead === 0
      buffer[held + bytesRead] = 0 // what lay there before must not be taken for half of a doubled quote
      const before = scanner.line
      const done = scanner.scan(buffer, 0, held + bytesRead, final)
      held = held + bytesRead - done
      if (held > longestRecord) throw sheetErrors.openQuote({ line: scanner.line })
      buffer.copyWithin(0, done, done + held)
      onRows((stoppedAt()?.line ?? scanner.line) - before)
    }
    return stoppedAt()
  } finally {
    await handle.close()
  }
}

/** Rows of the file when they go on as they begin. */
function guessRows(file: SheetFile, first: FirstBlock, place: Place): number {
  const { rows } = first.block
  return rows.length < startRows ? rows.length : Math.ceil((file.bytes - place.at) / first.bytesOfRow)
}

/** The first rows of the table, and how many bytes a row has. */
interface FirstBlock {
  block: RowBlock
  bytesOfRow: number
}

const startBytes = 64 * 1024
const startRows = 200

/** The first rows of a text list, enough to know it by; reading them takes no more than they are. */
async function firstBlock(file: SheetFile, encoding: 'utf-8' | 'gb18030', place: Place): Promise<FirstBlock> {
  const { separator = ',' } = file.text ?? {}
  const handle = await open(file.path)
  try {
    const bytes = Buffer.alloc(Math.min(startBytes, file.bytes - place.at))
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, place.at)
    const text = textBytes(encoding)
    const rows: SheetRow[] = []
    let taken = 0
    const scanner = makeRecordScanner(separator.charCodeAt(0), place.line, (from, span) => {
      if (rows.length === startRows) return
      rows.push({ row: span.line, cells: cellsOf(text, from, span) })
      taken = (span.ends[span.columns - 1] ?? 0) + 1
    })
    scanner.scan(bytes, 0, bytesRead, bytesRead + place.at >= file.bytes)
    return { block: firstTable({ sheet: '', rows }, labelsOfLists), bytesOfRow: taken / Math.max(1, rows.length) }
  } finally {
    await handle.close()
  }
}
