import * as z from 'zod'

const Words = z.strictObject({ zh: z.string().min(1).max(80), en: z.string().min(1).max(120) })
const FieldKey = z.string().max(40)
const Value = z.union([z.string().max(200), z.number(), z.boolean()])
/** A condition on a field; all of an indicator's conditions must hold. */
export const FieldFilter = z.union([
  z.strictObject({ field: FieldKey, in: z.array(Value).min(1).max(50) }),
  z.strictObject({ field: FieldKey, notIn: z.array(Value).min(1).max(50) }),
  z.strictObject({ field: FieldKey, empty: z.boolean() }),
  z.strictObject({
    field: FieldKey,
    atLeast: Value.optional(),
    atMost: Value.optional(),
    above: Value.optional(),
    below: Value.optional(),
  }),
])
export type FieldFilter = z.infer<typeof FieldFilter>

const head = {
  /** `ledgers.<template>.<name>`. */
  key: z
    .string()
    .regex(/^ledgers(\.[a-z0-9-]+)+$/)
    .max(120),
  name: Words,
  unit: z.string().min(1).max(20),
  decimals: z.int().min(0).max(4).optional(),
  qualifier: z.string().max(10).optional(),
  figures: z
    .array(z.string().regex(/^F-\d{3}$/))
    .max(100)
    .optional(),
  note: Words.optional(),
}
/** What is counted or summed over rows. */
export const Measure = z.union([
  z.strictObject({ count: z.literal('rows') }),
  z.strictObject({ distinct: FieldKey }),
  z.strictObject({ sum: FieldKey }),
  z.strictObject({ mean: FieldKey }),
  z.strictObject({ max: FieldKey }),
])
const rows = { measure: Measure, filters: z.array(FieldFilter).max(10).optional(), dimensions: z.array(FieldKey).max(6).optional() }

/** A figure over a ledger, written by its fields; `state` is the state, `made` the day of entry. Fields in it are among the offered ones. */
export const TemplateIndicator = z.discriminatedUnion('kind', [
  z.strictObject({ ...head, ...rows, kind: z.literal('stock'), from: FieldKey.optional(), until: FieldKey.optional() }),
  z.strictObject({ ...head, ...rows, kind: z.literal('flow'), on: FieldKey }),
  z.strictObject({ ...head, ...rows, kind: z.literal('cumulative'), on: FieldKey }),
  z.strictObject({ ...head, kind: z.literal('ratio'), part: z.string().max(120), base: z.string().max(120) }),
])
export type TemplateIndicator = z.infer<typeof TemplateIndicator>

/** Fields that an indicator needs; each must be offered, because figures are computed over the keys of records. */
export function fieldsOfIndicator(indicator: TemplateIndicator): string[] {
  if (indicator.kind === 'ratio') return []
  const measured = Object.entries(indicator.measure).flatMap(([name, key]) => (name === 'count' ? [] : [key]))
  const days = indicator.kind === 'stock' ? [indicator.from, indicator.until] : [indicator.on]
  const all = [...measured, ...days, ...(indicator.filters ?? []).map(({ field }) => field), ...(indicator.dimensions ?? [])]
  return all.filter((key) => key !== undefined).filter((key) => key !== 'state' && key !== 'made')
}
