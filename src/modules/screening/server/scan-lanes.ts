import { closeSync, openSync, readSync } from 'node:fs'
import { sheetErrors } from '#kernel/server/sheets/index.ts'
import { mergeTallies } from '../rules/merge-tallies.ts'
import { makeTally, openSource, type Tally } from '../rules/tally.ts'
import { layRows, openRoom, type RowRoom } from './row-room.ts'
import { agreed, scanStretch, type Agreement, type Stretch, type StretchEnd } from './scan-kernel.ts'
import { findSecondLane, transferOf, type SecondLane } from './second-lane.ts'
import type { TakeInput } from './take-text.ts'

/** What a list is read with; `rows`: about how many it has. */
export type LanesInput = TakeInput & { separator: number; rows: number }

interface LanesDeps {
  onRows: (rows: number) => void
}

/** Files from this size on are read by two readers at once. */
const twoLanesFrom = 4 * 1024 * 1024
/** What is left to the other reader is only shared again when it is worth it. */
const leastShared = 2 * 1024 * 1024

/** Reads a list with the kernel, to its end or to a further table: alone, or the second half by another thread. */
export async function scanLanes(input: LanesInput, whole: Stretch, deps: LanesDeps): Promise<StretchEnd> {
  const lane = whole.to - whole.from < twoLanesFrom ? undefined : await findSecondLane(input.matcher.index)
  const cut = lane === undefined ? whole.to : lineAfter(whole.path, Math.floor((whole.from + whole.to) / 2), whole.to)
  const end = lane === undefined || cut === whole.to ? undefined : await scanTogether(input, { whole, cut }, { lane, deps })
  const from = end ?? { at: whole.from, line: whole.firstLine }
  if (from.at >= whole.to || from.isTable === true) return from
  openRoom(input.tally, input.tally.rowNo.length + input.rows)
  const last = scanStretch({ ...input, lane: 0, isShared: false }, { ...whole, from: from.at, firstLine: from.line }, deps.onRows)
  if (last.isOpenQuote === true) throw sheetErrors.openQuote({ line: last.line })
  return last
}

interface Helpers {
  lane: SecondLane
  deps: LanesDeps
}

/** Reads up to where both readers came without doubt; what is left is for one reader. */
async function scanTogether(
  input: LanesInput,
  { whole, cut }: { whole: Stretch; cut: number },
  { lane, deps }: Helpers,
): Promise<StretchEnd> {
  const { tally, source, rows } = input
  const before = tally.rowNo.length
  const half = Math.ceil((rows / 2) * 1.1) + 4096
  const room = openRoom(tally, before + 2 * half)
  layRows(tally, room, 0, before + half)
  const agreement = new Int32Array(new SharedArrayBuffer(8))
  agreement.set([cut, whole.to])
  const other = startOther(input, { ...whole, from: cut, firstLine: 1 }, { lane, room, from: before + half, agreement })
  await new Promise(setImmediate) // lets the order go out before this thread is busy
  const end = scanStretch({ ...input, lane: 0, isShared: true }, { ...whole, to: cut }, deps.onRows)
  const tail = end.at === cut ? scanTail(input, whole, agreement) : undefined
  const second = await other
  layRows(tally, room)
  // Where a quoted cell ran over the cut, the other reader began in the middle of a record, and its rows are not used.
  if (end.at !== cut) return end
  mergeTallies(tally, second.tally, { source, lineShift: end.line - 1 })
  free(second.tally)
  let line = end.line + second.end.line - 1
  deps.onRows(second.end.line - 1)
  if (tail === undefined || second.end.at !== tail.from) return { ...second.end, line }
  mergeTallies(tally, tail.tally, { source, lineShift: line - 1 })
  free(tail.tally)
  line += tail.end.line - 1
  deps.onRows(tail.end.line - 1)
  return { ...tail.end, line }
}

function startOther(
  input: LanesInput,
  stretch: Stretch,
  { lane, room, from, agreement }: { lane: SecondLane; room: RowRoom; from: number; agreement: Agreement },
): ReturnType<SecondLane['scan']> {
  const { matcher: _own, tally: _tally, source: _source, rows: _rows, ...rest } = input
  // Its lines are told from its own beginning, so that no header is left out.
  const header = { ...input.header, top: 0, bottom: 0 }
  const answer = lane.scan({ input: { ...rest, header }, stretch, window: { ...room, from }, agreement })
  answer.catch(() => undefined) // it is told where it is awaited
  return answer
}

/** When this reader is done first, it takes over the second half of what the other one still has before it. */
function scanTail(input: LanesInput, whole: Stretch, agreement: Agreement): { from: number; tally: Tally; end: StretchEnd } | undefined {
  const reached = Atomics.load(agreement, agreed.reached)
  if (whole.to - reached < 2 * leastShared) return undefined
  const from = lineAfter(whole.path, Math.floor((reached + whole.to) / 2), whole.to)
  if (from === whole.to) return undefined
  Atomics.store(agreement, agreed.end, from)
  const tally = makeTally()
  const source = openSource(tally, { file: 0, sheet: '' })
  const header = { ...input.header, top: 0, bottom: 0 }
  const end = scanStretch({ ...input, header, tally, source, lane: 0, isShared: false }, { ...whole, from, firstLine: 1 }, () => undefined)
  return { from, tally, end }
}

/** Freed at once, not when the collector comes by. */
function free(tally: Tally): void {
  for (const buffer of transferOf(tally)) buffer.transfer(0)
}

/** The begin of the first line after a place in the file; its end when there is none near. */
function lineAfter(path: string, place: number, end: number): number {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(64 * 1024)
    const at = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, place)).indexOf(10)
    return at < 0 ? end : place + at + 1
  } finally {
    closeSync(file)
  }
}
