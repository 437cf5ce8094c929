import * as z from 'zod'

const Words = z.strictObject({ zh: z.string().min(1).max(80), en: z.string().min(1).max(120) })
/** A column of a view: what is written into a query is one of these and stands in the view. */
const Column = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/)
const View = z.string().regex(/^[a-z][a-z0-9_]*\.v_[a-z0-9_]+$/)
const Value = z.union([z.string().max(200), z.number(), z.boolean()])

/** A condition on the rows of a view; all of a definition's conditions must hold. */
export const RowFilter = z.union([
  z.strictObject({ column: Column, in: z.array(Value).min(1).max(200) }),
  z.strictObject({ column: Column, notIn: z.array(Value).min(1).max(200) }),
  z.strictObject({ column: Column, atLeast: Value.optional(), atMost: Value.optional(), above: Value.optional(), below: Value.optional() }),
  z.strictObject({ column: Column, empty: z.boolean() }),
])
export type RowFilter = z.infer<typeof RowFilter>

/** What is measured of the rows. */
export const Measure = z.union([
  z.strictObject({ count: z.literal('rows') }),
  z.strictObject({ distinct: Column }),
  z.strictObject({ sum: Column }),
  z.strictObject({ mean: Column }),
  z.strictObject({ max: Column }),
])
export type Measure = z.infer<typeof Measure>

export const Dimension = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: Words,
  column: Column,
  /** What the codes in the column are called; a value without a word is shown as it stands. */
  words: z.record(z.string(), Words).optional(),
})
export type Dimension = z.infer<typeof Dimension>

const head = {
  /** `<module>.<name>`. */
  key: z
    .string()
    .regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/)
    .max(120),
  name: Words,
  unit: z.string().min(1).max(20),
  /** Decimals shown; R12 rounds half up. */
  decimals: z.int().min(0).max(4).default(0),
  /** A word of approximation that stands behind the number on paper (余, 多). */
  qualifier: z.string().max(10).optional(),
  /** Figures of the requirement that it answers. */
  figures: z
    .array(z.string().regex(/^F-\d{3}$/))
    .max(100)
    .optional(),
  mechanisms: z
    .array(z.string().regex(/^M-\d{3}$/))
    .max(20)
    .optional(),
  note: Words.optional(),
}
const rows = {
  view: View,
  measure: Measure,
  filters: z.array(RowFilter).max(20).default([]),
  dimensions: z.array(Dimension).max(12).default([]),
  /** What is shown of the rows behind the number, in this order; every documented column of the view when absent. */
  columns: z
    .array(z.strictObject({ column: Column, name: Words, words: z.record(z.string(), Words).optional() }))
    .max(24)
    .optional(),
  /** A closed register: `value` in `setting` opens it for the count; its rows are for these roles only. */
  closed: z
    .strictObject({ setting: z.string().regex(/^app\.[a-z_]+$/), value: z.string().max(200), rowsFor: z.array(z.string()).min(1) })
    .optional(),
  /** A view that shows of its closed rows only that there is one: `value` in `setting` opens it, for the count and for its rows. */
  opens: z.strictObject({ setting: z.string().regex(/^app\.[a-z_]+$/), value: z.string().max(200) }).optional(),
}

/** What stands on a day. `from` and `until` say since when and until when a row held; without them only today can be told. */
export const StockIndicator = z.strictObject({
  ...head,
  ...rows,
  kind: z.literal('stock'),
  from: Column.optional(),
  until: Column.optional(),
})
/** What happened within the period, by the day in column `on`. */
export const FlowIndicator = z.strictObject({ ...head, ...rows, kind: z.literal('flow'), on: Column })
/** What happened up to the end of the period. */
export const CumulativeIndicator = z.strictObject({ ...head, ...rows, kind: z.literal('cumulative'), on: Column })
/** Part of base, in percent: two other indicators of the same rows and period. No value for a base of 0 (R12). */
export const RatioIndicator = z.strictObject({ ...head, kind: z.literal('ratio'), part: z.string(), base: z.string() })

/** One indicator (design.md §9): one definition, computed everywhere in the same way. */
export const IndicatorDefinition = z.discriminatedUnion('kind', [StockIndicator, FlowIndicator, CumulativeIndicator, RatioIndicator])
export type IndicatorDefinition = z.infer<typeof IndicatorDefinition>
/** As it is written down, before defaults. */
export type IndicatorInput = z.input<typeof IndicatorDefinition>
/** An indicator that is measured of rows, not of two others. */
export type RowIndicator = Exclude<IndicatorDefinition, { kind: 'ratio' }>

/** What the codes of a column are called, by column. */
export type ColumnWords = Readonly<Record<string, Readonly<Record<string, { readonly zh: string; readonly en: string }>>>>

/** Reads definitions; the first that does not parse throws. `codes`: words of columns, given to the dimensions over them. */
export function readIndicators(inputs: readonly unknown[], codes: ColumnWords = {}): IndicatorDefinition[] {
  return inputs.map((input) => {
    const read = IndicatorDefinition.parse(input)
    if (read.kind === 'ratio') return read
    const dimensions = read.dimensions.map((one) => {
      const words = one.words ?? codes[one.column]
      return words === undefined ? one : { ...one, words }
    })
    return { ...read, dimensions }
  })
}
