import { matchCauses, matchClasses } from '../rules/codes.ts'
import type { RegisterIndex } from '../rules/register-layout.ts'
import { needsWhy } from '../rules/list-reader.ts'
import type { RowMatch } from '../rules/match-row.ts'
import { countRows, howNumber, type Tally } from '../rules/tally.ts'
import { fillGbTable, pageBytes, placesOf, roomBytes, type EngineMemory } from './kernel-memory.ts'
import { cacheSlots, cacheWords, lookKind, lookWords, stateWord, stateWords, type KernelPlaces } from './kernel-plan.ts'
import { signsOf } from './kernel-data.ts'
import { fillNames } from './kernel-names.ts'
import { makeLookTaker, type FoundRow, type LookTaker, type PlainSpan } from './look-taker.ts'
import { freeRows, openRoom, roomOf } from './row-room.ts'
import { kernelFunctions } from './row-kernel.ts'
import type { TakeInput } from './take-text.ts'
import { wasmModule } from './wasm-module.ts'

declare const WebAssembly: {
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  Instance: new (module: object, imports: object) => { exports: Record<string, (...values: number[]) => number> }
}

/** A reader with its kernel and its own room in the shared memory. */
export interface Lane {
  bytes: Uint8Array
  /** Address of the room into which blocks are read. */
  buffer: number
  /**
   * Takes all complete records before `to`; tells where the first incomplete one begins, and the line it stands on. Nothing was taken when
   * the room for rows is full. It ends early where a further table begins.
   */
  take(to: number, line: number): { done: number; line: number; isFull: boolean; isTable: boolean }
  /** Hands the counts to the tally. */
  finish(): void
}

export interface LaneSetup extends TakeInput {
  separator: number
  lane: number
  /** The room for rows is another reader's too: it may not be left for a larger one. */
  isShared: boolean
}

/** Opens a reader for one list. */
export function openLane(given: LaneSetup, memory: EngineMemory, index: RegisterIndex): Lane {
  const input = { ...given, matcher: { ...given.matcher, index } }
  const { tally, source, reader } = input
  const places = placesOf(index, input.lane)
  const start = prepareKernel(input, memory, places)
  let kernel = start(roomOf(tally) ?? openRoom(tally, tally.rowNo.length).memory)
  const bytes = new Uint8Array(memory.buffer)
  const state = new Int32Array(memory.buffer, places.state, stateWords)
  const looks = makeLooks(memory.buffer, places, makeLookTaker(input, memory.buffer, places))
  const keysOf = reader.natural < 0 ? undefined : makeKeyReader(memory.buffer, places, tally)
  const counts = { found: foundKinds.map(() => 0), plain: 0 }
  /** Counts the kernel's rows `from` to `to` in; they move down where a record before them was no row. */
  const settle = (from: number, to: number): void => {
    keysOf?.(from, to)
    moveRows(tally, { from, to })
    counts.plain += to - from
  }
  return {
    bytes,
    buffer: places.buffer,
    take(to, line) {
      const count = kernel.scan(places.buffer, to)
      if (freeRows(tally) < count + rowsBeyond) {
        if (input.isShared) return { done: places.buffer, line, isFull: true, isTable: false }
        kernel = start(openRoom(tally, (tally.rowNo.length + count) * 2).memory)
      }
      tellState(state, tally, line)
      const done = kernel.rows(count, places.buffer, to)
      let copied = state[stateWord.first] ?? 0
      if (reader.natural < 0) kernel.keys(copied, state[stateWord.row] ?? 0)
      // Rows stay where the kernel wrote them; only a record that is looked at breaks a run, because its reader adds it itself.
      for (let at = 0; at < (state[stateWord.looks] ?? 0); at += 1) {
        const { row, found } = looks.open(at)
        if (found !== undefined) {
          counts.found[found] = (counts.found[found] ?? 0) + 1
          if (found < nobodyFrom) looks.matched(bytes, tally.rowNo.length + row - copied)
          continue
        }
        settle(copied, row)
        copied = row + 1
        if (looks.look(bytes)) return { ...looks.place(), isFull: false, isTable: true }
      }
      settle(copied, state[stateWord.row] ?? 0)
      return { done, line: state[stateWord.line] ?? line, isFull: false, isTable: false }
    },
    finish: () => countPlainRows(tally, source, counts),
  }
}

