import type { CellKind } from '../rules/facts.ts'
import { emptyCell, type CellValue } from './fact-cells.ts'

/** Cells by their place, and a view of them by name: what the rules read as `person.age` costs one look into an array. */
export interface FactRecord {
  readonly cells: CellValue[]
}

/** A type of record: its fields by place, and how to make one. */
export interface RecordType {
  readonly kinds: readonly CellKind[]
  readonly placeOf: ReadonlyMap<string, number>
  readonly empty: readonly CellValue[]
  make(): FactRecord
}

/**
 * Makes the type of records with the given fields. A plain object of a hundred properties that are written by name becomes a hash
 * table; with the fields as getters of the prototype, writing is by place and reading is inlined.
 */
export function makeRecordType(fields: Readonly<Record<string, CellKind>>): RecordType {
  const keys = Object.keys(fields)
  const kinds = Object.values(fields)
  const empty = kinds.map(emptyCell)
  class Cells implements FactRecord {
    readonly cells: CellValue[] = [...empty]
  }
  for (const [place, key] of keys.entries())
    Object.defineProperty(Cells.prototype, key, {
      get(this: Cells): CellValue {
        return this.cells[place] ?? null
      },
    })
  return { kinds, placeOf: new Map(keys.map((key, place) => [key, place])), empty, make: () => new Cells() }
}
