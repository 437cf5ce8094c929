import { segmentsOf, type Bounds } from './columns-bounds.ts'

/**
 * The inner loops: which rows of a table fire for many records at once. For each input a record's value falls into a segment, every segment has
 * a mask of the rows that accept it (32 rows to a word), and the rows that fire are the AND over the inputs. The cost of a record does not
 * depend on the number of rows of a small table; a large one is cut into chunks, and a record leaves at the first row it needs.
 */

/** One input of one chunk, bound to the column it reads. */
export interface BoundColumn {
  readonly source: { readonly kind: 'ordered'; readonly values: Float64Array; readonly bounds: Bounds } | CodedSource
  /** One bit for each record, lowest first: set where the value is unknown. */
  readonly unknown: Uint8Array | undefined
  readonly unknownSegment: number
  /** The words of the chunk for each segment. */
  readonly masks: Uint32Array
  /** 1 for the segments that no row accepts; only of chunks of more than one word. */
  readonly isEmpty: Uint8Array
}

interface CodedSource {
  readonly kind: 'coded'
  /** Below 0 is unknown. */
  readonly codes: Int32Array | Uint16Array | Uint8Array
  readonly segments: Int32Array
}

export interface BoundChunk {
  /** The place of its first row in the order of the plan. */
  readonly firstRow: number
  readonly words: number
  readonly columns: readonly BoundColumn[]
  /** The rows the chunk has. */
  readonly all: Uint32Array
  /** Rows with a cell that no mask can hold: they fire only where `confirm` says so. */
  readonly asked: Uint32Array | undefined
}

/** What is wanted of the rows that fire: the first; the only one; one, when all give the same; all. */
export type Wanted = 'first' | 'only' | 'same' | 'all'

export interface MatchRules {
  readonly wanted: Wanted
  /** `same`: rows with equal outputs have equal numbers. */
  readonly sameAs: Int32Array
  /** Whether the cells of a row that no mask can hold accept a record. */
  readonly confirm: (record: number, row: number) => boolean
}

/** No row fired. */
export const noRow = -1
/** Rows fired that the hit policy does not allow together. */
export const contradiction = -2

const blockSize = 2048

/** The row that fires for each record from 0 to `count`, or `noRow`, or `contradiction`. Not for `all`. */
export function matchOne(chunks: readonly BoundChunk[], count: number, rules: MatchRules): Int32Array {
  const result = new Int32Array(count).fill(noRow)
  const most = Math.max(1, ...chunks.map((chunk) => chunk.words))
  const acc = new Uint32Array(blockSize * most)
  const segments = new Int32Array(blockSize)
  const live = new Int32Array(blockSize)
  for (let from = 0; from < count; from += blockSize) {
    const length = Math.min(blockSize, count - from)
    for (const chunk of chunks) {
      const alive = gather(chunk, { from, count: length, acc, segments, live })
      if (chunk.asked !== undefined) confirmRows(chunk, chunk.asked, { from, count: length, acc, rules })
      if (chunk.words === 1) takeOneWord(chunk, { from, count: length, acc, rules, result })
      else takeWords(chunk, { from, count: alive, acc, rules, result, live })
    }
  }
  return result
}

/** Rows that fire for each record, in the order of the plan: those of record r are `rows[offsets[r]]` to `rows[offsets[r + 1] - 1]`. */
export interface FiredRows {
  readonly offsets: Int32Array
  readonly rows: Int32Array
}

/** All rows that fire for each record. */
export function matchAll(chunks: readonly BoundChunk[], count: number, rules: MatchRules): FiredRows {
  const offsets = new Int32Array(count + 1)
  const parts = chunks.map((chunk) => ({ chunk, acc: new Uint32Array(blockSize * chunk.words) }))
  const segments = new Int32Array(blockSize)
  const live = new Int32Array(blockSize)
  let rows = new Int32Array(Math.max(64, count))
  let used = 0
  for (let from = 0; from < count; from += blockSize) {
    const length = Math.min(blockSize, count - from)
    for (const { chunk, acc } of parts) {
      gather(chunk, { from, count: length, acc, segments, live })
      if (chunk.asked !== undefined) confirmRows(chunk, chunk.asked, { from, count: length, acc, rules })
    }
    for (let record = 0; record < length; record += 1) {
      for (const { chunk, acc } of parts) {
        if (used + chunk.words * 32 > rows.length) rows = grow(rows, chunk.words * 32)
        used = appendRows(rows, used, { acc, at: record * chunk.words, chunk })
      }
      offsets[from + record + 1] = used
    }
  }
  return { offsets, rows: rows.slice(0, used) }
}

function grow(rows: Int32Array<ArrayBuffer>, atLeast: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(rows.length * 2 + atLeast)
  larger.set(rows)
  return larger
}

function appendRows(rows: Int32Array, used: number, { acc, at, chunk }: { acc: Uint32Array; at: number; chunk: BoundChunk }): number {
  let next = used
  for (let word = 0; word < chunk.words; word += 1) {
    let left = acc[at + word] ?? 0
    while (left !== 0) {
      const lowest = left & -left
      rows[next] = chunk.firstRow + word * 32 + 31 - Math.clz32(lowest)
      next += 1
      left ^= lowest
    }
  }
  return next
}

interface Block {
  readonly from: number
  readonly count: number
  readonly acc: Uint32Array
}

interface Gathering extends Block {
  readonly segments: Int32Array
  /** Filled with the records of the block to which a row of the chunk is left. */
  readonly live: Int32Array
}

