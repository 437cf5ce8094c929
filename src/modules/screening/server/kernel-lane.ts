import { matchCauses, matchClasses } from '../rules/codes.ts'
import type { RegisterIndex } from '../rules/register-layout.ts'
import { countRows, pushRows, type RowColumns, type Tally } from '../rules/tally.ts'
import { fillGbTable, pageBytes, placesOf, roomBytes, type EngineMemory } from './kernel-memory.ts'
import { cacheSlots, cacheWords, lookKind, lookWords, type KernelPlaces } from './kernel-plan.ts'
import { makeLookTaker, type LookTaker, type PlainSpan } from './look-taker.ts'
import { kernelFunctions } from './row-kernel.ts'
import type { TakeInput } from './take-text.ts'
import { wasmModule } from './wasm-code.ts'

declare const WebAssembly: {
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  Instance: new (module: object, imports: object) => { exports: Record<string, (...values: number[]) => number> }
}

/** A reader with its kernel and its own room in the shared memory. */
export interface Lane {
  bytes: Uint8Array
  /** Address of the room into which blocks are read. */
  buffer: number
  /** Takes all complete records before `to`; tells where the first incomplete one begins, and the line it stands on. */
  take(to: number, line: number): { done: number; line: number }
  /** Hands the counts to the tally. */
  finish(): void
}

export type LaneSetup = TakeInput & { separator: number; lane: number }

/** Opens a reader for one list. */
export function openLane(given: LaneSetup, memory: EngineMemory, index: RegisterIndex): Lane {
  const input = { ...given, matcher: { ...given.matcher, index } }
  const { tally, source, reader } = input
  const places = placesOf(index, input.lane)
  const kernel = startKernel(input, memory, places)
  const bytes = new Uint8Array(memory.buffer)
  const state = new Int32Array(memory.buffer, places.state, 4)
  const rows = rowsAt(memory.buffer, places)
  const looks = makeLooks(memory.buffer, places, makeLookTaker(input, memory.buffer, places))
  const keysOf = reader.natural < 0 ? undefined : makeKeyReader(memory.buffer, places, tally)
  const counts = { exact: 0, tidied: 0, plain: 0 }
  const push = (from: number, to: number): void => {
    keysOf?.(from, to)
    pushRows(tally, source, rows, from, to)
  }
  return {
    bytes,
    buffer: places.buffer,
    take(to, line) {
      state[0] = line
      state[1] = 0
      const done = kernel.rows(kernel.scan(places.buffer, to), places.buffer, to)
      let copied = 0
      // Rows go over in runs; only a row that is looked at breaks a run, because its reader adds it itself.
      for (let at = 0; at < (state[2] ?? 0); at += 1) {
        const { slot, isMatched, isTidied } = looks.open(at)
        if (isMatched) {
          counts[isTidied ? 'tidied' : 'exact'] += 1
          looks.matched(bytes, tally.rowNo.length + slot - copied)
          continue
        }
        push(copied, slot)
        counts.plain += slot - copied
        copied = slot + 1
        looks.look(bytes)
      }
      const slots = state[1] ?? 0
      push(copied, slots)
      counts.plain += slots - copied
      return { done, line: state[0] ?? line }
    },
    finish: () => countPlainRows(tally, source, counts),
  }
}

/** Hands the rows that the kernel did alone to the tally: found as written, found after typography, not in the register. */
function countPlainRows(
  tally: TakeInput['tally'],
  source: TakeInput['source'],
  counts: { exact: number; tidied: number; plain: number },
): void {
  const { exact, tidied, plain } = counts
  countRows(tally, source, { at: matchClasses.indexOf('exact'), why: matchCauses.indexOf('as-written'), count: exact })
  countRows(tally, source, { at: matchClasses.indexOf('normalised'), why: matchCauses.indexOf('typography'), count: tidied })
  countRows(tally, source, { at: matchClasses.indexOf('none'), why: matchCauses.indexOf('not-in-register'), count: plain - exact - tidied })
}

