import type { MappedColumn, WantedField } from './column-types.ts'
import type { Header } from './header.ts'
import type { SheetRow } from './row-types.ts'
import { fitOf } from './value-patterns.ts'

/** All cells of a sheet stand `offset` columns beside their labels. Proven when nothing fits in place and nothing stands where nothing should. */
export interface SheetShift {
  offset: number
  labels: string[]
  isProven: boolean
}

type Placed = MappedColumn & { field: WantedField }

const farthest = 60

/** Looks whether two or more columns fit their labels only at one constant distance. */
export function findShift(chosen: readonly Placed[], samples: readonly SheetRow[], header: Header): SheetShift | undefined {
  const strong = chosen.filter(
    ({ field }) => field.pattern === 'idNumber' || field.pattern === 'phone' || field.pattern === 'day' || (field.codes?.length ?? 0) > 0,
  )
  const fitting = (offset: number): Placed[] =>
    strong.filter(({ field, column }) => {
      const { filled, share } = fitOf(field, samples, column + offset)
      return filled >= 3 && share >= 0.6
    })
  const inPlace = fitting(0).length
  if (strong.length < 2 || samples.length < 3 || inPlace * 2 >= strong.length) return undefined
  let best: { offset: number; found: Placed[] } | undefined
  for (let distance = 1; distance <= farthest; distance += 1) {
    for (const offset of [distance, -distance]) {
      const found = fitting(offset)
      if (found.length >= 2 && found.length > inPlace && found.length > (best?.found.length ?? 0)) best = { offset, found }
    }
  }
  if (best === undefined) return undefined
  const { offset, found } = best
  const isProven = inPlace === 0 && found.length === strong.length && fitsFrame(offset, samples, header)
  return { offset, labels: found.slice(0, 5).map((candidate) => candidate.label), isProven }
}

/** True when the cells, moved back, begin and end under the labels: no cell left of the first, none right of the last. */
function fitsFrame(offset: number, samples: readonly SheetRow[], header: Header): boolean {
  const first = (header.columns[0]?.column ?? 0) + offset
  const last = (header.columns[header.columns.length - 1]?.column ?? 0) + offset
  if (first < 0) return false
  const outside = samples.filter((row) => row.cells.some((cell, column) => (column < first || column > last) && cell.trim() !== ''))
  const firstFilled = samples.filter((row) => (row.cells[first] ?? '').trim() !== '').length
  return outside.length === 0 && firstFilled * 2 > samples.length
}
