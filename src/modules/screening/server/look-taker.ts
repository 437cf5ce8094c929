import { pushFact, pushMatched, type RowSpot } from '../rules/add-row.ts'
import { saidFact, writeSaid } from '../rules/explain-match.ts'
import { personColumns } from '../rules/list-reader.ts'
import { factColumn } from '../rules/tally.ts'
import { textBytes, type TextBytes } from './cell-bytes.ts'
import { makeKernelCache } from './kernel-cache.ts'
import { makeLearner } from './kernel-learn.ts'
import { readCell } from './row-values.ts'
import { makeRecordScanner } from './scan-records.ts'
import { cellText, makeTextTaker, type TakeInput } from './take-text.ts'

/** A plain row: its cells end at `ends[first]` and those behind it. */
export interface PlainSpan {
  ends: Int32Array
  start: number
  first: number
  columns: number
  line: number
  /** See `restOf`. */
  restLow: number
  restHigh: number
}

/** A plain row whose person the kernel found. */
export interface FoundRow {
  person: number
  /** Its place among all rows. */
  ordinal: number
  /** `howNumber` of its match. */
  how: number
  /** Keeps what the row says of the person, for its match will be explained. */
  isExplained: boolean
}

/** Does what the kernel named: rows that matched, and rows that need a look. */
export interface LookTaker {
  /** A plain row whose person the kernel found. */
  matched(bytes: Uint8Array, span: PlainSpan, row: FoundRow): void
  /** True, and nothing taken, for the header of a further table. */
  look(bytes: Uint8Array, record: { start: number; end: number; line: number }): boolean
}

/** Makes the taker of a list; words and places that the kernel does not know yet are put into its cache. */
export function makeLookTaker(
  input: TakeInput & { separator: number },
  memory: SharedArrayBuffer,
  places: { cache: number; cachePool: number },
): LookTaker {
  const text = textBytes(input.encoding)
  const learn = makeLearner(input, text, makeKernelCache(memory, places, input.keys))
  const takeText = makeTextTaker(input)
  let line = 0
  let isTable = false
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

/** Adds a plain matched row: nothing of it is decoded but facts that are words, and what is said of the person where that is asked for. */
function makeMatchedTaker({ tally, source, reader }: TakeInput, text: TextBytes): LookTaker['matched'] {
  const spot: RowSpot = { source, row: 0, restLow: 0, restHigh: 0 }
  const facts = reader.values.filter(({ fact }) => fact)
  const said = personColumns(reader)
  const cell = { from: 0, to: 0 }
  const find = ({ start, ends, first, columns }: PlainSpan, column: number): void => {
    cell.from = column <= 0 ? start : (ends[first + column - 1] ?? 0) + 1
    cell.to = column >= 0 && column < columns ? (ends[first + column] ?? 0) : cell.from
  }
  return (bytes, span, { person, ordinal, how, isExplained }) => {
    spot.row = span.line
    spot.restLow = span.restLow
    spot.restHigh = span.restHigh
    const before = tally.matchedRow.length
    pushMatched(tally, { ordinal, person, how, spot })
    for (const fact of facts) {
      find(span, fact.column)
      pushFact(tally, factColumn(tally, fact.key, fact.type), before, readCell(fact, text, bytes, cell))
    }
    if (!isExplained) return
    const cells = said.map((column) => {
      find(span, column)
      return cell.from < cell.to ? cellText(text.decode(bytes, cell.from, cell.to)) : ''
    })
    pushFact(tally, factColumn(tally, saidFact, 'text'), before, writeSaid(cells, false))
  }
}