interface Kernel {
  scan(from: number, to: number): number
  rows(count: number, start: number, to: number): number
}

let compiled: { bytes: Uint8Array; module: object } | undefined

/** Compiles the kernel of a list, or takes the one before when it is the same: then it is optimised already. */
function startKernel(input: LaneSetup, memory: EngineMemory, places: KernelPlaces): Kernel {
  const { reader, keys, separator, encoding, header } = input
  if (encoding === 'gb18030') fillGbTable(memory.buffer, places.gbTable)
  new Int32Array(memory.buffer, places.cache, cacheSlots * cacheWords).fill(0)
  const functions = kernelFunctions({ places, reader, keys, separator, encoding, headerBottom: header.bottom })
  const pages = memory.buffer.byteLength / pageBytes
  const bytes = wasmModule(functions, { initial: pages, maximum: pages })
  if (compiled === undefined || Buffer.compare(compiled.bytes, bytes) !== 0) compiled = { bytes, module: new WebAssembly.Module(bytes) }
  const { scan, rows } = new WebAssembly.Instance(compiled.module, { host: { memory } }).exports
  if (scan === undefined || rows === undefined) throw new Error('the kernel exports its functions')
  return { scan, rows }
}

function rowsAt(memory: SharedArrayBuffer, places: KernelPlaces): RowColumns {
  const most = roomBytes / 2
  return {
    hashes: new Int32Array(memory, places.hashes, most * 4),
    lines: new Int32Array(memory, places.lines, most),
    highs: new Int32Array(memory, places.highs, most),
    lows: new Int32Array(memory, places.lows, most),
  }
}

interface Looks {
  open(at: number): { slot: number; isMatched: boolean; isTidied: boolean }
  /** Adds the matched row that was opened last; `ordinal` is its place among all rows. */
  matched(bytes: Uint8Array, ordinal: number): void
  /** Takes the row that was opened last as text. */
  look(bytes: Uint8Array): void
}

function makeLooks(memory: SharedArrayBuffer, places: KernelPlaces, taker: LookTaker): Looks {
  const looks = new Int32Array(memory, places.looks, (roomBytes / 2) * lookWords)
  const events = new Int32Array(memory, places.events, roomBytes)
  const opened = { slot: 0, isMatched: false, isTidied: false }
  const span: PlainSpan = { ends: events, start: 0, first: 0, columns: 0, line: 0 }
  let entry = 0
  return {
    open(at) {
      entry = at * lookWords
      opened.slot = looks[entry] ?? 0
      opened.isTidied = looks[entry + 4] === lookKind.tidied
      opened.isMatched = opened.isTidied || looks[entry + 4] === lookKind.matched
      return opened
    },
    matched(bytes, ordinal) {
      span.start = looks[entry + 1] ?? 0
      span.line = looks[entry + 3] ?? 0
      span.first = looks[entry + 6] ?? 0
      span.columns = looks[entry + 7] ?? 0
      taker.matched(bytes, span, { person: looks[entry + 5] ?? 0, ordinal, isTidied: opened.isTidied })
    },
    look(bytes) {
      taker.look(bytes, { start: looks[entry + 1] ?? 0, end: looks[entry + 2] ?? 0, line: looks[entry + 3] ?? 0 })
    },
  }
}

/** Keeps the natural keys of plain rows as texts; the rows are about to be pushed. */
function makeKeyReader(memory: SharedArrayBuffer, places: KernelPlaces, tally: Tally): (from: number, to: number) => void {
  const most = roomBytes / 2
  const at = new Int32Array(memory, places.keyAt, most)
  const length = new Int32Array(memory, places.keyLength, most)
  const bytes = Buffer.from(memory)
  return (from, to) => {
    for (let slot = from; slot < to; slot += 1) {
      const start = at[slot] ?? 0
      tally.keyTexts.set(tally.rowNo.length + slot - from, bytes.toString('latin1', start, start + (length[slot] ?? 0)))
    }
  }
}
