import { sheetErrors } from './errors.ts'

/** The records of BIFF8 that are read (MS-XLS §2.3). */
export const biff = {
  formula: 0x06,
  eof: 0x0a,
  date1904: 0x22,
  filePass: 0x2f,
  continue: 0x3c,
  columnInfo: 0x7d,
  boundSheet: 0x85,
  mulRk: 0xbd,
  rString: 0xd6,
  xf: 0xe0,
  mergeCells: 0xe5,
  sst: 0xfc,
  labelSst: 0xfd,
  number: 0x203,
  label: 0x204,
  boolErr: 0x205,
  string: 0x207,
  row: 0x208,
  rk: 0x27e,
  format: 0x41e,
  bof: 0x809,
} as const

/** One record; `data` is a view into the stream. */
export interface BiffRecord {
  id: number
  data: Buffer
}

/** The records of a workbook stream from an offset to its end; a record that runs over the end means a truncated file. */
export function* recordsOf(stream: Buffer, from = 0): Generator<BiffRecord> {
  for (let at = from; at + 4 <= stream.length; ) {
    const id = stream.readUInt16LE(at)
    const end = at + 4 + stream.readUInt16LE(at + 2)
    if (end > stream.length) throw sheetErrors.truncatedFile()
    yield { id, data: stream.subarray(at + 4, end) }
    at = end
  }
}

/** Refuses workbooks that are older than Excel 97 or protected by a password. */
export function checkBiff(stream: Buffer): void {
  let first = true
  for (const { id, data } of recordsOf(stream)) {
    if (first) {
      if (id !== biff.bof || data.length < 4) throw sheetErrors.damagedFile({ part: 'xls', reason: 'no beginning' })
      if (data.readUInt16LE(0) !== 0x600) throw sheetErrors.oldXls({ version: 'BIFF5' })
    }
    first = false
    if (id === biff.filePass) throw sheetErrors.passwordProtected()
    if (id === biff.eof) return
  }
  throw sheetErrors.truncatedFile()
}

/** A string with its length in 16 bits (`wide`) or 8, as in FORMAT, LABEL and BOUNDSHEET. */
export function readText(data: Buffer, at: number, wide: boolean): string {
  const length = wide ? data.readUInt16LE(at) : data.readUInt8(at)
  const from = at + (wide ? 3 : 2)
  const twoBytes = (data.readUInt8(from - 1) & 1) === 1
  return (twoBytes ? data.toString('utf16le', from, from + length * 2) : data.toString('latin1', from, from + length))
    .toWellFormed()
    .replaceAll('\0', '')
}

/** A number packed into 30 bits (MS-XLS §2.5.217). */
export function readRk(rk: number): number {
  let value: number
  if ((rk & 2) !== 0) value = rk >> 2
  else {
    const bytes = Buffer.alloc(8)
    bytes.writeInt32LE(rk & ~3, 4)
    value = bytes.readDoubleLE(0)
  }
  return (rk & 1) === 0 ? value : value / 100
}

/** The shared strings: one record and those that continue it. Characters cut at a boundary begin anew with their width. */
export function readSharedStrings(blocks: Buffer[]): string[] {
  const cursor = { blocks, block: 0, at: 8 }
  const strings: string[] = []
  const count = blocks[0]?.readUInt32LE(4) ?? 0
  for (let index = 0; index < count && hasMore(cursor); index += 1) strings.push(readShared(cursor).toWellFormed().replaceAll('\0', ''))
  return strings
}

interface Cursor {
  blocks: Buffer[]
  block: number
  at: number
}

function hasMore(cursor: Cursor): boolean {
  while (cursor.block < cursor.blocks.length && cursor.at >= (cursor.blocks[cursor.block]?.length ?? 0)) {
    cursor.at -= cursor.blocks[cursor.block]?.length ?? 0
    cursor.block += 1
  }
  return cursor.block < cursor.blocks.length
}

function take(cursor: Cursor, bytes: number): number {
  let value = 0
  for (let index = 0; index < bytes; index += 1) {
    if (!hasMore(cursor)) throw sheetErrors.truncatedFile()
    value += (cursor.blocks[cursor.block]?.[cursor.at] ?? 0) * 256 ** index
    cursor.at += 1
  }
  return value
}

function readShared(cursor: Cursor): string {
  let left = take(cursor, 2)
  let flags = take(cursor, 1)
  const runs = (flags & 8) === 0 ? 0 : take(cursor, 2)
  const extra = (flags & 4) === 0 ? 0 : take(cursor, 4)
  let text = ''
  while (left > 0) {
    if (cursor.at >= (cursor.blocks[cursor.block]?.length ?? 0)) flags = take(cursor, 1)
    const block = cursor.blocks[cursor.block]
    if (block === undefined) throw sheetErrors.truncatedFile()
    const width = (flags & 1) + 1
    const here = Math.min(left, Math.floor((block.length - cursor.at) / width))
    if (here === 0) throw sheetErrors.damagedFile({ part: 'xls', reason: 'broken string' })
    text += block.toString(width === 2 ? 'utf16le' : 'latin1', cursor.at, cursor.at + here * width)
    cursor.at += here * width
    left -= here
  }
  cursor.at += runs * 4 + extra
  return text
}
