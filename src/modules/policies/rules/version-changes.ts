/** One thing that two tables say otherwise. `row` counts from 1: of the new table, of the old one where it was removed. */
export type TableChange =
  | { kind: 'row-added' | 'row-removed'; decision: string; row: number; cells: { column: string; text: string }[] }
  | { kind: 'row-moved'; decision: string; row: number; from: number }
  | { kind: 'row-changed'; decision: string; row: number; cells: { column: string; from: string; to: string }[] }
  | { kind: 'input-added' | 'input-removed' | 'output-added' | 'output-removed'; decision: string; name: string }
  | { kind: 'decision-added' | 'decision-removed'; decision: string }
  /** Hit policy, allowed values, defaults, names, types and texts that are no table. */
  | { kind: 'setting-changed'; decision: string; name: string; from: string; to: string }

/** One value that two parameter texts say otherwise; null where it is not named. */
export interface ParameterChange {
  name: string
  unit: string
  from: SaidValue | null
  to: SaidValue | null
}

/** A value with what an area below may do with it. */
interface SaidValue {
  value: string | number | string[] | null
  latitude: 'fixed' | 'fill' | 'raise' | 'lower' | 'free'
}
