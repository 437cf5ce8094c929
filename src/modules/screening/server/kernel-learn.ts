import { labelKey } from '#kernel/pure/tables/index.ts'
import { tidy } from '#kernel/pure/text/index.ts'
import type { Locator } from '../rules/locate.ts'
import { readValue } from '../rules/values.ts'
import type { TextBytes } from './cell-bytes.ts'
import type { KernelCache } from './kernel-cache.ts'
import { placeMark } from './kernel-named.ts'
import { longestWord } from './kernel-plan.ts'
import type { RecordSpan } from './scan-records.ts'
import { cellText, type TakeInput } from './take-text.ts'

/** Puts the words and the place of a row into the cache. */
export function makeLearner(input: TakeInput, text: TextBytes, cache: KernelCache): (bytes: Uint8Array, span: RecordSpan) => void {
  const { reader } = input
  const learnPlace = makePlaceLearner(input, text, cache)
  const cached = reader.values.flatMap((value, at) =>
    value.business && !['amount', 'count', 'day'].includes(value.type) ? [{ ...value, at }] : [],
  )
  const cell = ({ start, ends, columns }: RecordSpan, column: number): Cell =>
    column < 0 || column >= columns
      ? { from: 0, to: 0 }
      : { from: column === 0 ? start : (ends[column - 1] ?? 0) + 1, to: ends[column] ?? 0 }
  return (bytes, span) => {
    for (const { column, type, at } of cached) {
      const { from, to } = cell(span, column)
      if (from === to || to - from > longestWord) continue
      const word = readValue(type, text.decode(bytes, from, to))
      if (typeof word === 'string') cache.add(bytes, { from, to, column: at }, word)
    }
    const [township, village] = [cell(span, reader.township), cell(span, reader.village)]
    learnPlace(bytes, township, village)
  }
}

interface Cell {
  from: number
  to: number
}

/** Places by their bytes, as rows have named them; kept for all lists of a register, because most name the same. */
type LearntPlaces = Map<string, { name: Uint8Array; village: number }>
const learnt = new WeakMap<Locator, Map<TakeInput['encoding'], LearntPlaces>>()
/** They leave room for words in the kernel's cache. */
const mostPlaces = 1024

function placesOf({ matcher, encoding }: TakeInput): LearntPlaces {
  const byEncoding = learnt.get(matcher.locator) ?? new Map<TakeInput['encoding'], LearntPlaces>()
  learnt.set(matcher.locator, byEncoding)
  const places: LearntPlaces = byEncoding.get(encoding) ?? new Map()
  byEncoding.set(encoding, places)
  return places
}

/** Puts the places that are known into the cache, and those that rows name. A place that may be a label is not put there: see isData. */
function makePlaceLearner(
  input: TakeInput,
  text: TextBytes,
  cache: KernelCache,
): (bytes: Uint8Array, township: Cell, village: Cell) => void {
  const { labels, matcher } = input
  const places = placesOf(input)
  for (const { name, village } of places.values()) cache.addPlace(name, village)
  return (bytes, township, village) => {
    if (village.from === village.to || village.to - village.from + township.to - township.from >= longestWord) return
    const name = Uint8Array.of(...bytes.subarray(township.from, township.to), placeMark, ...bytes.subarray(village.from, village.to))
    const key = String.fromCharCode(...name)
    if (places.has(key) || places.size >= mostPlaces) return
    const written = [township, village].map(({ from, to }) => (from < to ? cellText(text.decode(bytes, from, to)) : ''))
    const found = matcher.locator.locate({ township: written[0] ?? '', village: written[1] ?? '', group: '', address: '' })
    const isPlain = tidy(written[1] ?? '') !== '' && !written.some((one) => labels.has(labelKey(one)))
    if (!isPlain || !found.given || found.villages.length > 1) return
    const place = { name, village: found.villages[0] ?? -1 }
    places.set(key, place)
    cache.addPlace(name, place.village)
  }
}
