import type { ErrorDetails } from '#kernel/pure/errors/index.ts'
import { sheetErrors } from './errors.ts'
import type { BlockHead } from './row-store.ts'
import type { ReadReport, RowBlock, SheetRow } from './sheet-types.ts'

/**
 * How a cell is coded: `size * 8 + kind`. Narrow and wide are the next `size` characters of one or two bytes, `known` the string of that
 * number; `new` ones get the next number. An empty cell is 0.
 */
export const cellKinds = { narrow: 0, wide: 1, known: 2, newNarrow: 3, newWide: 4 } as const

/** The head of a packed block; `lost` are pairs: index of the row in the block, column. */
export interface PackedHead extends BlockHead {
  kind: 'block'
  rows: number
  codes: number
  wide: number
  narrow: number
  lost: number[]
  hidden: number[]
}

/** The heads of messages that the child sends. A message is two lengths of four bytes, the head as JSON filled up to whole words, the body. */
export type SandboxHead =
  | PackedHead
  | { kind: 'end'; report: ReadReport }
  | { kind: 'error'; code: string; status: number; details: ErrorDetails }

export const prefixBytes = 8
/** No message is longer: a child that says so is not ours any more. */
const largestMessage = 256 * 1024 * 1024

/** The first bytes of a message, up to its body. */
export function writeHead(head: SandboxHead, bodyBytes: number): Buffer {
  const json = JSON.stringify(head)
  const length = Math.ceil(Buffer.byteLength(json) / 8) * 8
  const bytes = Buffer.alloc(prefixBytes + length, ' ')
  bytes.writeUInt32LE(length, 0)
  bytes.writeUInt32LE(bodyBytes, 4)
  bytes.write(json, prefixBytes)
  return bytes
}

/** Puts messages together from a stream of bytes. */
export function makeMessageReader(): (bytes: Buffer) => Generator<{ head: SandboxHead; body: Buffer }> {
  const prefix = Buffer.alloc(prefixBytes)
  let target = prefix
  let filled = 0
  return function* read(bytes) {
    for (let at = 0; at < bytes.length; ) {
      const copied = bytes.copy(target, filled, at)
      at += copied
      filled += copied
      if (filled < target.length) return
      filled = 0
      if (target === prefix) {
        const length = prefix.readUInt32LE(0) + prefix.readUInt32LE(4)
        if (length === 0 || length > largestMessage) throw sheetErrors.readerCrashed()
        target = Buffer.allocUnsafeSlow(length)
        continue
      }
      const message = target
      target = prefix
      yield openMessage(message, prefix.readUInt32LE(0))
    }
  }
}

function openMessage(message: Buffer, headBytes: number): { head: SandboxHead; body: Buffer } {
  try {
    // Safe: our own child writes nothing but these messages; a hostile file reaches us only inside their strings.
    return { head: JSON.parse(message.toString('utf8', 0, headBytes)) as SandboxHead, body: message.subarray(headBytes) }
  } catch {
    throw sheetErrors.readerCrashed()
  }
}

/** Longer strings that are cut from a text keep the whole of it in memory (V8), so they are made anew. */
const longestCut = 12

/** Reads the packed blocks of one child; it remembers the strings that the child gave a number. */
export class Unpacker {
  private readonly known: string[] = []
  private body: Buffer = Buffer.alloc(0)
  private narrow = ''
  private narrowAt = 0
  private narrowFrom = 0
  private wide = ''
  private wideAt = 0
  private wideFrom = 0

  /** The block as a reading in this process would have given it. Throws `sheets.reader-crashed` for a message that is not sound. */
  unpack(head: PackedHead, body: Buffer): RowBlock {
    this.body = body
    this.wideFrom = head.rows * 8 + head.codes * 4
    this.narrowFrom = this.wideFrom + head.wide * 2
    if (this.narrowFrom + head.narrow !== body.length) throw sheetErrors.readerCrashed()
    this.narrow = body.toString('latin1', this.narrowFrom)
    this.wide = body.toString('utf16le', this.wideFrom, this.narrowFrom)
    this.narrowAt = this.wideAt = 0
    const numbers = new Int32Array(body.buffer, body.byteOffset, this.wideFrom / 4)
    const rows: SheetRow[] = []
    let at = head.rows * 2
    for (let index = 0; index < head.rows; index += 1) {
      const end = at + (numbers[index * 2 + 1] ?? 0)
      if (end < at || end > numbers.length) throw sheetErrors.readerCrashed()
      const cells: string[] = []
      for (; at < end; at += 1) {
        const code = numbers[at] ?? 0
        cells.push(code === 0 ? '' : this.cellOf(code))
      }
      rows.push({ row: numbers[index * 2] ?? 0, cells })
    }
    return finishBlock(head, rows)
  }

  private cellOf(code: number): string {
    const size = code >>> 3
    const kind = code & 7
    if (kind === cellKinds.narrow) return this.takeNarrow(size)
    if (kind === cellKinds.known) return this.known[size] ?? ''
    const text = kind === cellKinds.newNarrow ? this.takeNarrow(size) : this.takeWide(size)
    if (kind !== cellKinds.wide) this.known.push(text)
    return text
  }

  private takeNarrow(size: number): string {
    const from = this.narrowAt
    this.narrowAt = from + size
    if (size <= longestCut) return this.narrow.slice(from, from + size)
    return this.body.toString('latin1', this.narrowFrom + from, this.narrowFrom + from + size)
  }

  private takeWide(size: number): string {
    const from = this.wideAt
    this.wideAt = from + size
    if (size <= longestCut) return this.wide.slice(from, from + size)
    return this.body.toString('utf16le', this.wideFrom + from * 2, this.wideFrom + (from + size) * 2)
  }
}

function finishBlock(head: PackedHead, rows: SheetRow[]): RowBlock {
  for (let pair = 0; pair < head.lost.length; pair += 2) {
    const row = rows[head.lost[pair] ?? 0]
    if (row !== undefined) (row.lostTail ??= []).push(head.lost[pair + 1] ?? 0)
  }
  for (const index of head.hidden) {
    const row = rows[index]
    if (row !== undefined) row.hidden = true
  }
  const block: RowBlock = { sheet: head.sheet, rows }
  if (head.merges !== undefined) block.merges = head.merges
  if (head.hiddenColumns !== undefined) block.hiddenColumns = head.hiddenColumns
  return block
}
