import { open } from 'node:fs/promises'
import { sheetErrors, type RowBlock, type SheetFile, type SheetRow } from '#kernel/server/sheets/index.ts'
import { makeListReader } from '../rules/list-reader.ts'
import { openSource } from '../rules/tally.ts'
import { columnsOf, type KnownSheet } from './recognise-list.ts'
import type { ReadDeps } from './read-rows.ts'
import { fitsKernel } from './scan-kernel.ts'
import { scanLanes } from './scan-lanes.ts'
import { makeRecordScanner, OpenQuote, type TakeRecord } from './scan-records.ts'
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

/** Streams a text list past the register on its bytes; decodes only what needs a look. */
export async function scanText(file: SheetFile, fileNumber: number, deps: ReadDeps): Promise<{ known: KnownSheet[]; skipped: string[] }> {
  if (file.text === undefined || (file.text.encoding !== 'utf-8' && file.text.encoding !== 'gb18030')) return { known: [], skipped: [''] }
  const first = await firstBlock(file, file.text.encoding).catch(tellOpenQuote)
  const known = deps.know(first.block)
  if (known === undefined) return { known: [], skipped: [''] }
  const tally = deps.tallyOf(known)
  const source = openSource(tally, { file: fileNumber, sheet: '' })
  const reader = makeListReader(known.kind, columnsOf(known), known.labels)
  const { encoding, separator, bomBytes } = file.text
  const input = { matcher: deps.matcher, tally, source, reader, header: known.header, keys: deps.keysOf(known), encoding }
  if (fitsKernel(reader)) {
    await scanLanes(
      { ...input, separator: separator.charCodeAt(0), rows: guessRows(file, first) },
      { path: file.path, from: bomBytes, to: file.bytes, firstLine: 1 },
      deps,
    )
    return { known: [known], skipped: [] }
  }
  const scanner = makeRecordScanner(separator.charCodeAt(0), 1, afterHeader(known.header.bottom, makeTextTaker(input)))
  await scanFile(file.path, bomBytes, scanner, deps).catch(tellOpenQuote)
  return { known: [known], skipped: [] }
}

function tellOpenQuote(fault: unknown): never {
  throw fault instanceof OpenQuote ? sheetErrors.openQuote({ line: fault.line }) : fault
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
function guessRows(file: SheetFile, first: FirstBlock): number {
  const { rows } = first.block
  return rows.length < startRows ? rows.length : Math.ceil(file.bytes / (first.bytes / rows.length))
}

/** The first rows, and how many bytes they are. */
interface FirstBlock {
  block: RowBlock
  bytes: number
}

const startBytes = 64 * 1024
const startRows = 200

/** The first rows of a text list, enough to know it by; reading them takes no more than they are. */
async function firstBlock(file: SheetFile, encoding: 'utf-8' | 'gb18030'): Promise<FirstBlock> {
  const { separator = ',', bomBytes = 0 } = file.text ?? {}
  const handle = await open(file.path)
  try {
    const bytes = Buffer.alloc(Math.min(startBytes, file.bytes - bomBytes))
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, bomBytes)
    const text = textBytes(encoding)
    const rows: SheetRow[] = []
    let taken = 0
    const scanner = makeRecordScanner(separator.charCodeAt(0), 1, (from, span) => {
      if (rows.length === startRows) return
      rows.push({ row: span.line, cells: cellsOf(text, from, span) })
      taken = (span.ends[span.columns - 1] ?? 0) + 1
    })
    scanner.scan(bytes, 0, bytesRead, bytesRead + bomBytes >= file.bytes)
    return { block: { sheet: '', rows }, bytes: taken }
  } finally {
    await handle.close()
  }
}