/** Rows behind the last one that the kernel may write. */
const rowsBeyond = 3

/** Tells the kernel where it stands and where the columns of the rows are. */
function tellState(state: Int32Array, tally: Tally, line: number): void {
  const { hashes, rowNo, idHigh, idLow } = tally
  state[stateWord.line] = line
  state[stateWord.row] = rowNo.length
  state[stateWord.first] = rowNo.length
  state[stateWord.hashes] = hashes.cells.byteOffset
  state[stateWord.lines] = rowNo.cells.byteOffset
  state[stateWord.highs] = idHigh.cells.byteOffset
  state[stateWord.lows] = idLow.cells.byteOffset
}

/** Puts the rows `from` to `to` behind those that count already. */
function moveRows(tally: Tally, { from, to }: { from: number; to: number }): void {
  const { hashes, rowNo, idHigh, idLow } = tally
  const into = rowNo.length
  if (from !== into && to > from) {
    hashes.cells.copyWithin(into * 4, from * 4, to * 4)
    for (const { cells } of [rowNo, idHigh, idLow]) cells.copyWithin(into, from, to)
  }
  for (const column of [rowNo, idHigh, idLow]) column.length = into + to - from
  hashes.length = rowNo.length * 4
}

/** Hands the rows that the kernel did alone to the tally: found as written, found after typography, not in the register. */
function countPlainRows(
  tally: TakeInput['tally'],
  source: TakeInput['source'],
  { found, plain }: { found: readonly number[]; plain: number },
): void {
  const count = (match: Pick<RowMatch, 'class' | 'cause'>, rows: number): void =>
    countRows(tally, source, { at: matchClasses.indexOf(match.class), why: matchCauses.indexOf(match.cause), count: rows })
  found.forEach((rows, at) => {
    const kind = foundKinds[at]
    if (kind !== undefined) count(kind, rows)
  })
  count({ class: 'none', cause: 'not-in-register' }, plain - found.reduce((sum, rows) => sum + rows, 0))
}

/** The rows whose person the kernel finds, or finds to be nobody. */
const foundKinds: readonly (Pick<RowMatch, 'class' | 'cause'> & { kind: number; how: number; isExplained: boolean })[] = (
  [
    { kind: lookKind.matched, class: 'exact', cause: 'as-written' },
    { kind: lookKind.tidied, class: 'normalised', cause: 'typography' },
    { kind: lookKind.slip, class: 'repaired', cause: 'one-digit-differs' },
    { kind: lookKind.exchanged, class: 'repaired', cause: 'neighbours-exchanged' },
    { kind: lookKind.tailLost, class: 'repaired', cause: 'tail-lost' },
    { kind: lookKind.byPlace, class: 'fuzzy', cause: 'by-place' },
    { kind: lookKind.unusable, class: 'none', cause: 'no-usable-number' },
    { kind: lookKind.moved, class: 'none', cause: 'moved' },
    { kind: lookKind.placeUnknown, class: 'none', cause: 'place-unknown' },
  ] as const
).map((one) => ({ ...one, how: howNumber(one), isExplained: needsWhy.has(one.class) }))
const nobodyFrom = foundKinds.findIndex((one) => one.class === 'none')
const foundOf = Object.keys(lookKind).map((_, at) => foundKinds.findIndex(({ kind }) => kind === at + 1))

interface Kernel {
  scan(from: number, to: number): number
  rows(count: number, start: number, to: number): number
  keys(row: number, end: number): number
}

/** The latest kernels: a reader that takes over a part of another's stretch needs one without the header's lines beside its own. */
const compiled: { plan: string; module: object }[] = []
const mostCompiled = 4

/** Rooms for rows are of any size. */
const anyPages = { initial: 1, maximum: 65_536 }

