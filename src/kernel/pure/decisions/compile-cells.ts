import { isContext, isList, type ComparisonOperator, type Node, type Value } from '#kernel/pure/expressions/index.ts'
import {
  comparePoints,
  pointOf,
  valueAtPoint,
  type CellSet,
  type OrderedKind,
  type Piece,
  type Point,
  type Word,
  type WordKind,
} from './columns-sets.ts'

/** What is needed to say of a cell, once and for all, what it accepts. */
export interface CellReader {
  /** The value of a part that sees neither the input nor other facts; undefined for every other part. */
  readonly constant: (node: Node) => Value | undefined
  /** Whether the cell accepts a value, as the evaluator says. */
  readonly accepts: (value: Value) => boolean
}

/** What a cell compares its input with. `ordered` values are met by comparisons and intervals, words only by = and !=. */
interface Comparands {
  readonly points: Point[]
  readonly words: Word[]
  readonly kinds: Set<OrderedKind | WordKind>
}

/**
 * What a cell accepts. The text says only where the answer may change (the values it compares with); the answers themselves, between, at and beyond
 * these values and for an unknown one, are the evaluator's, so that the compiled table cannot differ from it. `kindWhenNone` is taken by cells
 * that compare with nothing but null.
 */
export function readCell(tests: readonly Node[], reader: CellReader, kindWhenNone: OrderedKind | WordKind | undefined): CellSet {
  const found: Comparands = { points: [], words: [], kinds: new Set() }
  if (!tests.every((test) => collectTest(test, reader, found)) || found.kinds.size > 1) return { kind: 'asked' }
  const kind = [...found.kinds][0] ?? kindWhenNone
  if (kind === undefined) return { kind: 'asked' }
  const acceptsUnknown = reader.accepts(null)
  if (kind === 'string' || kind === 'boolean') return wordSet(kind, found.words, reader, acceptsUnknown)
  return { kind: 'ordered', of: kind, pieces: askPieces(found.points, kind, reader), acceptsUnknown }
}

/** The kind of value that a cell compares with; undefined when there is none or more than one, or the cell must be asked. */
export function kindOfCell(tests: readonly Node[], reader: Pick<CellReader, 'constant'>): OrderedKind | WordKind | undefined {
  const found: Comparands = { points: [], words: [], kinds: new Set() }
  if (!tests.every((test) => collectTest(test, reader, found)) || found.kinds.size !== 1) return undefined
  return [...found.kinds][0]
}

type Reads = Pick<CellReader, 'constant'>

/** Takes the comparands of one test; false when it is of a form that has to be asked for every record. */
function collectTest(node: Node, reader: Reads, found: Comparands): boolean {
  const constant = reader.constant(node)
  if (constant !== undefined) return collect(constant, found, true)
  const takeAll = (nodes: readonly Node[], isEquality: boolean) => nodes.every((one) => collectNode(one, reader, { found, isEquality }))
  const testAll = (nodes: readonly Node[]) => nodes.every((one) => collectTest(one, reader, found))
  if (node.kind === 'test') return takeAll([node.operand], isEqual(node.operator))
  if (node.kind === 'interval') return takeAll([node.low, node.high], false)
  if (node.kind === 'comparison') {
    const other = node.left.kind === 'input' ? node.right : node.right.kind === 'input' ? node.left : undefined
    return other !== undefined && takeAll([other], isEqual(node.operator))
  }
  if (node.kind === 'between') return node.value.kind === 'input' && takeAll([node.low, node.high], false)
  if (node.kind === 'in') return node.value.kind === 'input' && testAll(node.tests)
  if (node.kind === 'list') return testAll(node.items)
  if (node.kind === 'and' || node.kind === 'or') return isAboutInput(node) && testAll([node.left, node.right])
  return node.kind === 'call' && isAboutInput(node) && testAll(node.values)
}

const isEqual = (operator: ComparisonOperator): boolean => operator === '=' || operator === '!='

