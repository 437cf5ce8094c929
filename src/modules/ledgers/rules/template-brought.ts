import * as z from 'zod'
import { FieldFilter, Measure } from './template-indicators.ts'

const Key = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(40)

/** How a field of the other ledger is compared with one of this record: the same value or link, the same period, or a day up to or from one. */
export const Comparison = z.enum(['same', 'same-year', 'same-quarter', 'same-month', 'not-after', 'not-before'])
export type Comparison = z.infer<typeof Comparison>

const KeyOrRecord = z.union([Key, z.literal('$record')])
/**
 * A condition on the other ledger's records. `$record` stands for the record itself: as `mine` this one (payments of this fund), as `theirs` the one
 * that a link of this record names (the sum of the loan that this subsidy is for).
 */
export const GatherCondition = z.strictObject({ theirs: KeyOrRecord, mine: KeyOrRecord, as: Comparison.optional() })
export type GatherCondition = z.infer<typeof GatherCondition>

/**
 * A number brought from the records of a ledger (this one: then without this record): all conditions hold, one of them compares links.
 * Fields but links are among those the other ledger offers. Removed records never count. Decision 0036.
 */
export const Gathers = z.strictObject({
  from: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    .max(60),
  where: z.array(GatherCondition).min(1).max(4),
  /** Only records in these states; in any when absent. */
  states: z.array(Key).min(1).max(20).optional(),
  filters: z.array(FieldFilter).max(6).optional(),
  measure: Measure,
})
export type Gathers = z.infer<typeof Gathers>

/** One output of a dated decision table, as in force on the day of a field (today without one), asked with facts that are formulas over the record. */
export const Decides = z.strictObject({
  policy: z.string().regex(/^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/),
  output: z.string().min(1).max(60),
  asOf: Key.optional(),
  /** Fact of the catalogue → formula. */
  facts: z.record(z.string().min(1).max(60), z.string().trim().min(1).max(2000)),
})
export type Decides = z.infer<typeof Decides>

/** Whether a field's value is worked out by the engine: computed, gathered or decided. Nobody enters it. */
export function isWorkedOut(field: { computed?: unknown; gathers?: unknown; decides?: unknown }): boolean {
  return field.computed !== undefined || isBrought(field)
}

/** Whether a field's value comes from other records or a decision table. */
export function isBrought(field: { gathers?: unknown; decides?: unknown }): boolean {
  return field.gathers !== undefined || field.decides !== undefined
}
