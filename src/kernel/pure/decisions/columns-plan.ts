import type { Value } from '#kernel/pure/expressions/index.ts'
import { makeBounds, type Bounds } from './columns-bounds.ts'
import {
  ceilingAt,
  comparePoints,
  pointOf,
  type CellSet,
  type OrderedKind,
  type Piece,
  type Point,
  type Word,
  type WordKind,
} from './columns-sets.ts'

/** The line of an input cut at the break points of its cells: segment 2k + 1 is point k, 2k lies below it, 2n above all, 2n + 1 is unknown. */
export interface OrderedAxis {
  readonly kind: 'ordered'
  readonly of: OrderedKind
  readonly points: readonly Point[]
  readonly unknownSegment: number
}

/** The words that cells name, each a segment; then all other words, then unknown. */
export interface WordAxis {
  readonly kind: 'words'
  readonly of: WordKind
  readonly segments: ReadonlyMap<Word, number>
  readonly otherSegment: number
  readonly unknownSegment: number
}

export type Axis = OrderedAxis | WordAxis

/** One input of one chunk: the rows that accept each segment of its axis, `words` words a segment. */
export interface PlanColumn {
  readonly input: number
  readonly axis: Axis
  readonly masks: Uint32Array
  /** Break points and masks for values that are integers at a scale; made when first asked for. */
  readonly scaled: Map<number, ScaledColumn>
}

export interface ScaledColumn {
  readonly bounds: Bounds
  readonly masks: Uint32Array
  readonly unknownSegment: number
}

/** Up to 1,024 rows that are judged together. */
export interface PlanChunk {
  readonly firstRow: number
  readonly words: number
  readonly all: Uint32Array
  readonly asked: Uint32Array | undefined
  readonly columns: readonly PlanColumn[]
}

export interface Plan {
  readonly chunks: readonly PlanChunk[]
  /** What each input is compared as; undefined where no cell compares. */
  readonly kinds: readonly (OrderedKind | WordKind | undefined)[]
  /** Cells that must be asked: for each row the inputs. */
  readonly askedInputs: readonly (readonly number[])[]
}

const rowsOfChunk = 1024

/** Makes the masks of a table. `rows` has what each cell accepts, row by row in the order in which they are to fire. */
export function makePlan(rows: readonly (readonly CellSet[])[], inputs: number): Plan {
  const kinds = Array.from({ length: inputs }, (_, input) => kindOf(rows, input))
  const fits = (set: CellSet, input: number) => set.kind === 'any' || (set.kind !== 'asked' && set.of === kinds[input])
  const askedInputs = rows.map((row) => row.flatMap((set, input) => (fits(set, input) ? [] : [input])))
  const chunks: PlanChunk[] = []
  for (let first = 0; first < rows.length; first += rowsOfChunk) {
    const part = rows.slice(first, first + rowsOfChunk)
    const words = Math.ceil(part.length / 32)
    const all = new Uint32Array(words)
    const asked = new Uint32Array(words)
    for (let row = 0; row < part.length; row += 1) {
      setBit(all, 0, row)
      if ((askedInputs[first + row]?.length ?? 0) > 0) setBit(asked, 0, row)
    }
    const columns = Array.from({ length: inputs }, (_, input) => {
      const sets = part.map((row) => row[input] ?? { kind: 'asked' as const })
      return makeColumn(
        sets.map((set) => (fits(set, input) ? set : { kind: 'any' })),
        input,
        words,
      )
    })
    chunks.push({
      firstRow: first,
      words,
      all,
      asked: asked.some((word) => word !== 0) ? asked : undefined,
      columns: columns.filter((column) => column !== undefined),
    })
  }
  return { chunks, kinds, askedInputs }
}

function kindOf(rows: readonly (readonly CellSet[])[], input: number): OrderedKind | WordKind | undefined {
  for (const row of rows) {
    const set = row[input]
    if (set?.kind === 'ordered' || set?.kind === 'words') return set.of
  }
  return undefined
}

function setBit(masks: Uint32Array, at: number, row: number): void {
  masks[at + (row >> 5)] = (masks[at + (row >> 5)] ?? 0) | (1 << (row & 31))
}

function makeColumn(sets: readonly CellSet[], input: number, words: number): PlanColumn | undefined {
  const axis = axisOf(sets)
  if (axis === undefined) return undefined
  const masks = axis.kind === 'ordered' ? orderedMasks(axis, sets, words) : wordMasks(axis, sets, words)
  return { input, axis, masks, scaled: new Map() }
}

/** The axis on which some sets of one kind can all be told apart; undefined when they accept everything. */
export function axisOf(sets: readonly CellSet[]): Axis | undefined {
  const first = sets.find((set) => set.kind === 'ordered' || set.kind === 'words')
  if (first === undefined) return undefined
  if (first.kind === 'ordered') {
    const points = distinctPoints(sets.flatMap((set) => (set.kind === 'ordered' ? set.pieces : [])))
    return { kind: 'ordered', of: first.of, points, unknownSegment: points.length * 2 + 1 }
  }
  // Both truths can come, also where cells name only one of them.
  const truths = first.of === 'boolean' ? [true, false] : []
  const named = new Set([...sets.flatMap((set) => (set.kind === 'words' ? [...set.words] : [])), ...truths])
  const segments = new Map([...named].map((word, at) => [word, at]))
  return { kind: 'words', of: first.of, segments, otherSegment: segments.size, unknownSegment: segments.size + 1 }
}

function distinctPoints(pieces: readonly Piece[]): Point[] {
  const points = pieces.flatMap(({ low, high }) => [low, high].filter((point) => point !== undefined)).sort(comparePoints)
  return points.filter((point, at) => at === 0 || comparePoints(points[at - 1] ?? point, point) !== 0)
}

