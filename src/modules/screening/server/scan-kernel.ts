import { closeSync, openSync, readSync } from 'node:fs'
import { sheetErrors } from '#kernel/server/sheets/index.ts'
import { addMatched } from '../rules/add-row.ts'
import { matchCauses, matchClasses } from '../rules/codes.ts'
import type { ListReader } from '../rules/list-reader.ts'
import type { RegisterIndex } from '../rules/register-layout.ts'
import { readValue } from '../rules/values.ts'
import { countRows, pushRows, type RowColumns } from '../rules/tally.ts'
import { textBytes } from './cell-bytes.ts'
import { makeKernelCache } from './kernel-cache.ts'
import { fillGbTable, memoryOf, pageBytes, placesOf, readBytes, roomBytes, type EngineMemory } from './kernel-memory.ts'
import { cacheSlots, cacheWords, kernelFunctions, lookKind, lookWords, longestWord } from './row-kernel.ts'
import { makeRowValues } from './row-values.ts'
import { makeRecordScanner, type RecordSpan } from './scan-records.ts'
import { makeTextTaker, restOf, type TakeInput } from './take-text.ts'
import { wasmModule } from './wasm-code.ts'

declare const WebAssembly: {
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  Instance: new (module: object, imports: object) => { exports: Record<string, (...values: number[]) => number> }
}

/** A stretch of a file: it is read from `from` to the end of the record in which `to` lies. */
export interface Stretch {
  path: string
  from: number
  to: number
  firstLine: number
}

/** Where a stretch ended: the byte and the line with which the next one begins. */
export interface StretchEnd {
  at: number
  line: number
}

const kernelTypes = new Set(['amount', 'count', 'day', 'word', 'grade', 'houseGrade', 'yesNo'])

/** True for lists of persons with numbers whose business cells the kernel reads; others are scanned by `makeRowTaker`. */
export function fitsKernel(reader: ListReader): boolean {
  const fits = reader.values.every(
    ({ business, type, unit }) => !business || (kernelTypes.has(type) && (type !== 'amount' || unit === '元')),
  )
  return reader.kind.key === 'person' && reader.id >= 0 && reader.natural < 0 && fits
}

/**
 * Reads a stretch of a text list with the compiled kernel. The kernel does the rows that are plain; what it names is matched or needs a
 * look, and is done here in the order of the file.
 */
export function scanStretch(
  input: TakeInput & { separator: number; reader: ListReader; lane: number },
  stretch: Stretch,
  onRows: (rows: number) => void,
): StretchEnd {
  const { memory, index } = memoryOf(input.matcher.index)
  const lane = openLane(input, memory, index)
  const file = openSync(stretch.path, 'r')
  try {
    let held = 0
    let line = stretch.firstLine
    for (let at = stretch.from; ; ) {
      // Not beyond the end of the stretch, unless its last record goes on there.
      const wanted = at < stretch.to ? Math.min(readBytes, stretch.to - at) : readBytes
      const read = readSync(file, lane.bytes, lane.buffer + held, wanted, at)
      at += read
      const final = read === 0
      const end = lane.buffer + held + read
      // A last line without an end gets one; sixteen zeros keep the kernel from seeing what lay there before.
      const to = final && held > 0 ? end + 1 : end
      if (to > end) lane.bytes[end] = 10
      lane.bytes.fill(0, to, to + 16)
      const taken = lane.take(to, line)
      onRows(taken.line - line)
      line = taken.line
      held = to - taken.done
      if (final && held > 0) throw sheetErrors.openQuote({ line })
      if (held + readBytes > roomBytes) throw sheetErrors.openQuote({ line })
      const done = at - held
      if (final || done >= stretch.to) return { at: done, line }
      lane.bytes.copyWithin(lane.buffer, taken.done, taken.done + held)
    }
  } finally {
    closeSync(file)
    lane.finish()
  }
}

let compiled: { bytes: Uint8Array; module: object } | undefined

/** Compiles a kernel, or takes the one before when it is the same: then it is optimised already. */
function compile(bytes: Uint8Array<ArrayBuffer>): object {
  if (compiled === undefined || Buffer.compare(compiled.bytes, bytes) !== 0) compiled = { bytes, module: new WebAssembly.Module(bytes) }
  return compiled.module
}

interface Lane {
  bytes: Uint8Array
  buffer: number
  take(to: number, line: number): { done: number; line: number }
  finish(): void
}