/** Compiles the kernel of a list, or takes the one before when it is the same; what is given back starts it over a room for rows. */
function prepareKernel(input: LaneSetup, memory: EngineMemory, places: KernelPlaces): (rows: EngineMemory) => Kernel {
  const { reader, keys, separator, encoding, header } = input
  if (encoding === 'gb18030') fillGbTable(memory.buffer, places.gbTable)
  if (reader.name >= 0) fillNames(memory.buffer, places, input.matcher)
  new Int32Array(memory.buffer, places.cache, cacheSlots * cacheWords).fill(0)
  const pages = memory.buffer.byteLength / pageBytes
  const { kind: _kind, aside: _aside, ...columns } = reader
  const kernel = { places, keys, separator, encoding, headerBottom: header.bottom, signs: signsOf(header, input.labels) }
  const plan = JSON.stringify({ ...kernel, columns, pages })
  const compile = (): object => {
    const bytes = wasmModule(kernelFunctions({ ...kernel, reader }), { memory: { initial: pages, maximum: pages }, rows: anyPages })
    return new WebAssembly.Module(bytes)
  }
  const known = compiled.find((one) => one.plan === plan) ?? { plan, module: compile() }
  if (!compiled.includes(known)) compiled.splice(0, compiled.length >= mostCompiled ? 1 : 0, known)
  return (rows) => {
    const { scan, rows: takeRows, keys: hashKeys } = new WebAssembly.Instance(known.module, { host: { memory, rows } }).exports
    if (scan === undefined || takeRows === undefined || hashKeys === undefined) throw new Error('the kernel exports its functions')
    return { scan, rows: takeRows, keys: hashKeys }
  }
}

interface Looks {
  /** `found`: the number of its kind in `foundKinds`. */
  open(at: number): { row: number; found: number | undefined }
  /** Adds the matched row that was opened last; `ordinal` is its place among all rows. */
  matched(bytes: Uint8Array, ordinal: number): void
  /** Takes the row that was opened last as text. */
  look(bytes: Uint8Array): boolean
  /** Where the row that was opened last begins. */
  place(): { done: number; line: number }
}

function makeLooks(memory: SharedArrayBuffer, places: KernelPlaces, taker: LookTaker): Looks {
  const looks = new Int32Array(memory, places.looks, (roomBytes / 2) * lookWords)
  const events = new Int32Array(memory, places.events, roomBytes)
  const opened: ReturnType<Looks['open']> = { row: 0, found: undefined }
  const row: FoundRow = { person: 0, ordinal: 0, how: 0, isExplained: false }
  const span: PlainSpan = { ends: events, start: 0, first: 0, columns: 0, line: 0, restLow: 0, restHigh: 0 }
  let entry = 0
  return {
    open(at) {
      entry = at * lookWords
      opened.row = looks[entry] ?? 0
      const found = foundOf[(looks[entry + 4] ?? 0) - 1] ?? -1
      opened.found = found < 0 ? undefined : found
      return opened
    },
    matched(bytes, ordinal) {
      span.start = looks[entry + 1] ?? 0
      span.line = looks[entry + 3] ?? 0
      span.first = looks[entry + 6] ?? 0
      span.columns = looks[entry + 7] ?? 0
      span.restLow = looks[entry + 8] ?? 0
      span.restHigh = looks[entry + 9] ?? 0
      const { how = 0, isExplained = false } = foundKinds[opened.found ?? -1] ?? {}
      row.person = looks[entry + 5] ?? 0
      row.ordinal = ordinal
      row.how = how
      row.isExplained = isExplained
      taker.matched(bytes, span, row)
    },
    look(bytes) {
      return taker.look(bytes, { start: looks[entry + 1] ?? 0, end: looks[entry + 2] ?? 0, line: looks[entry + 3] ?? 0 })
    },
    place: () => ({ done: looks[entry + 1] ?? 0, line: looks[entry + 3] ?? 0 }),
  }
}

/** Keeps the natural keys of the kernel's rows as texts; the rows are about to be counted in. */
function makeKeyReader(memory: SharedArrayBuffer, places: KernelPlaces, tally: Tally): (from: number, to: number) => void {
  const most = roomBytes / 2
  const state = new Int32Array(memory, places.state, stateWords)
  const at = new Int32Array(memory, places.keyAt, most)
  const length = new Int32Array(memory, places.keyLength, most)
  const bytes = Buffer.from(memory)
  return (from, to) => {
    const first = state[stateWord.first] ?? 0
    for (let row = from; row < to; row += 1) {
      const start = at[row - first] ?? 0
      tally.keyTexts.set(tally.rowNo.length + row - from, bytes.toString('latin1', start, start + (length[row - first] ?? 0)))
    }
  }
}
