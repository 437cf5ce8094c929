import { common, contains, meet, type Box, type Budget, type Range } from './check-boxes.ts'

interface Division {
  readonly domain: Box
  /** The rows, and behind them the boxes that were found. */
  readonly rows: Box[]
  readonly given: number
  readonly most: number
  readonly budget: Budget
}

/**
 * The same as `uncovered` for tables with many break points: the box is halved where most rows end, until one row covers a part or none reaches it
 * (Overmars and Yap 1991; Chan 2013: rows that bound a part in one input only are taken off it). Ends at the `most`-th box; each is as large
 * as the rows leave it. Exact; `undefined` when the budget is used up.
 */
export function divide(domain: Box, rows: readonly Box[], { budget, most }: { budget: Budget; most: number }): Box[] | undefined {
  const division: Division = { domain, rows: [...rows], given: rows.length, most, budget }
  if (domain.some((ranges) => ranges.length === 0)) return []
  const isWhole = search(division, domain, { alive: rows.map((_, row) => row), seen: rows.length })
  return isWhole ? division.rows.slice(division.given) : undefined
}

/** The rows that reach a part, and how many rows there were when they were picked. */
interface Alive {
  readonly alive: readonly number[]
  readonly seen: number
}

/** Looks through a part; false when the budget is used up. */
function search(division: Division, part: Box, { alive, seen }: Alive): boolean {
  const { rows, given, most, budget } = division
  const picked = [...alive]
  for (let row = seen; row < rows.length; row += 1) picked.push(row)
  const pared = pare(part, picked, division)
  if (pared === undefined) return budget.left >= 0
  if (pared.alive.length === 0) {
    rows.push(enlarge(pared.part, division))
    return true
  }
  const next = { alive: pared.alive, seen: rows.length }
  for (const half of halve(pared.part, pared.alive, rows)) {
    if (!search(division, half, next)) return false
    if (rows.length - given >= most) return true
  }
  return true
}

/** What of a part is left when rows that bound it in one input only are taken off it, and the rows that reach it; undefined when nothing is. */
function pare(part: Box, picked: readonly number[], { rows, budget }: Division): { part: Box; alive: number[] } | undefined {
  let left = part
  let alive: readonly number[] = picked
  for (;;) {
    // Four inputs are a step, as where `uncovered` cuts one input after the other.
    budget.left -= alive.length * Math.max(1, part.length >> 2)
    if (budget.left < 0) return undefined
    const kept: number[] = []
    let isPared = false
    for (const row of alive) {
      const box = rows[row] ?? []
      const open = boundedBy(box, left)
      if (open === 'apart') continue
      if (open === 'covers') return undefined
      if (open === 'several') kept.push(row)
      else {
        left = left.map((ranges, input) => (input === open ? without(ranges, box[input] ?? []) : ranges))
        isPared = true
      }
    }
    if (!isPared) return { part: left, alive: kept }
    alive = kept
  }
}

/** How a row lies to a part: apart from it, covering it, bounding it in one input, or in several. */
function boundedBy(row: Box, part: Box): 'apart' | 'covers' | 'several' | number {
  let open: 'covers' | 'several' | number = 'covers'
  for (const [input, ranges] of part.entries()) {
    const own = row[input] ?? []
    if (!meet(own, ranges)) return 'apart'
    if (!contains(own, ranges)) open = open === 'covers' ? input : 'several'
  }
  return open
}

function without(ranges: readonly Range[], taken: readonly Range[]): Range[] {
  return ranges.flatMap(([first, last]) => {
    const left: Range[] = []
    let from = first
    for (const [low, high] of taken) {
      if (high < from || low > last) continue
      if (low > from) left.push([from, low - 1])
      from = high + 1
    }
    if (from <= last) left.push([from, last])
    return left
  })
}

/** The two halves of a part: cut in the input in which most rows begin or end within it, in the middle of where they do. */
function halve(part: Box, alive: readonly number[], rows: readonly Box[]): Box[] {
  let most: number[] = []
  let at = 0
  for (const [input, ranges] of part.entries()) {
    const cuts = cutsIn(ranges, alive, { rows, input })
    if (cuts.length > most.length) {
      most = cuts
      at = input
    }
  }
  most.sort((one, other) => one - other)
  const cut = most[most.length >> 1] ?? 0
  const half = (range: Range): Box => part.map((ranges, input) => (input === at ? common(ranges, [range]) : ranges))
  return [half([0, cut - 1]), half([cut, Number.MAX_SAFE_INTEGER])]
}

/** Segments at which a row begins, or ended just before, with more of the part on both sides. */
function cutsIn(ranges: readonly Range[], alive: readonly number[], { rows, input }: { rows: readonly Box[]; input: number }): number[] {
  const first = ranges[0]?.[0] ?? 0
  const last = ranges[ranges.length - 1]?.[1] ?? 0
  const cuts: number[] = []
  for (const row of alive)
    for (const [low, high] of rows[row]?.[input] ?? []) {
      if (low > first && low <= last) cuts.push(low)
      if (high >= first && high < last) cuts.push(high + 1)
    }
  return cuts
}

/** A box that no row reaches, made as large as the domain and all rows allow, input by input. */
function enlarge(part: Box, { domain, rows }: Division): Box {
  let box = part
  for (const [input, ranges] of domain.entries()) {
    const beside = rows.filter((row) => row.every((own, at) => at === input || meet(own, box[at] ?? [])))
    let free: Range[] = [...ranges]
    for (const row of beside) free = without(free, row[input] ?? [])
    box = box.map((own, at) => (at === input ? free : own))
  }
  return box
}