function openLane(given: TakeInput & { separator: number; lane: number }, memory: EngineMemory, index: RegisterIndex): Lane {
  const input = { ...given, matcher: { ...given.matcher, index } }
  const { tally, source, reader, encoding, keys } = input
  const places = placesOf(index, input.lane)
  if (encoding === 'gb18030') fillGbTable(memory.buffer, places.gbTable)
  new Int32Array(memory.buffer, places.cache, cacheSlots * cacheWords).fill(0)
  const functions = kernelFunctions({ places, reader, keys, separator: input.separator, encoding, headerBottom: input.header.bottom })
  const pages = memory.buffer.byteLength / pageBytes
  const kernel = new WebAssembly.Instance(new WebAssembly.Module(wasmModule(functions, { initial: pages, maximum: pages })), {
    host: { memory },
  }).exports
  const bytes = new Uint8Array(memory.buffer)
  const state = new Int32Array(memory.buffer, places.state, 4)
  const rowRoom = roomBytes / 2
  const looks = new Int32Array(memory.buffer, places.looks, rowRoom * lookWords)
  const events = new Int32Array(memory.buffer, places.events, roomBytes)
  const rows: RowColumns = {
    hashes: new Int32Array(memory.buffer, places.hashes, rowRoom * 4),
    lines: new Int32Array(memory.buffer, places.lines, rowRoom),
    highs: new Int32Array(memory.buffer, places.highs, rowRoom),
    lows: new Int32Array(memory.buffer, places.lows, rowRoom),
  }
  const taker = makeLookTaker(input, memory.buffer, places)
  let exact = 0
  let absent = 0
  return {
    bytes,
    buffer: places.buffer,
    take(to, line) {
      state[0] = line
      state[1] = 0
      const count = kernel['scan']?.(places.buffer, to) ?? 0
      const done = kernel['rows']?.(count, places.buffer, to) ?? 0
      let copied = 0
      for (let at = 0; at < (state[2] ?? 0) * lookWords; at += lookWords) {
        const slot = looks[at] ?? 0
        const kind = looks[at + 4] ?? 0
        const isMatched = kind === lookKind.matched
        pushRows(tally, source, rows, copied, isMatched ? slot + 1 : slot)
        absent += slot - copied
        copied = slot + 1
        if (isMatched) {
          exact += 1
          const first = looks[at + 6] ?? 0
          const columns = looks[at + 7] ?? 0
          taker.matched(
            bytes,
            { start: looks[at + 1] ?? 0, ends: events.subarray(first, first + columns), columns, line: looks[at + 3] ?? 0, quoted: false },
            looks[at + 5] ?? 0,
          )
        } else taker.look(bytes, { start: looks[at + 1] ?? 0, end: looks[at + 2] ?? 0, line: looks[at + 3] ?? 0 })
      }
      pushRows(tally, source, rows, copied, state[1] ?? 0)
      absent += (state[1] ?? 0) - copied
      return { done, line: state[0] ?? line }
    },
    finish() {
      countRows(tally, source, { at: matchClasses.indexOf('exact'), why: matchCauses.indexOf('as-written'), count: exact })
      countRows(tally, source, { at: matchClasses.indexOf('none'), why: matchCauses.indexOf('not-in-register'), count: absent })
    },
  }
}

interface LookTaker {
  matched(bytes: Uint8Array, span: RecordSpan, person: number): void
  look(bytes: Uint8Array, record: { start: number; end: number; line: number }): void
}

function makeLookTaker(
  input: TakeInput & { separator: number },
  memory: SharedArrayBuffer,
  places: { cache: number; cachePool: number },
): LookTaker {
  const { tally, source, reader, keys } = input
  const text = textBytes(input.encoding)
  const values = makeRowValues(reader, keys, text)
  const cache = makeKernelCache(memory, places, keys)
  const takeText = makeTextTaker(input)
  const cached = reader.values.flatMap((value, at) =>
    value.business && !['amount', 'count', 'day'].includes(value.type) ? [{ ...value, at }] : [],
  )
  let line = 0
  const learn = (bytes: Uint8Array, { start, ends, columns }: RecordSpan): void => {
    for (const { column, type, at } of cached) {
      if (column >= columns) continue
      const from = column === 0 ? start : (ends[column - 1] ?? 0) + 1
      const to = ends[column] ?? 0
      if (from === to || to - from > longestWord) continue
      const word = readValue(type, text.decode(bytes, from, to))
      if (typeof word === 'string') cache.add(bytes, { from, to, column: at }, word)
    }
  }
  const scanner = makeRecordScanner(input.separator, 1, (bytes, span) => {
    if (!span.quoted) learn(bytes, span)
    takeText(bytes, { ...span, line })
  })
  return {
    matched(bytes, span, person) {
      values.hash(bytes, span.start, span.ends, span.columns)
      const rest = restOf(bytes, span, reader)
      const match = { class: 'exact', cause: 'as-written', person, candidates: [], number: '' } as const
      const reading = { match, key: { kind: 'person', number: '', text: '' } as const, values: values.values() }
      const spot = { source, row: span.line, restLow: rest.low, restHigh: rest.high }
      addMatched(tally, reader, { reading, ordinal: tally.rowNo.length - 1, spot })
    },
    look(bytes, record) {
      line = record.line
      scanner.scan(bytes, record.start, record.end, true)
    },
  }
}
