import * as z from 'zod'

/** Path of an area: digits, each segment ended by a dot. */
const AreaPath = z.string().regex(/^(\d+\.)+$/)
const Key = z.string().max(120)
/** `2023`, `2023H1`, `2023Q2`, `2023-06`, `2023-06-30`, `2023-01-01..2023-06-30`; this year when absent. */
const PeriodText = z.string().max(40)

/** By what a number is split: places below the area, or a dimension of the definition. */
export const GroupBy = z.union([z.enum(['township', 'village']), z.string().regex(/^by:[a-z][a-z0-9-]*$/)])
export type GroupBy = z.infer<typeof GroupBy>

export const ReadIndicators = z.strictObject({
  /** Keys with commas between them; all when absent. */
  keys: z.string().max(2000).optional(),
  period: PeriodText.optional(),
  area: AreaPath.optional(),
})
export type ReadIndicators = z.infer<typeof ReadIndicators>

export const ReadIndicator = z.strictObject({ period: PeriodText.optional(), area: AreaPath.optional(), by: GroupBy.optional() })
export type ReadIndicator = z.infer<typeof ReadIndicator>

export const FilterRows = z.strictObject({
  period: PeriodText.optional(),
  area: AreaPath.optional(),
  /** With `is`: only rows with this value of a dimension (`by:…`); an empty text is "without one". */
  by: z
    .string()
    .regex(/^by:[a-z][a-z0-9-]*$/)
    .optional(),
  is: z.string().max(200).optional(),
})
export type FilterRows = z.infer<typeof FilterRows>
export const ListRows = FilterRows.extend({
  after: z.string().max(600).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
export type ListRows = z.infer<typeof ListRows>
export const ExportRows = FilterRows.extend({ purpose: z.string().trim().min(2).max(200), format: z.enum(['xlsx', 'csv']).default('xlsx') })
export type ExportRows = z.infer<typeof ExportRows>
export const ExportIndicators = ReadIndicators.extend({
  purpose: z.string().trim().min(2).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportIndicators = z.infer<typeof ExportIndicators>
export const IndicatorKey = z.strictObject({ indicatorKey: Key })

/** Why there is no number. */
export type NoValue = 'base-zero' | 'not-kept-then' | 'not-yet' | 'not-here' | 'unknown-part'

interface Words {
  readonly zh: string
  readonly en: string
}

/** A number, exact, as text: `value` as computed, `shown` as it stands on paper with its word of approximation. */
export interface Figure {
  readonly value: string | null
  readonly shown: string | null
  readonly why?: NoValue
  /** Of a ratio: what stands above and below the line. */
  readonly part?: string
  readonly base?: string
}

export interface IndicatorFigure extends Figure {
  readonly key: string
  readonly name: Words
  readonly unit: string
  readonly kind: 'stock' | 'flow' | 'cumulative' | 'ratio'
  readonly note: Words | null
  readonly figures: readonly string[]
  readonly dimensions: readonly { readonly key: string; readonly name: Words }[]
}

/** A number of one group: a place by its path, or a value of a dimension; `''` is "without one". */
export interface GroupFigure extends Figure {
  readonly group: string
  readonly name: Words
}

export interface IndicatorsOfArea {
  /** The day on which it was asked. */
  readonly today: string
  readonly period: { readonly text: string; readonly from: string; readonly to: string }
  readonly area: { readonly path: string; readonly name: string }
  readonly indicators: readonly IndicatorFigure[]
  readonly can: { readonly export: boolean }
}

export interface IndicatorOfArea extends Omit<IndicatorsOfArea, 'indicators'> {
  readonly indicator: IndicatorFigure
  readonly groups: readonly GroupFigure[] | null
  /** For rows, sums and counts: whether the groups add up to the whole. Null where they need not (distinct, mean, largest, ratio). */
  readonly addsUp: boolean | null
  readonly rows: boolean
}

/** A row behind a number: columns of the view, as text. */
export interface IndicatorRow {
  readonly rowId: string
  readonly areaPath: string
  readonly place: string
  readonly householdId: string | null
  /** Head and number of the household that the row belongs to. */
  readonly head: string
  readonly householdNo: string
  readonly cells: readonly string[]
}

export interface IndicatorRows {
  /** `words`: what its codes are called. */
  readonly columns: readonly { readonly key: string; readonly name: Words; readonly words?: Readonly<Record<string, Words>> }[]
  readonly items: readonly IndicatorRow[]
  readonly next?: string
}
