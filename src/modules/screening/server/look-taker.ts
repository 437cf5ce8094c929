import { addMatched } from '../rules/add-row.ts'
import { readValue } from '../rules/values.ts'
import { textBytes } from './cell-bytes.ts'
import { makeKernelCache } from './kernel-cache.ts'
import { longestWord } from './kernel-plan.ts'
import { readValues } from './row-values.ts'
import { makeRecordScanner, type RecordSpan } from './scan-records.ts'
import { makeTextTaker, restOf, type TakeInput } from './take-text.ts'

/** Does what the kernel named: rows that matched, and rows that need a look. */
export interface LookTaker {
  /** A plain row whose number and name are a registered person's; it stands last among the rows. */
  matched(bytes: Uint8Array, span: RecordSpan, person: number): void
  look(bytes: Uint8Array, record: { start: number; end: number; line: number }): void
}

/** Makes the taker of a list; words that the kernel does not know yet are put into its cache. */
export function makeLookTaker(
  input: TakeInput & { separator: number },
  memory: SharedArrayBuffer,
  places: { cache: number; cachePool: number },
): LookTaker {
  const { tally, source, reader } = input
  const text = textBytes(input.encoding)
  const cache = makeKernelCache(memory, places, input.keys)
  const takeText = makeTextTaker(input)
  const cached = reader.values.flatMap((value, at) =>
    value.business && !['amount', 'count', 'day'].includes(value.type) ? [{ ...value, at }] : [],
  )
  let line = 0
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
    takeText(bytes, { ...span, line })
  })
  return {
    matched(bytes, span, person) {
      const rest = restOf(bytes, span, reader)
      const match = { class: 'exact', cause: 'as-written', person, candidates: [], number: '' } as const
      const reading = { match, key: { kind: 'person', number: '', text: '' } as const, values: readValues(reader, text, bytes, span) }
      const spot = { source, row: span.line, restLow: rest.low, restHigh: rest.high }
      addMatched(tally, reader, { reading, ordinal: tally.rowNo.length - 1, spot })
    },
    look(bytes, record) {
      line = record.line
      scanner.scan(bytes, record.start, record.end, true)
    },
  }
}
