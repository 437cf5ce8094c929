import { closeSync, openSync, readSync } from 'node:fs'
import type { ListReader } from '../rules/list-reader.ts'
import { openLane, type LaneSetup } from './kernel-lane.ts'
import { memoryOf, readBytes, roomBytes } from './kernel-memory.ts'
import { scanBytes } from './row-kernel.ts'

/** A stretch of a file: it is read from `from` to the end of the record in which `to` lies. */
export interface Stretch {
  path: string
  from: number
  to: number
  firstLine: number
}

/**
 * Where a stretch ended: the byte and the line with which the next one begins. It ends early where a shared room for rows is full, and
 * where a quote is open to the end of the file.
 */
export interface StretchEnd {
  at: number
  line: number
  isOpenQuote?: boolean
  /** A further table begins there. */
  isTable?: boolean
}

/** Two readers' agreement on a stretch: the byte that its reader has reached, and the one up to which it shall go. */
export type Agreement = Int32Array
export const agreed = { reached: 0, end: 1 } as const

const kernelTypes = new Set(['amount', 'count', 'day', 'word', 'grade', 'houseGrade', 'yesNo'])

/** True for lists of persons with numbers whose business cells the kernel reads; the rows of others are read as text. */
export function fitsKernel(reader: ListReader): boolean {
  const fits = reader.values.every(
    ({ business, type, unit }) => !business || (kernelTypes.has(type) && (type !== 'amount' || unit === '元')),
  )
  return reader.kind.key !== 'place' && reader.id >= 0 && fits
}

/**
 * Reads a stretch of a text list with the compiled kernel. The kernel does the rows that are plain; what it names is matched or needs a
 * look, and is done in the order of the file.
 */
export function scanStretch(input: LaneSetup & { agreement?: Agreement }, stretch: Stretch, onRows: (rows: number) => void): StretchEnd {
  const { memory, index } = memoryOf(input.matcher.index)
  const lane = openLane(input, memory, index)
  const file = openSync(stretch.path, 'r')
  const { agreement } = input
  try {
    let held = 0
    let line = stretch.firstLine
    for (let at = stretch.from; ; ) {
      if (agreement !== undefined) Atomics.store(agreement, agreed.reached, at)
      const last = agreement === undefined ? stretch.to : Atomics.load(agreement, agreed.end)
      // Not beyond the end of the stretch, unless its last record goes on there.
      const wanted = at < last ? Math.min(readBytes, last - at) : readBytes
      const read = readSync(file, lane.bytes, lane.buffer + held, wanted, at)
      at += read
      const final = read === 0
      const end = lane.buffer + held + read
      // A last line without an end gets one; zeros behind it keep the kernel from seeing what lay there before.
      const to = final && held > 0 ? end + 1 : end
      if (to > end) lane.bytes[end] = 10
      lane.bytes.fill(0, to, to + scanBytes)
      const taken = lane.take(to, line)
      if (taken.isFull) return { at: at - (end - lane.buffer), line }
      onRows(taken.line - line)
      line = taken.line
      if (taken.isTable) return { at: at - (end - taken.done), line, isTable: true }
      held = to - taken.done
      const done = at - held
      if ((final && held > 0) || held + readBytes > roomBytes) return { at: done, line, isOpenQuote: true }
      if (final || done >= last) return { at: done, line }
      lane.bytes.copyWithin(lane.buffer, taken.done, taken.done + held)
    }
  } finally {
    closeSync(file)
    lane.finish()
  }
}
