/** Break points of an ordered input, made ready for finding the segment of a value without a search where they are spread evenly enough. */
export interface Bounds {
  /** Ascending integers and a last Infinity: segment k holds the values v with points[k-1] <= v < points[k]. */
  readonly points: Float64Array
  /** Where the walk to the segment begins, by the cell of an even grid; absent when the points stand too close together. */
  readonly starts: Int32Array | undefined
  readonly low: number
  readonly cellsPerUnit: number
}

/** More steps from the beginning of a grid cell to its end than this cost more than a binary search. */
const longestWalk = 6
const largestGrid = 65_536

/** Makes bounds of ascending integers. */
export function makeBounds(ascending: readonly number[]): Bounds {
  const points = new Float64Array(ascending.length + 1).fill(Infinity)
  points.set(ascending)
  const low = ascending[0] ?? 0
  const span = (ascending[ascending.length - 1] ?? 0) - low
  const cells = Math.min(largestGrid, Math.max(4, ascending.length * 8))
  const cellsPerUnit = span > 0 ? (cells - 2) / span : 0
  const starts = new Int32Array(cells)
  let longest = 0
  // A bound that falls into an earlier cell than a value is below it: multiplication and truncation never change an order.
  for (let cell = 0, seen = 0; cell < cells; cell += 1) {
    starts[cell] = seen
    while (seen < ascending.length && cellOf(ascending[seen] ?? 0, { low, cellsPerUnit, cells }) <= cell) seen += 1
    longest = Math.max(longest, seen - (starts[cell] ?? 0))
  }
  return { points, starts: longest > longestWalk ? undefined : starts, low, cellsPerUnit }
}

function cellOf(value: number, grid: { low: number; cellsPerUnit: number; cells: number }): number {
  const cell = (value - grid.low) * grid.cellsPerUnit + 1
  return cell < 0 ? 0 : cell >= grid.cells ? grid.cells - 1 : cell | 0
}

/** The segment of one value; NaN is in the first. */
export function segmentOf(bounds: Bounds, value: number): number {
  let low = 0
  let high = bounds.points.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bounds.points[middle] ?? Infinity) <= value) low = middle + 1
    else high = middle
  }
  return low
}

/** The segments of `into.length` values from `from` on; NaN gets `unknownSegment`. */
export function segmentsOf(bounds: Bounds, values: Float64Array, { from, count, unknownSegment, into }: SegmentRun): void {
  const { points, starts, low, cellsPerUnit } = bounds
  if (starts === undefined) {
    for (let at = 0; at < count; at += 1) {
      const value = values[from + at] ?? NaN
      into[at] = value === value ? segmentOf(bounds, value) : unknownSegment
    }
    return
  }
  const last = starts.length - 1
  for (let at = 0; at < count; at += 1) {
    const value = values[from + at] ?? NaN
    const cell = (value - low) * cellsPerUnit + 1
    let segment = starts[cell < 0 ? 0 : cell > last ? last : cell | 0] ?? 0
    while ((points[segment] ?? Infinity) <= value) segment += 1
    into[at] = value === value ? segment : unknownSegment
  }
}

export interface SegmentRun {
  readonly from: number
  readonly count: number
  readonly unknownSegment: number
  readonly into: Int32Array
}
