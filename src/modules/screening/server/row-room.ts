import type { Tally } from '../rules/tally.ts'
import { makeMemory, memoryUnder, pageBytes, type EngineMemory } from './kernel-memory.ts'

/** Memory that the kernel writes rows into, column after column; pages that no row reaches cost nothing. */
export interface RowRoom {
  memory: EngineMemory
  rows: number
}

/** The rows of a room that one reader fills. */
export interface RowWindow extends RowRoom {
  from: number
}

const bytesOfRow = 28
const leastRows = 4096

/** Lays the columns of a tally's rows over the rows `from` to `to` of a room; what they held before is not moved. */
export function layRows(tally: Tally, room: RowRoom, from = 0, to = room.rows): void {
  const { buffer } = room.memory
  const words = (start: number) => new Int32Array(buffer, (room.rows * start + from) * 4, to - from)
  tally.hashes.cells = new Int32Array(buffer, from * 16, (to - from) * 4)
  tally.rowNo.cells = words(4)
  tally.idHigh.cells = words(5)
  tally.idLow.cells = words(6)
}

/** The memory in which a tally's rows lie, if all of them lie in one that the kernel can write. */
export function roomOf(tally: Tally): EngineMemory | undefined {
  const { buffer } = tally.hashes.cells
  const together = [tally.rowNo, tally.idHigh, tally.idLow].every(({ cells }) => cells.buffer === buffer)
  return together && buffer instanceof SharedArrayBuffer ? memoryUnder(buffer) : undefined
}

/** How many rows the columns can still take. */
export function freeRows(tally: Tally): number {
  return tally.rowNo.cells.length - tally.rowNo.length
}

/** Moves a tally's rows to a room for so many. */
export function openRoom(tally: Tally, rows: number): RowRoom {
  const columns = [tally.hashes, tally.rowNo, tally.idHigh, tally.idLow]
  const held = columns.map(({ cells, length }) => cells.subarray(0, length))
  const most = Math.max(rows, tally.rowNo.length, leastRows)
  const room = { memory: makeMemory(Math.ceil((most * bytesOfRow) / pageBytes)), rows: most }
  layRows(tally, room)
  columns.forEach(({ cells }, at) => cells.set(held[at] ?? new Int32Array(0)))
  return room
}