/** Tests that name the input themselves: `? > 5`; in `not("a")` and `"a" or "b"` the parts are values and mean something else. */
function isAboutInput(node: Node): boolean {
  if (node.kind === 'and' || node.kind === 'or') return isAboutInput(node.left) && isAboutInput(node.right)
  if (node.kind === 'call') return node.target.kind === 'variable' && node.target.name === 'not' && node.values.every(isAboutInput)
  return node.kind === 'comparison' || node.kind === 'between' || node.kind === 'in'
}

function collectNode(node: Node, reader: Reads, { found, isEquality }: { found: Comparands; isEquality: boolean }): boolean {
  const value = reader.constant(node)
  return value !== undefined && collect(value, found, isEquality)
}

function collect(value: Value, found: Comparands, isEquality: boolean): boolean {
  if (value === null) return true
  if (typeof value === 'string' || typeof value === 'boolean') {
    found.words.push(value)
    found.kinds.add(typeof value === 'string' ? 'string' : 'boolean')
    return isEquality
  }
  if (isList(value)) return value.every((item) => !isList(item) && collect(item, found, isEquality))
  if (isContext(value)) return false
  if (value.kind === 'range') return collect(value.low, found, false) && collect(value.high, found, false)
  const placed = pointOf(value)
  // Between numbers of very many digits there is no room to probe.
  if (placed === undefined || placed.point.scale < 0 || placed.point.scale > 15 || abs(placed.point.digits) > largest) return false
  found.points.push(placed.point)
  found.kinds.add(placed.of)
  return true
}

const largest = 1_000_000_000_000_000n

function abs(value: bigint): bigint {
  return value < 0n ? -value : value
}

function wordSet(of: WordKind, named: readonly Word[], reader: CellReader, acceptsUnknown: boolean): CellSet {
  const candidates: readonly Word[] = of === 'boolean' ? [false, true] : [...new Set(named)]
  const accepted = candidates.filter((word) => reader.accepts(word))
  // A word that no cell can have named: what holds for it holds for all others.
  const isExcept = of === 'string' && reader.accepts(`\u0000${candidates.join('')}`)
  const words = isExcept ? candidates.filter((word) => !accepted.includes(word)) : accepted
  return { kind: 'words', of, words: new Set(words), isExcept, acceptsUnknown }
}

/** Asks below, at, between and above the points, and joins what is accepted. */
function askPieces(unordered: readonly Point[], of: OrderedKind, reader: CellReader): Piece[] {
  const points = [...unordered].sort(comparePoints).filter((point, at, all) => at === 0 || comparePoints(all[at - 1] ?? point, point) !== 0)
  const pieces: Piece[] = []
  let open: { low: Point | undefined; lowClosed: boolean } | undefined = reader.accepts(probe(undefined, points[0], of))
    ? { low: undefined, lowClosed: false }
    : undefined
  for (const [at, point] of points.entries()) {
    const isAt = reader.accepts(valueAtPoint(point, of))
    if (open !== undefined && !isAt) {
      pieces.push({ ...open, high: point, highClosed: false })
      open = undefined
    }
    if (open === undefined && isAt) open = { low: point, lowClosed: true }
    const isAbove = reader.accepts(probe(point, points[at + 1], of))
    if (open !== undefined && !isAbove) {
      pieces.push({ ...open, high: point, highClosed: true })
      open = undefined
    }
    if (open === undefined && isAbove) open = { low: point, lowClosed: false }
  }
  if (open !== undefined) pieces.push({ ...open, high: undefined, highClosed: false })
  return pieces
}

/** A value between two neighbouring points. Between neighbouring days (months, nanoseconds) there is none; any answer does. */
function probe(low: Point | undefined, high: Point | undefined, of: OrderedKind): Value {
  if (low === undefined) return valueAtPoint(high === undefined ? { digits: 0n, scale: 0 } : { ...high, digits: high.digits - 1n }, of)
  if (high === undefined) return valueAtPoint({ ...low, digits: low.digits + 1n }, of)
  if (of !== 'number') {
    const next = { ...low, digits: low.digits + 1n }
    return valueAtPoint(comparePoints(next, high) < 0 ? next : low, of)
  }
  const scale = Math.max(low.scale, high.scale) + 1
  const up = (point: Point) => point.digits * 10n ** BigInt(scale - point.scale)
  return valueAtPoint({ digits: (up(low) + up(high)) / 2n, scale }, of)
}
