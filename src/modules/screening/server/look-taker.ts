import { pushFact, pushMatched, type RowSpot } from '../rules/add-row.ts'
import { factColumn, howNumber } from '../rules/tally.ts'
import { readValue } from '../rules/values.ts'
import { textBytes, type TextBytes } from './cell-bytes.ts'
import { makeKernelCache } from './kernel-cache.ts'
import { longestWord } from './kernel-plan.ts'
import { readCell } from './row-values.ts'
import { makeRecordScanner, type RecordSpan } from './scan-records.ts'
import { makeTextTaker, restOf, type TakeInput } from './take-text.ts'

/** A plain row: its cells end at `ends[first]` and those behind it. */
export interface PlainSpan {
  ends: Int32Array
  start: number
  first: number
  columns: number
  line: number
}

/** Does what the kernel named: rows that matched, and rows that need a look. */
export interface LookTaker {
  /** A plain row whose number and name are a registered person's; `ordinal` is its place among all rows. */
  matched(bytes: Uint8Array, span: PlainSpan, row: { person: number; ordinal: number; isTidied: boolean }): void
  /** True, and nothing taken, for the header of a further table. */
  look(bytes: Uint8Array, record: { start: number; end: number; line: number }): boolean
}

/** Makes the taker of a list; words that the kernel does not know yet are put into its cache. */
export function makeLookTaker(
  input: TakeInput & { separator: number },
  memory: SharedArrayBuffer,
  places: { cache: number; cachePool: number },
): LookTaker {
  const { reader } = input
  const text = textBytes(input.encoding)
  const cache = makeKernelCache(memory, places, input.keys)
  const takeText = makeTextTaker(input)
  const cached = reader.values.flatMap((value, at) =>
    value.business && !['amount', 'count', 'day'].includes(value.type) ? [{ ...value, at }] : [],
  )
  let line = 0
  let isTable = false
  const learn = (bytes: Uint8Array, { start, ends, columns }: RecordSpan): void => {
    for (const { column, type, at } of cached) {
      const from = column === 0 ? start : (ends[column - 1] ?? 0) + 1
      const to = ends[column] ?? 0
      if (column >= columns || from === to || to - from > longestWord) continue
      const word = readValue(type, text.decode(bytes, from, to))
      if (typeof word === 'string') cache.add(bytes, { from, to, column: at }, word)
    }
  }
  const scanner = makeRecordScanner(input.separator, 1, (bytes, span) => {
    if (!span.quoted) learn(bytes, span)
    isTable = takeText(bytes, { ...span, line })
  })
  return {
    matched: makeMatchedTaker(input, text),
    look(bytes, record) {
      line = record.line
      isTable = false
      scanner.scan(bytes, record.start, record.end, true)
      return isTable
    },
  }
}

/** Adds a plain matched row: nothing of it is decoded but facts that are words. */
function makeMatchedTaker({ tally, source, reader }: TakeInput, text: TextBytes): LookTaker['matched'] {
  const asWritten = howNumber({ class: 'exact', cause: 'as-written' })
  const tidied = howNumber({ class: 'normalised', cause: 'typography' })
  const spot: RowSpot = { source, row: 0, restLow: 0, restHigh: 0 }
  const facts = reader.values.filter(({ fact }) => fact)
  const cell = { from: 0, to: 0 }
  return (bytes, span, { person, ordinal, isTidied }) => {
    const { start, ends, first, columns, line } = span
    const rest = restOf(bytes, span, reader)
    spot.row = line
    spot.restLow = rest.low
    spot.restHigh = rest.high
    const before = tally.matchedRow.length
    pushMatched(tally, { ordinal, person, how: isTidied ? tidied : asWritten, spot })
    for (const fact of facts) {
      const { column, key, type } = fact
      cell.from = column === 0 ? start : (ends[first + column - 1] ?? 0) + 1
      cell.to = column < columns ? (ends[first + column] ?? 0) : cell.from
      pushFact(tally, factColumn(tally, key, type), before, readCell(fact, text, bytes, cell))
    }
  }
}
