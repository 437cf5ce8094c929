import type { ErrorDetails } from '#kernel/pure/errors/index.ts'
import type { DecisionTable } from './model.ts'
import { contains, meet, uncovered, type Box, type Budget } from './check-boxes.ts'
import { divide } from './check-divide.ts'
import { commonBox, exampleOf, isEmpty, type ExampleFact, type Space } from './check-space.ts'

/** What a check finds. `error` stands against publishing; `warning` is to be looked at; `note` is for information. Rows count from 0. */
export interface TableFinding {
  readonly code: TableFindingCode
  readonly severity: 'error' | 'warning' | 'note'
  readonly rows: readonly number[]
  readonly input?: string | undefined
  readonly output?: string | undefined
  /** A record to which it happens. */
  readonly example?: readonly ExampleFact[] | undefined
  readonly details: Readonly<Record<string, string | number>>
  /** Why a text cannot be read. */
  readonly error?: { readonly code: string; readonly details: ErrorDetails } | undefined
}

export type TableFindingCode =
  | 'gap'
  | 'overlap'
  | 'unreachable'
  | 'never'
  | 'not-allowed'
  | 'value-without-row'
  | 'type-conflict'
  | 'bad-cell'
  | 'bad-output'
  | 'output-not-allowed'
  | 'output-type'
  | 'not-checkable'
  | 'too-large'

export interface RowRelations {
  readonly hitPolicy: DecisionTable['hitPolicy']
  readonly hasDefault: boolean
  /** Rows with equal outputs have equal numbers; -1 is not known. */
  readonly sameAs: readonly number[]
  /** The rows in the order in which they take precedence (FIRST, PRIORITY). */
  readonly order: readonly number[]
}

const mostFindings = 50
/** Steps that gaps are looked for in a way that tells them as people would, before they are looked for in the way that lasts longest. */
const plainSteps = 50_000

/** Gaps, overlaps and rows that never fire, exactly, as long as the steps last: each part has `steps`, and `too-large` says where they did not. */
export function checkRows(space: Space, relations: RowRelations, steps: number): TableFinding[] {
  const never = space.reachable.flatMap((box, row) => (isEmpty(box) ? [neverFires(space, row)] : []))
  const parts = [findOverlaps, findShadowed, findGaps].flatMap((find) => find(space, relations, { left: steps }))
  return [...never, ...parts]
}

function neverFires(space: Space, row: number): TableFinding {
  const input = space.reachable[row]?.findIndex((ranges) => ranges.length === 0) ?? -1
  return { code: 'never', severity: 'error', rows: [row], input: space.inputs[input]?.label, details: {} }
}

/** Pairs of rows that the hit policy does not allow together. */
function findOverlaps(space: Space, { hitPolicy, sameAs }: RowRelations, budget: Budget): TableFinding[] {
  if (hitPolicy !== 'UNIQUE' && hitPolicy !== 'ANY') return []
  const found = new Map<string, TableFinding>()
  const pairs = pairsAlong(space, budget, (earlier, later) => {
    const [one, other] = [space.reachable[earlier], space.reachable[later]]
    if (one === undefined || other === undefined) return true
    const isSame = sameAs[earlier] !== -1 && sameAs[earlier] === sameAs[later]
    if ((hitPolicy === 'ANY' && isSame) || !one.every((ranges, input) => meet(ranges, other[input] ?? []))) return true
    if (found.has(`${earlier} ${later}`)) return true
    const isSure =
      space.isAsked[earlier] !== true && space.isAsked[later] !== true && (hitPolicy === 'UNIQUE' || sureOutputs(sameAs, earlier, later))
    const example = exampleOf(space, commonBox(one, other))
    const severity = isSure ? 'error' : 'warning'
    found.set(`${earlier} ${later}`, { code: 'overlap', severity, rows: [earlier, later], example, details: { hitPolicy } })
    return found.size < mostFindings
  })
  return pairs ? [...found.values()] : [...found.values(), tooLarge('overlap')]
}

/** Visits the pairs of rows that meet in the input that tells most rows apart, until `visit` says stop; false when the budget is used up. */
function pairsAlong(space: Space, budget: Budget, visit: (earlier: number, later: number) => boolean): boolean {
  const all = space.inputs.map((_, input) => spansOf(space, input))
  const counts = all.map(countMeetings)
  const spans = all[counts.indexOf(Math.min(...counts))] ?? []
  let active: typeof spans = []
  for (const span of spans) {
    active = active.filter((one) => one.last >= span.first)
    budget.left -= active.length
    if (budget.left < 0) return false
    for (const one of active) if (one.row !== span.row && !visit(Math.min(one.row, span.row), Math.max(one.row, span.row))) return true
    active.push(span)
  }
  return true
}