/** The segments of an axis that a set accepts, as ranges from a first to a last, ascending and apart; unknown among them. */
export function rangesOf(set: CellSet, axis: Axis): (readonly [number, number])[] {
  if (set.kind === 'any' || set.kind === 'asked') return [[0, axis.unknownSegment]]
  if (set.kind === 'words') {
    if (axis.kind !== 'words') return []
    const known = [...axis.segments].filter(([word]) => set.words.has(word) !== set.isExcept).map(([, segment]) => segment)
    const ends = [...(set.isExcept ? [axis.otherSegment] : []), ...(set.acceptsUnknown ? [axis.unknownSegment] : [])]
    return joinRanges([...known, ...ends].map((segment) => [segment, segment]))
  }
  if (axis.kind !== 'ordered') return []
  const ranges = set.pieces.map((piece) => rangeOf(piece, axis)).filter(([first, last]) => first <= last)
  if (set.acceptsUnknown) ranges.push([axis.unknownSegment, axis.unknownSegment])
  return joinRanges(ranges)
}

function rangeOf(piece: Piece, axis: OrderedAxis): [number, number] {
  const first = piece.low === undefined ? 0 : placeOf(axis.points, piece.low) * 2 + (piece.lowClosed ? 1 : 2)
  const last = piece.high === undefined ? axis.points.length * 2 : placeOf(axis.points, piece.high) * 2 + (piece.highClosed ? 1 : 0)
  return [first, last]
}

function joinRanges(ranges: [number, number][]): [number, number][] {
  const joined: [number, number][] = []
  for (const range of ranges.sort((one, other) => one[0] - other[0])) {
    const last = joined[joined.length - 1]
    if (last !== undefined && range[0] <= last[1] + 1) last[1] = Math.max(last[1], range[1])
    else joined.push([range[0], range[1]])
  }
  return joined
}

/** How many points lie below `point`. */
function placeOf(points: readonly Point[], point: Point): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = points[middle]
    if (other !== undefined && comparePoints(other, point) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** A bit is turned on where a range begins and off behind its end; what stands there is carried from segment to segment. */
function orderedMasks(axis: OrderedAxis, sets: readonly CellSet[], words: number): Uint32Array {
  const segments = axis.unknownSegment + 1
  const masks = new Uint32Array((segments + 1) * words)
  const turn = (segment: number, row: number) => {
    const at = segment * words + (row >> 5)
    masks[at] = (masks[at] ?? 0) ^ (1 << (row & 31))
  }
  for (const [row, set] of sets.entries())
    for (const [first, last] of rangesOf(set, axis)) {
      turn(first, row)
      turn(last + 1, row)
    }
  for (let at = words; at < segments * words; at += 1) masks[at] = (masks[at] ?? 0) ^ (masks[at - words] ?? 0)
  return masks.slice(0, segments * words)
}

/** The few segments of a cell that names words are set one by one; a table of ten thousand names has as many segments. */
function wordMasks(axis: WordAxis, sets: readonly CellSet[], words: number): Uint32Array {
  const masks = new Uint32Array((axis.unknownSegment + 1) * words)
  for (const [row, set] of sets.entries())
    if (set.kind === 'words' && !set.isExcept) {
      for (const word of set.words) setBit(masks, (axis.segments.get(word) ?? axis.otherSegment) * words, row)
      if (set.acceptsUnknown) setBit(masks, axis.unknownSegment * words, row)
    } else
      for (const [first, last] of rangesOf(set, axis))
        for (let segment = first; segment <= last; segment += 1) setBit(masks, segment * words, row)
  return masks
}

/** Break points and masks of an ordered column for values that are integers n standing for n × 10^-scale. */
export function atScale(column: PlanColumn, axis: OrderedAxis, scale: number): ScaledColumn {
  const known = column.scaled.get(scale)
  if (known !== undefined) return known
  const words = column.masks.length / (axis.unknownSegment + 1)
  const ends: number[] = []
  const segments: number[] = [0]
  const cut = (at: number, segment: number) => {
    if (ends[ends.length - 1] === at) segments[segments.length - 1] = segment
    else {
      ends.push(at)
      segments.push(segment)
    }
  }
  for (const [place, point] of axis.points.entries()) {
    const { integer, isExact } = ceilingAt(point, scale)
    // Values are integers below 2^53: what lies beyond rounds to something no value reaches.
    if (isExact) cut(Number(integer), place * 2 + 1)
    cut(Number(isExact ? integer + 1n : integer), place * 2 + 2)
  }
  segments.push(axis.unknownSegment)
  const masks = new Uint32Array(segments.length * words)
  for (const [at, segment] of segments.entries()) masks.set(column.masks.subarray(segment * words, (segment + 1) * words), at * words)
  const made = { bounds: makeBounds(ends), masks, unknownSegment: segments.length - 1 }
  column.scaled.set(scale, made)
  return made
}

/** The segment of one value; undefined for a value of another kind than the column's cells speak of. */
export function locateValue(axis: Axis, value: Value): number | undefined {
  if (value === null) return axis.unknownSegment
  if (axis.kind === 'words')
    return (typeof value === 'string' || typeof value === 'boolean') && typeof value === axis.of
      ? (axis.segments.get(value) ?? axis.otherSegment)
      : undefined
  const found = pointOf(value)
  if (found === undefined || found.of !== axis.of) return undefined
  const place = placeOf(axis.points, found.point)
  const point = axis.points[place]
  return point !== undefined && comparePoints(point, found.point) === 0 ? place * 2 + 1 : place * 2
}