/** Puts the masks of a block's records into `acc`; returns how many records of the block stand in `live`. */
function gather(chunk: BoundChunk, { from, count, acc, segments, live }: Gathering): number {
  const { words, columns, all } = chunk
  for (let at = 0; at < count; at += 1) live[at] = at
  let alive = count
  let isFirst = true
  if (words > 1 && columns.length > 0) acc.fill(0, 0, count * words)
  for (const column of columns) {
    locate(column, { from, count, into: segments })
    if (words === 1) andOneWord(column.masks, { count, acc, segments, isFirst })
    else alive = andWords(column, { count: alive, acc, segments, isFirst, words, live })
    isFirst = false
  }
  if (isFirst) for (let at = 0; at < count * words; at += 1) acc[at] = all[at % words] ?? 0
  return alive
}

interface And {
  readonly count: number
  readonly acc: Uint32Array
  readonly segments: Int32Array
  readonly isFirst: boolean
}

function andOneWord(masks: Uint32Array, { count, acc, segments, isFirst }: And): void {
  if (isFirst) for (let at = 0; at < count; at += 1) acc[at] = masks[segments[at] ?? 0] ?? 0
  else for (let at = 0; at < count; at += 1) acc[at] = (acc[at] ?? 0) & (masks[segments[at] ?? 0] ?? 0)
}

/** Only for the records that are still alive; those whose segment no row accepts are dropped. */
function andWords(
  { masks, isEmpty }: BoundColumn,
  { count, acc, segments, isFirst, words, live }: And & { words: number; live: Int32Array },
): number {
  let alive = 0
  for (let index = 0; index < count; index += 1) {
    const at = live[index] ?? 0
    const segment = segments[at] ?? 0
    const to = at * words
    if (isEmpty[segment] === 1) {
      if (!isFirst) acc.fill(0, to, to + words)
      continue
    }
    live[alive] = at
    alive += 1
    const mask = segment * words
    if (isFirst) for (let word = 0; word < words; word += 1) acc[to + word] = masks[mask + word] ?? 0
    else for (let word = 0; word < words; word += 1) acc[to + word] = (acc[to + word] ?? 0) & (masks[mask + word] ?? 0)
  }
  return alive
}

function locate(column: BoundColumn, { from, count, into }: { from: number; count: number; into: Int32Array }): void {
  const { source, unknown, unknownSegment } = column
  if (source.kind === 'ordered') segmentsOf(source.bounds, source.values, { from, count, unknownSegment, into })
  else {
    const { codes, segments } = source
    for (let at = 0; at < count; at += 1) {
      const code = codes[from + at] ?? -1
      into[at] = code < 0 ? unknownSegment : (segments[code] ?? unknownSegment)
    }
  }
  if (unknown !== undefined)
    for (let at = 0; at < count; at += 1) {
      const record = from + at
      if ((((unknown[record >> 3] ?? 0) >> (record & 7)) & 1) === 1) into[at] = unknownSegment
    }
}

/** Takes the rows away whose asked cells refuse. Where only the first row is wanted, none behind one that is sure is asked. */
function confirmRows(chunk: BoundChunk, asked: Uint32Array, { from, count, acc, rules }: Block & { readonly rules: MatchRules }): void {
  for (let at = 0; at < count; at += 1) {
    let isDone = false
    for (let word = 0; word < chunk.words && !isDone; word += 1) {
      const place = at * chunk.words + word
      const open = asked[word] ?? 0
      let left = (acc[place] ?? 0) & (rules.wanted === 'first' ? -1 : open)
      while (left !== 0 && !isDone) {
        const lowest = left & -left
        const row = chunk.firstRow + word * 32 + 31 - Math.clz32(lowest)
        const isSure = (lowest & open) === 0 || rules.confirm(from + at, row)
        if (!isSure) acc[place] = (acc[place] ?? 0) & ~lowest
        isDone = isSure && rules.wanted === 'first'
        left ^= lowest
      }
    }
  }
}

type Take = Block & { readonly rules: MatchRules; readonly result: Int32Array }

function takeOneWord(chunk: BoundChunk, { from, count, acc, rules, result }: Take): void {
  const { firstRow } = chunk
  if (firstRow === 0 && rules.wanted === 'first')
    for (let at = 0; at < count; at += 1) {
      const word = acc[at] ?? 0
      result[from + at] = 31 - Math.clz32(word & -word) // -1 for 0
    }
  else if (firstRow === 0 && rules.wanted === 'only')
    for (let at = 0; at < count; at += 1) {
      const word = acc[at] ?? 0
      result[from + at] = (word & (word - 1)) === 0 ? 31 - Math.clz32(word) : contradiction
    }
  else takeWords(chunk, { from, count, acc, rules, result, live: undefined })
}

/** Of all records of a block, or of those in `live`. */
function takeWords(chunk: BoundChunk, { from, count, acc, rules, result, live }: Take & { readonly live: Int32Array | undefined }): void {
  const { words, firstRow } = chunk
  for (let index = 0; index < count; index += 1) {
    const at = live === undefined ? index : (live[index] ?? 0)
    let found = result[from + at] ?? noRow
    for (let word = 0; word < words && found !== contradiction; word += 1) {
      if (rules.wanted === 'first' && found !== noRow) break
      let left = acc[at * words + word] ?? 0
      while (left !== 0 && found !== contradiction) {
        const lowest = left & -left
        found = together(found, firstRow + word * 32 + 31 - Math.clz32(lowest), rules)
        left = rules.wanted === 'first' ? 0 : left ^ lowest
      }
    }
    result[from + at] = found
  }
}

function together(found: number, row: number, { wanted, sameAs }: MatchRules): number {
  if (found === noRow) return row
  if (wanted === 'same' && sameAs[found] === sameAs[row]) return found
  return wanted === 'first' ? found : contradiction
}