/** A run of segments that a row accepts in an input. */
interface Span {
  readonly first: number
  readonly last: number
  readonly row: number
}

function spansOf(space: Space, input: number): Span[] {
  const spans = space.reachable.flatMap((box, row) =>
    isEmpty(box) ? [] : (box[input] ?? []).map(([first, last]): Span => ({ first, last, row })),
  )
  return spans.sort((one, other) => one.first - other.first || one.row - other.row)
}

/** How many pairs of spans, sorted by where they begin, have a segment in common. */
function countMeetings(spans: readonly Span[]): number {
  const ends = spans.map((one) => one.last).sort((one, other) => one - other)
  let ended = 0
  let count = 0
  for (const [at, { first }] of spans.entries()) {
    while ((ends[ended] ?? Infinity) < first) ended += 1
    count += at - ended
  }
  return count
}

function sureOutputs(sameAs: readonly number[], one: number, other: number): boolean {
  return sameAs[one] !== -1 && sameAs[other] !== -1
}

/** Rows that others before them leave nothing to. */
function findShadowed(space: Space, { hitPolicy, order }: RowRelations, budget: Budget): TableFinding[] {
  if (hitPolicy !== 'FIRST' && hitPolicy !== 'PRIORITY') return []
  const found: TableFinding[] = []
  const before: { row: number; box: Box }[] = []
  for (const row of order) {
    const box = space.reachable[row]
    if (box === undefined || isEmpty(box)) continue
    budget.left -= before.length >> 3
    if (budget.left < 0) return [...found, tooLarge('unreachable')]
    const meeting = before.filter((one) => one.box.every((ranges, input) => meet(ranges, box[input] ?? [])))
    const single = meeting.find((one) => one.box.every((ranges, input) => contains(ranges, box[input] ?? [])))
    const left =
      single !== undefined
        ? []
        : divide(
            box,
            meeting.map((one) => one.box),
            { budget, most: 1 },
          )
    if (left === undefined) return [...found, tooLarge('unreachable')]
    if (left.length === 0 && meeting.length > 0) {
      const by = single === undefined ? meeting.map((one) => one.row) : [single.row]
      found.push({
        code: 'unreachable',
        severity: 'error',
        rows: [row, ...by.sort((one, other) => one - other)],
        example: exampleOf(space, box),
        details: {},
      })
    }
    // A row that must be asked may leave something.
    if (space.isAsked[row] !== true) before.push({ row, box })
    if (found.length >= mostFindings) return found
  }
  return found
}

/** Records for which no row is written. */
function findGaps(space: Space, { hitPolicy, hasDefault }: RowRelations, budget: Budget): TableFinding[] {
  if (hasDefault) return []
  const sure = space.reachable.filter((_, row) => space.isAsked[row] !== true)
  const most = mostFindings
  const gaps =
    uncovered(space.domain, sure, { budget: { left: Math.min(plainSteps, budget.left) }, most }) ??
    divide(space.domain, sure, { budget, most })
  if (gaps === undefined) return [tooLarge('gap')]
  const isList = hitPolicy === 'COLLECT' || hitPolicy === 'RULE ORDER' || hitPolicy === 'OUTPUT ORDER'
  return gaps.map((box) => {
    const maybe = space.reachable.flatMap((row, at) => (space.isAsked[at] === true && !isEmpty(commonBox(row, box)) ? [at] : []))
    const severity = isList ? 'note' : maybe.length > 0 ? 'warning' : 'error'
    return { code: 'gap', severity, rows: maybe, example: exampleOf(space, box), details: { where: whereOf(space, box) } }
  })
}

/** `人均收入 [7000..9000) · 类别 "a"`: the inputs that narrow a box. */
export function whereOf(space: Space, box: Box): string {
  const facts = exampleOf(space, box).filter((fact) => fact.range !== '-')
  return facts.map((fact) => `${fact.input} ${fact.range}`).join(' · ')
}

function tooLarge(what: TableFindingCode): TableFinding {
  return { code: 'too-large', severity: 'warning', rows: [], details: { what } }
}
