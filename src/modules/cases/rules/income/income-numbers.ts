import type { ComputedSheet } from './income-compute.ts'
import type { IncomeResult } from './income-records.ts'

/** A computed sheet with fen as whole numbers, for JSON; amounts are below 2^53 by the limits of a line and of their number. */
export function inNumbers(sheet: ComputedSheet): IncomeResult {
  // Safe: the same shape, and every bigint in it becomes a number.
  return convert(sheet) as IncomeResult
}

function convert(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(convert)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, convert(one)]))
}
