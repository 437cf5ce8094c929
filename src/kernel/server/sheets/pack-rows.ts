import { sheetErrors } from './errors.ts'
import type { BlockHead, RowStore } from './row-store.ts'
import { cellKinds, type PackedHead } from './sandbox-messages.ts'
import type { SheetRow } from './sheet-types.ts'

/** A block laid flat: what a message of the sandbox consists of. */
export interface PackedBlock {
  head: PackedHead
  body: Uint8Array
}

/** Strings that the parent keeps at most, and the longest of them: some 8 MB whatever the file says. */
const mostKnown = 65_536
const longestKnown = 64
/** From here on a block goes without waiting for more rows. */
const heavyBytes = 8 * 1024 * 1024
/** The first rows of no list are longer than this. */
const largestBytes = 128 * 1024 * 1024

/** The store of the child of the sandbox: cells go from the file into messages without a string or an object for each. */
export function makePackStore(): RowStore<PackedBlock> {
  return new PackStore()
}

class PackStore implements RowStore<PackedBlock> {
  /** Pairs of row number and width. */
  private rows = new Int32Array(1024)
  private rowCount = 0
  private codes = new Int32Array(65_536)
  private codeCount = 0
  private narrow = new Uint8Array(262_144)
  private narrowCount = 0
  private wide = new Uint16Array(65_536)
  private wideCount = 0
  private lostTails: number[] = []
  private hidden: number[] = []
  private width = 0
  /** What the parent knows of each shared string: 0 nothing, 1 it came once, more: its number there and two. */
  private states = new Int32Array(1024)
  private known = 0

  openRow(row: number, isHidden: boolean): void {
    if (isHidden) this.hidden.push(this.rowCount)
    const at = this.rowCount * 2
    if (at + 2 > this.rows.length) this.rows = grown(this.rows, at + 2)
    this.rows[at] = row
    this.width = 0
  }

  text(column: number, text: string): void {
    this.put(column, this.write(text, false))
  }

  shared(column: number, text: string, id: number): void {
    if (id >= this.states.length) this.states = grown(this.states, id + 1)
    const state = this.states[id] ?? 0
    if (state > 1) return this.put(column, (state - 2) * 8 + cellKinds.known)
    const isNew = state === 1 && this.known < mostKnown && text.length <= longestKnown
    this.states[id] = isNew ? this.known + 2 : 1
    if (isNew) this.known += 1
    this.put(column, this.write(text, isNew))
  }

  plain(column: number, source: string, from: number, to: number): void {
    const length = to - from
    this.makeRoom(length)
    const { narrow } = this
    const into = this.narrowCount
    for (let at = 0; at < length; at += 1) narrow[into + at] = source.charCodeAt(from + at)
    this.narrowCount = into + length
    this.put(column, length * 8 + cellKinds.narrow)
  }

  lost(column: number): void {
    this.lostTails.push(this.rowCount, column)
  }

  closeRow(): number {
    this.rows[this.rowCount * 2 + 1] = this.width
    this.rowCount += 1
    return this.width
  }

  row(row: SheetRow): void {
    this.openRow(row.row, row.hidden === true)
    const { cells } = row
    for (let column = 0; column < cells.length; column += 1) this.text(column, cells[column] ?? '')
    for (const column of row.lostTail ?? []) this.lost(column)
    this.closeRow()
  }

  isHeavy(): boolean {
    return this.narrowCount + this.wideCount * 2 > heavyBytes
  }

  take(head: BlockHead): PackedBlock {
    const { rowCount: rows, codeCount: codes, wideCount: wide, narrowCount: narrow, lostTails: lost, hidden } = this
    const codesAt = rows * 8
    const wideAt = codesAt + codes * 4
    const body = new Uint8Array(wideAt + wide * 2 + narrow)
    new Int32Array(body.buffer, 0, rows * 2).set(this.rows.subarray(0, rows * 2))
    new Int32Array(body.buffer, codesAt, codes).set(this.codes.subarray(0, codes))
    new Uint16Array(body.buffer, wideAt, wide).set(this.wide.subarray(0, wide))
    body.set(this.narrow.subarray(0, narrow), wideAt + wide * 2)
    this.rowCount = this.codeCount = this.wideCount = this.narrowCount = 0
    this.lostTails = []
    this.hidden = []
    return { head: { kind: 'block', ...head, rows, codes, wide, narrow, lost, hidden }, body }
  }

  private put(column: number, code: number): void {
    let at = this.codeCount
    const last = at + column - this.width
    if (last >= this.codes.length) this.codes = grown(this.codes, last + 1)
    const { codes } = this
    for (; at < last; at += 1) codes[at] = 0
    codes[last] = code
    this.codeCount = last + 1
    this.width = column + 1
  }

  private write(text: string, isNew: boolean): number {
    const { length } = text
    this.makeRoom(length)
    const { narrow } = this
    const into = this.narrowCount
    for (let at = 0; at < length; at += 1) {
      const code = text.charCodeAt(at)
      if (code > 255) return this.writeWide(text, isNew)
      narrow[into + at] = code
    }
    this.narrowCount = into + length
    return length * 8 + (isNew ? cellKinds.newNarrow : cellKinds.narrow)
  }

  private writeWide(text: string, isNew: boolean): number {
    const { length } = text
    const into = this.wideCount
    if (into + length > this.wide.length) this.wide = grown(this.wide, into + length)
    const { wide } = this
    for (let at = 0; at < length; at += 1) wide[into + at] = text.charCodeAt(at)
    this.wideCount = into + length
    return length * 8 + (isNew ? cellKinds.newWide : cellKinds.wide)
  }

  private makeRoom(characters: number): void {
    const bytes = this.narrowCount + this.wideCount * 2 + characters
    if (bytes > largestBytes) throw sheetErrors.tooLargeUnpacked({ bytes, limitBytes: largestBytes })
    if (this.narrowCount + characters > this.narrow.length) this.narrow = grown(this.narrow, this.narrowCount + characters)
  }
}

/** A copy with room for at least `wanted` numbers. */
function grown<Numbers extends Int32Array | Uint16Array | Uint8Array>(numbers: Numbers, wanted: number): Numbers {
  const size = Math.max(numbers.length * 2, wanted)
  // Safe: the constructor of a typed array makes one of the same kind.
  const copy = new (numbers.constructor as new (length: number) => Numbers)(size)
  copy.set(numbers)
  return copy
}
