import type { Value } from '#kernel/pure/expressions/index.ts'
import { areIntegers, asWords, type InputColumn, type WordColumn } from './columns-input.ts'
import type { BoundChunk, BoundColumn } from './columns-match.ts'
import { atScale, locateValue, type Plan, type PlanColumn } from './columns-plan.ts'
import { pointOf } from './columns-sets.ts'

/** A plan with the columns it reads. */
export interface BoundPlan {
  readonly chunks: readonly BoundChunk[]
  /** Records with a value of another kind than the cells of its input speak of: only the evaluator knows what comes of it. Ascending. */
  readonly odd: readonly number[]
}

/** Binds a plan to one column for each input; an input about which no cell says anything needs none. */
export function bindPlan(plan: Plan, columns: readonly (InputColumn | undefined)[], count: number): BoundPlan {
  const odd = new Set<number>()
  const ready = plan.kinds.map((kind, input) => {
    const column = columns[input]
    if (kind === undefined) return undefined
    if (column === undefined) return unknownColumn(count)
    const isFast =
      ((kind === 'number' && column.kind === 'numbers') || (kind === 'date' && column.kind === 'days')) && areIntegers(column.values)
    if (isFast) return column
    const words = asWords(column)
    for (const record of oddRecords(words, kind)) odd.add(record)
    return words
  })
  const chunks = plan.chunks.map((chunk) => ({
    firstRow: chunk.firstRow,
    words: chunk.words,
    all: chunk.all,
    asked: chunk.asked,
    columns: byNarrowness(chunk.columns).map((column) => bindColumn(column, ready[column.input] ?? unknownColumn(count))),
  }))
  return { chunks, odd: [...odd].sort((one, other) => one - other) }
}

function unknownColumn(count: number): WordColumn {
  return { kind: 'words', codes: new Int32Array(count).fill(-1), words: [] }
}

function oddRecords(column: WordColumn, kind: string): number[] {
  const isOdd = column.words.map((word) => word !== null && kindOfValue(word) !== kind)
  if (!isOdd.includes(true)) return []
  const found: number[] = []
  for (let record = 0; record < column.codes.length; record += 1) {
    const code = column.codes[record] ?? -1
    if (code >= 0 && isOdd[code] === true) found.push(record)
  }
  return found
}

/** The kind of a value as plans name kinds; undefined for lists, contexts, times and the like. */
export function kindOfValue(value: Value): string | undefined {
  return typeof value === 'string' || typeof value === 'boolean' ? typeof value : pointOf(value)?.of
}

/** Inputs with more segments tell rows apart best and come first. */
function byNarrowness(columns: readonly PlanColumn[]): PlanColumn[] {
  return [...columns].sort((one, other) => other.axis.unknownSegment - one.axis.unknownSegment)
}

function bindColumn(planned: PlanColumn, column: InputColumn): BoundColumn {
  const { axis } = planned
  if (axis.kind === 'ordered' && (column.kind === 'numbers' || column.kind === 'days')) {
    const scaled = atScale(planned, axis, column.kind === 'numbers' ? (column.scale ?? 0) : 0)
    const source = { kind: 'ordered' as const, values: column.values, bounds: scaled.bounds }
    const isEmpty = emptySegments(scaled.masks, scaled.unknownSegment + 1)
    return { source, unknown: column.unknown, unknownSegment: scaled.unknownSegment, masks: scaled.masks, isEmpty }
  }
  const words = asWords(column)
  const segments = Int32Array.from(words.words, (word) => locateValue(axis, word) ?? axis.unknownSegment)
  const source = { kind: 'coded' as const, codes: words.codes, segments }
  const isEmpty = emptySegments(planned.masks, axis.unknownSegment + 1)
  return { source, unknown: words.unknown, unknownSegment: axis.unknownSegment, masks: planned.masks, isEmpty }
}

function emptySegments(masks: Uint32Array, segments: number): Uint8Array {
  const words = masks.length / segments
  const isEmpty = new Uint8Array(segments).fill(1)
  for (let at = 0; at < masks.length; at += 1) if (masks[at] !== 0) isEmpty[Math.floor(at / words)] = 0
  return isEmpty
}
