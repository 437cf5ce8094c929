import type { Value } from '#kernel/pure/expressions/index.ts'
import type { Range } from './check-boxes.ts'
import { exampleIn, nearestIn, printRanges } from './check-ranges.ts'
import type { Space } from './check-space.ts'
import { locateValue } from './columns-plan.ts'

/** A row that would have fired but for one input. */
export interface NearMiss {
  readonly row: number
  readonly input: string
  readonly value: Value
  /** What the row asks for, as a cell writes it. */
  readonly wanted: string
  /** The nearest value that the row accepts. */
  readonly nearest: Value
}

/** One input with which, all others as they are, the table would say something else. */
export interface SingleChange<Outcome> {
  readonly input: string
  readonly value: Value
  /** The nearest value that changes the outcome, and all that change it in the same way. */
  readonly nearest: Value
  readonly range: string
  readonly rows: readonly number[]
  readonly outcome: Outcome
}

/** Where a record stands: its segment for each input; undefined for a value of another kind than the cells. */
type Place = readonly (number | undefined)[]

function placeOf(space: Space, values: readonly Value[]): Place {
  return space.inputs.map(({ axis }, input) => (axis === undefined ? 0 : locateValue(axis, values[input] ?? null)))
}

const isIn = (ranges: readonly Range[], segment: number | undefined): boolean =>
  segment !== undefined && ranges.some(([first, last]) => first <= segment && segment <= last)

/** The rows whose cells all accept a record, and those that refuse it by one input only. Cells that must be asked count as accepting. */
export function nearMisses(space: Space, values: readonly Value[]): NearMiss[] {
  const place = placeOf(space, values)
  return space.rows.flatMap((box, row) => {
    const failing = box.flatMap((ranges, input) => (isIn(ranges, place[input]) ? [] : [input]))
    const [input] = failing
    const ranges = input === undefined ? undefined : box[input]
    const at = input === undefined ? undefined : space.inputs[input]
    if (failing.length !== 1 || input === undefined || ranges === undefined || at?.axis === undefined || ranges.length === 0) return []
    const value = values[input] ?? null
    const nearest = nearestIn(at.axis, ranges, { value, decimals: at.decimals })
    return [{ row, input: at.label, value, wanted: printRanges(at.axis, ranges), nearest }]
  })
}

/**
 * For each input the nearest values with which the outcome would be another, upwards and downwards (for words: every other outcome). `outcomeOf`
 * says what rows that fire together give; outcomes are the same when their keys are. A known fact is never proposed to become unknown.
 */
export function singleChanges<Outcome>(
  space: Space,
  values: readonly Value[],
  outcomeOf: (rows: readonly number[]) => { key: string; outcome: Outcome },
): SingleChange<Outcome>[] {
  const place = placeOf(space, values)
  return space.inputs.flatMap(({ label, axis, domain, decimals }, input) => {
    if (axis === undefined) return []
    const others = space.rows.flatMap((box, row) => (box.every((ranges, at) => at === input || isIn(ranges, place[at])) ? [row] : []))
    const firing = (segment: number | undefined) => others.filter((row) => isIn(space.rows[row]?.[input] ?? [], segment))
    const now = outcomeOf(firing(place[input])).key
    const groups: { range: [number, number]; key: string; outcome: Outcome }[] = []
    for (const [first, last] of domain)
      for (let segment = first; segment <= last; segment += 1) {
        if (segment === place[input] || exampleIn(axis, segment, decimals) === undefined) continue
        const { key, outcome } = outcomeOf(firing(segment))
        const before = groups[groups.length - 1]
        if (before !== undefined && before.key === key && before.range[1] === segment - 1) before.range[1] = segment
        else groups.push({ range: [segment, segment], key, outcome })
      }
    const value = values[input] ?? null
    const changing = groups.filter((group) => group.key !== now)
    const at = place[input]
    // Of an unknown fact every outcome is told once: nobody can say which value is the nearest.
    const isAlone = axis.kind === 'words' || at === undefined || at === axis.unknownSegment
    const chosen = isAlone ? firstOfEach(changing) : besides(changing, at)
    return chosen.map(({ range, outcome }) => ({
      input: label,
      value,
      nearest: nearestIn(axis, [range], { value, decimals }),
      range: printRanges(axis, [range]),
      rows: firing(at !== undefined && range[1] < at ? range[1] : range[0]),
      outcome,
    }))
  })
}

function firstOfEach<Group extends { key: string }>(groups: readonly Group[]): Group[] {
  return groups.filter((group, at) => groups.findIndex((other) => other.key === group.key) === at)
}

/** The last group below a place and the first above it. */
function besides<Group extends { range: readonly [number, number] }>(groups: readonly Group[], place: number): Group[] {
  return [...groups.filter((group) => group.range[1] < place).slice(-1), ...groups.filter((group) => group.range[0] > place).slice(0, 1)]
}
