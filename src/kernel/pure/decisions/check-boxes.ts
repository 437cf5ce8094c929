/** A run of segments of an axis, first and last included. */
export type Range = readonly [number, number]

/** For each input the segments, ascending and apart. A box is the records whose every input lies in one of them. */
export type Box = readonly (readonly Range[])[]

/** What is left to spend; counted down so that a table cannot make the check run on. */
export interface Budget {
  left: number
}

/**
 * What of `box` no row of `rows` covers, as boxes that do not meet, at most `most` of them. Every input is cut where a row begins or ends, rows that
 * do not reach a piece are dropped, and a piece is done when one row covers all that is left. Exact; `undefined` when the budget is used up.
 */
export function uncovered(box: Box, rows: readonly Box[], { budget, most }: { budget: Budget; most: number }): Box[] | undefined {
  const search: Search = { box, budget, most, known: new Map() }
  const alive = rows.filter((row) => row.every((ranges, input) => meet(ranges, box[input] ?? [])))
  const numbered = alive.map((row, number) => ({ row, number }))
  return search.box.some((ranges) => ranges.length === 0) ? [] : subtract(search, 0, numbered)
}

interface Numbered {
  readonly row: Box
  readonly number: number
}

interface Search {
  readonly box: Box
  readonly budget: Budget
  readonly most: number
  readonly known: Map<string, Box[]>
}

function subtract(search: Search, input: number, alive: readonly Numbered[]): Box[] | undefined {
  const { box } = search
  if (alive.length === 0) return [box.slice(input)]
  if (input === box.length) return []
  const key = `${input}:${alive.map((one) => one.number).join()}`
  const known = search.known.get(key)
  if (known !== undefined) return known
  search.budget.left -= alive.length
  if (search.budget.left < 0) return undefined
  const wanted = box[input] ?? []
  if (alive.some(({ row }) => row.slice(input).every((ranges, at) => contains(ranges, box[input + at] ?? [])))) return []
  const parts: { ranges: Range[]; rest: Box[]; key: string }[] = []
  for (const { range, rows } of pieces(wanted, alive, input)) {
    const rest = subtract(search, input + 1, rows)
    if (rest === undefined) return undefined
    if (rest.length === 0) continue
    const same = JSON.stringify(rest)
    const before = parts.find((part) => part.key === same)
    if (before === undefined) parts.push({ ranges: [range], rest, key: same })
    else pushRange(before.ranges, range)
  }
  const found = parts.flatMap(({ ranges, rest }) => rest.map((box) => [ranges, ...box])).slice(0, search.most)
  search.known.set(key, found)
  return found
}

function pushRange(ranges: Range[], range: Range): void {
  const last = ranges[ranges.length - 1]
  if (last !== undefined && last[1] + 1 === range[0]) ranges[ranges.length - 1] = [last[0], range[1]]
  else ranges.push(range)
}

/** The wanted segments cut so that within a piece the same rows are reached. */
function pieces(wanted: readonly Range[], alive: readonly Numbered[], input: number): { range: Range; rows: Numbered[] }[] {
  const cuts = new Set<number>()
  for (const [first, last] of [...wanted, ...alive.flatMap(({ row }) => row[input] ?? [])]) {
    cuts.add(first)
    cuts.add(last + 1)
  }
  const ordered = [...cuts].sort((one, other) => one - other)
  const found: { range: Range; rows: Numbered[] }[] = []
  for (const [at, first] of ordered.entries()) {
    const range: Range = [first, (ordered[at + 1] ?? first) - 1]
    if (range[1] < first || !meet(wanted, [range])) continue
    found.push({ range, rows: alive.filter(({ row }) => meet(row[input] ?? [], [range])) })
  }
  return found
}

/** Whether two sets of segments have one in common. */
export function meet(some: readonly Range[], others: readonly Range[]): boolean {
  let at = 0
  let other = 0
  while (at < some.length && other < others.length) {
    const one = some[at]
    const two = others[other]
    if (one === undefined || two === undefined) return false
    if (one[1] < two[0]) at += 1
    else if (two[1] < one[0]) other += 1
    else return true
  }
  return false
}

/** The segments that both have. */
export function common(some: readonly Range[], others: readonly Range[]): Range[] {
  const found: Range[] = []
  let at = 0
  let other = 0
  while (at < some.length && other < others.length) {
    const [one, two] = [some[at] ?? [0, -1], others[other] ?? [0, -1]]
    const range: Range = [Math.max(one[0], two[0]), Math.min(one[1], two[1])]
    if (range[0] <= range[1]) found.push(range)
    if (one[1] < two[1]) at += 1
    else other += 1
  }
  return found
}

/** Whether `some` has every segment of `others`; both ascending and apart. */
export function contains(some: readonly Range[], others: readonly Range[]): boolean {
  let at = 0
  for (const range of others) {
    while ((some[at]?.[1] ?? Infinity) < range[1]) at += 1
    const one = some[at]
    if (one === undefined || one[0] > range[0]) return false
  }
  return true
}
