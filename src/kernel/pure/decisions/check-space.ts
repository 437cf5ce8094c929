import type { Value } from '#kernel/pure/expressions/index.ts'
import { common, contains, type Box, type Range } from './check-boxes.ts'
import { exampleIn, possibleRanges, printRanges } from './check-ranges.ts'
import { axisOf, rangesOf, type Axis } from './columns-plan.ts'
import type { CellSet } from './columns-sets.ts'

/** One input of a table, cut into the segments that its cells can tell apart. */
export interface SpaceInput {
  readonly label: string
  /** Absent where no cell compares: the input does not decide anything. */
  readonly axis: Axis | undefined
  /** Decimals that a number of this input can have; undefined is any. */
  readonly decimals: number | undefined
  /** The segments of values that are allowed and possible; unknown is not among them. */
  readonly domain: readonly Range[]
}

/** A table as boxes over its inputs. */
export interface Space {
  readonly inputs: readonly SpaceInput[]
  /** What each row accepts; a cell that must be asked counts as accepting everything. */
  readonly rows: readonly Box[]
  /** The same without what lies outside the domain. */
  readonly reachable: readonly Box[]
  /** Rows with a cell that must be asked: they may accept less. */
  readonly isAsked: readonly boolean[]
  /** Everything that can come. */
  readonly domain: Box
}

export interface SpaceOptions {
  readonly labels: readonly string[]
  /** What the type of an input allows; `any` where it says nothing. */
  readonly allowed: readonly CellSet[]
  readonly decimals: readonly (number | undefined)[]
}

const whole: readonly Range[] = [[0, 0]]

/** Puts the rows of a table into one space. An input without an axis has the one segment 0. */
export function makeSpace(sets: readonly (readonly CellSet[])[], options: SpaceOptions): Space {
  const inputs = options.labels.map((label, input): SpaceInput => {
    const allowed = options.allowed[input] ?? { kind: 'any' }
    const cells = sets.map((row) => row[input] ?? { kind: 'any' as const })
    const of = kindOfSets([allowed, ...cells])
    const axis = axisOf([allowed, ...cells].filter((set) => 'of' in set && set.of === of))
    const decimals = options.decimals[input]
    if (axis === undefined) return { label, axis, decimals, domain: whole }
    const fitting = 'of' in allowed && allowed.of === of ? allowed : { kind: 'any' as const }
    return { label, axis, decimals, domain: common(rangesOf(fitting, axis), possibleRanges(axis, decimals)) }
  })
  const boxOf = (row: readonly CellSet[]): Box => inputs.map(({ axis }, input) => rangesIn(row[input] ?? { kind: 'any' }, axis))
  const rows = sets.map(boxOf)
  const domain = inputs.map((input) => input.domain)
  return {
    inputs,
    rows,
    reachable: rows.map((row) => commonBox(row, domain)),
    isAsked: sets.map((row) => row.some((set, input) => mustAsk(set, inputs[input]?.axis))),
    domain,
  }
}

function kindOfSets(sets: readonly CellSet[]): string | undefined {
  for (const set of sets) if ('of' in set) return set.of
  return undefined
}

function mustAsk(set: CellSet, axis: Axis | undefined): boolean {
  return set.kind === 'asked' || (set.kind !== 'any' && set.of !== axis?.of)
}

function rangesIn(set: CellSet, axis: Axis | undefined): readonly Range[] {
  if (axis === undefined) return whole
  return rangesOf(mustAsk(set, axis) ? { kind: 'any' } : set, axis)
}

/** The records that lie in both. */
export function commonBox(one: Box, other: Box): Box {
  return one.map((ranges, input) => common(ranges, other[input] ?? []))
}

/** Whether no record can lie in it. */
export function isEmpty(box: Box): boolean {
  return box.some((ranges) => ranges.length === 0)
}

/** One fact of an example. */
export interface ExampleFact {
  readonly input: string
  readonly value: Value
  /** All values for which it is the same, as a cell writes them. */
  readonly range: string
}

/** A record of a box, the plainest one, with what each of its facts stands for. */
export function exampleOf(space: Space, box: Box): ExampleFact[] {
  return space.inputs.flatMap(({ label, axis, decimals, domain }, input) => {
    const ranges = box[input] ?? []
    if (axis === undefined) return []
    const segment = plainest(axis, ranges)
    return [
      {
        input: label,
        value: exampleIn(axis, segment, decimals) ?? null,
        range: contains(ranges, domain) ? '-' : printRanges(axis, ranges),
      },
    ]
  })
}

/** A segment at a point of the text before one between two: people know these values. */
function plainest(axis: Axis, ranges: readonly Range[]): number {
  const [first, last] = ranges[0] ?? [0, 0]
  return axis.kind === 'ordered' && first % 2 === 0 && first < last ? first + 1 : first
}
