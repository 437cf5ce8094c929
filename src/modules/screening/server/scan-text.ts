import { open } from 'node:fs/promises'
import { readSheets, sheetErrors, type RowBlock, type SheetFile } from '#kernel/server/sheets/index.ts'
import { makeListReader } from '../rules/list-reader.ts'
import { openSource } from '../rules/tally.ts'
import { columnsOf, type KnownSheet } from './recognise-list.ts'
import type { ReadDeps } from './read-rows.ts'
import { fitsKernel, scanStretch } from './scan-kernel.ts'
import { makeRecordScanner } from './scan-records.ts'
import { makeRowTaker } from './take-rows.ts'

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
  const first = await firstBlock(file)
  const known = first === undefined ? undefined : deps.know(first)
  if (known === undefined || file.text === undefined || (file.text.encoding !== 'utf-8' && file.text.encoding !== 'gb18030'))
    return { known: [], skipped: [''] }
  const tally = deps.tallyOf(known)
  const source = openSource(tally, { file: fileNumber, sheet: '' })
  const reader = makeListReader(known.kind, columnsOf(known), known.labels)
  const { encoding, separator, bomBytes } = file.text
  const input = { matcher: deps.matcher, tally, source, reader, header: known.header, keys: deps.keysOf(known), encoding }
  if (fitsKernel(reader)) {
    const stretch = { path: file.path, from: bomBytes, to: file.bytes, firstLine: 1 }
    scanStretch({ ...input, separator: separator.charCodeAt(0), lane: 0 }, stretch, deps.onRows)
    return { known: [known], skipped: [] }
  }
  const taker = makeRowTaker(input)
  const scanner = makeRecordScanner(separator.charCodeAt(0), 1, taker.take)
  await scanFile(file.path, bomBytes, scanner, deps)
  taker.finish()
  return { known: [known], skipped: [] }
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

async function firstBlock(file: SheetFile): Promise<RowBlock | undefined> {
  for await (const block of readSheets(file)) return block
  return undefined
}
