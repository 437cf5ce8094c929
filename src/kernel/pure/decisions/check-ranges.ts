import { isContext, isList, printNumber, printTemporal, type Value } from '#kernel/pure/expressions/index.ts'
import type { Range } from './check-boxes.ts'
import { locateValue, type Axis, type OrderedAxis } from './columns-plan.ts'
import { ceilingAt, comparePoints, pointOf, valueAtPoint, type OrderedKind, type Point } from './columns-sets.ts'

/** Which values an ordered input can have: numbers with so many decimals, or any when it is not known. Days, months and nanoseconds are whole. */
export function stepOf(of: OrderedKind, decimals: number | undefined): number | undefined {
  return of === 'number' ? decimals : 0
}

/** A value in a segment of an axis, the plainest one; undefined where no value of so many decimals lies in it. */
export function exampleIn(axis: Axis, segment: number, decimals: number | undefined): Value | undefined {
  if (segment === axis.unknownSegment) return null
  if (axis.kind === 'words') {
    for (const [word, at] of axis.segments) if (at === segment) return word
    return axis.of === 'boolean' ? undefined : otherWord(axis.segments)
  }
  const point = pointIn(axis, segment, stepOf(axis.of, decimals))
  return point === undefined ? undefined : valueAtPoint(point, axis.of)
}

function otherWord(named: ReadonlyMap<unknown, number>): string {
  let word = '…'
  while (named.has(word)) word += '…'
  return word
}

/** A place in a segment of an ordered axis that has at most `decimals` decimals. */
export function pointIn(axis: OrderedAxis, segment: number, decimals: number | undefined): Point | undefined {
  const index = segment >> 1
  if ((segment & 1) === 1) {
    const point = axis.points[index]
    return point === undefined || (decimals !== undefined && !ceilingAt(point, decimals).isExact) ? undefined : point
  }
  const [low, high] = [axis.points[index - 1], axis.points[index]]
  if (low === undefined) return high === undefined ? { digits: 0n, scale: 0 } : below(high, decimals)
  const scale = decimals ?? Math.max(low.scale, high?.scale ?? 0)
  const next = { digits: ceilingAt(low, scale).integer + (ceilingAt(low, scale).isExact ? 1n : 0n), scale }
  if (high === undefined || comparePoints(next, high) < 0) return next
  if (decimals !== undefined) return undefined
  const finer = scale + 1
  return { digits: (ceilingAt(low, finer).integer + ceilingAt(high, finer).integer) / 2n, scale: finer }
}

function below(point: Point, decimals: number | undefined): Point {
  const scale = decimals ?? point.scale
  return { digits: ceilingAt(point, scale).integer - 1n, scale }
}

/** The value in some segments that is nearest to `value`; for words and unknown values the first. */
export function nearestIn(
  axis: Axis,
  ranges: readonly Range[],
  { value, decimals }: { value: Value; decimals: number | undefined },
): Value {
  // No word is nearer than another.
  if (axis.kind === 'words') return exampleIn(axis, (ranges[0] ?? [0])[0], decimals) ?? null
  const at = locateValue(axis, value)
  const below = at === undefined || at === axis.unknownSegment ? undefined : ranges.filter(([, last]) => last < at).slice(-1)[0]
  const above = at === undefined ? ranges[0] : (ranges.find(([first]) => first > at) ?? (below === undefined ? ranges[0] : undefined))
  const isBelow = below !== undefined && (above === undefined || (at ?? 0) - below[1] <= above[0] - (at ?? 0))
  if (!isBelow) return exampleIn(axis, (above ?? [0])[0], decimals) ?? null
  const own = pointOf(value)?.point.scale ?? 0
  const scale = axis.of === 'number' ? (decimals ?? Math.max(own, ...axis.points.map((point) => point.scale))) : 0
  const highest = axis.points[below[1] >> 1]
  if (below[1] % 2 === 1 || highest === undefined) return exampleIn(axis, below[1], decimals) ?? null
  const just = { digits: ceilingAt(highest, scale).integer - 1n, scale }
  const lowest = axis.points[(below[1] >> 1) - 1]
  const isInside = lowest === undefined || comparePoints(lowest, just) < 0
  return isInside ? valueAtPoint(just, axis.of) : (exampleIn(axis, below[1], decimals) ?? null)
}

/** The segments in which a value can lie at all. */
export function possibleRanges(axis: Axis, decimals: number | undefined): Range[] {
  const found: [number, number][] = []
  for (let segment = 0; segment < axis.unknownSegment; segment += 1) {
    if (exampleIn(axis, segment, decimals) === undefined) continue
    const last = found[found.length - 1]
    if (last !== undefined && last[1] === segment - 1) last[1] = segment
    else found.push([segment, segment])
  }
  return found
}

/** Ranges as a cell writes them: `[7000..9000)`, `< 5`, `"a", "b"`, `not("a")`, `-`. */
export function printRanges(axis: Axis, ranges: readonly Range[]): string {
  const [first] = ranges
  if (first !== undefined && first[0] === 0 && first[1] >= axis.unknownSegment - 1) return '-'
  if (axis.kind === 'words') return printWords(axis, ranges)
  return ranges.map(([from, to]) => printRange(axis, from, to)).join(', ')
}

function printWords(axis: Extract<Axis, { kind: 'words' }>, ranges: readonly Range[]): string {
  const isIn = (segment: number) => ranges.some(([from, to]) => from <= segment && segment <= to)
  const isExcept = axis.of === 'string' && isIn(axis.otherSegment)
  const words = [...axis.segments].filter(([, segment]) => isIn(segment) !== isExcept).map(([word]) => printValue(word))
  const unknown = isIn(axis.unknownSegment) && !isExcept ? ['null'] : []
  return isExcept ? (words.length === 0 ? '-' : `not(${words.join(', ')})`) : [...words, ...unknown].join(', ')
}

function printRange(axis: OrderedAxis, from: number, to: number): string {
  if (from === axis.unknownSegment) return 'null'
  const low = axis.points[from % 2 === 1 ? from >> 1 : (from >> 1) - 1]
  const last = Math.min(to, axis.unknownSegment - 1)
  const high = axis.points[last >> 1]
  const print = (point: Point) => printValue(valueAtPoint(point, axis.of))
  const [lowClosed, highClosed] = [from % 2 === 1, last % 2 === 1]
  if (low === undefined && high === undefined) return '-'
  if (low === undefined) return `${highClosed ? '<=' : '<'} ${print(high ?? zero)}`
  if (high === undefined) return `${lowClosed ? '>=' : '>'} ${print(low)}`
  if (from === last && lowClosed) return print(low)
  return `${lowClosed ? '[' : '('}${print(low)}..${print(high)}${highClosed ? ']' : ')'}`
}

const zero: Point = { digits: 0n, scale: 0 }

/** A plain value as FEEL writes it. */
export function printValue(value: Value): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, (sign) => `\\${sign}`)}"`
  if (isList(value)) return `[${value.map(printValue).join(', ')}]`
  if (isContext(value)) return `{${[...value].map(([name, entry]) => `${name}: ${printValue(entry)}`).join(', ')}}`
  if (value.kind === 'number') return printNumber(value)
  if (value.kind === 'date') return `date("${printTemporal(value)}")`
  if (value.kind === 'years and months duration' || value.kind === 'days and time duration') return `duration("${printTemporal(value)}")`
  return value.kind
}
