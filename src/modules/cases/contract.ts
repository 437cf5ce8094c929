import * as z from 'zod'

/** Day `YYYY-MM-DD`. */
const DayText = z.iso.date()
/** Path of an area: digits, each segment ended by a dot. */
const AreaPath = z.string().regex(/^(\d+\.)+$/)
const Word = z.string().max(100)

/** Announced when a classification was kept that differs from the one before; which households is in the rows, not here. */
export const ClassificationChanged = z.strictObject({
  runId: z.uuid(),
  asOf: DayText,
  added: z.number().int(),
  changed: z.number().int(),
  ended: z.number().int(),
})
export type ClassificationChanged = z.infer<typeof ClassificationChanged>
export const classificationChanged = { name: 'cases.classification-changed', payload: ClassificationChanged } as const

/** What is told of a case: no names; who listens reads the case under his own scope. */
const AboutCase = z.strictObject({ caseId: z.uuid(), householdId: z.uuid(), round: z.number().int(), on: DayText })
export const caseOpened = { name: 'cases.opened', payload: AboutCase.extend({ source: z.string() }) } as const
export const caseIdentified = {
  name: 'cases.identified',
  payload: AboutCase.extend({ kind: z.string(), risks: z.array(z.string()) }),
} as const
export const caseEliminated = { name: 'cases.eliminated', payload: AboutCase } as const
export const caseReverted = { name: 'cases.reverted', payload: AboutCase } as const
export const caseRelapsed = { name: 'cases.relapsed', payload: AboutCase } as const
export const caseEnded = { name: 'cases.ended', payload: AboutCase.extend({ outcome: z.string() }) } as const

/** The word that chooses households without a result of a column. */
export const withoutResult = '-'

/** Which households a list or a count holds. A word of a column chooses that result, `withoutResult` those that have none. */
export const FilterClassification = z.strictObject({
  /** The day of which the kept classification is read; today's when absent. */
  asOf: DayText.optional(),
  area: AreaPath.optional(),
  layer: Word.optional(),
  labourClass: Word.optional(),
  kind: Word.optional(),
  card: Word.optional(),
  advice: Word.optional(),
  alert: Word.optional(),
  inExport: z.stringbool().optional(),
  /** Only households whose row began with this run: what changed by it. */
  runId: z.uuid().optional(),
})
export type FilterClassification = z.infer<typeof FilterClassification>

export const ListClassification = FilterClassification.extend({
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
export type ListClassification = z.infer<typeof ListClassification>

export const ReadClassCounts = z.strictObject({ asOf: DayText.optional(), under: AreaPath.optional() })
export type ReadClassCounts = z.infer<typeof ReadClassCounts>

export const ExportClassification = FilterClassification.extend({
  purpose: z.string().trim().min(2).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportClassification = z.infer<typeof ExportClassification>

export const StartClassification = z.strictObject({})
export type StartClassification = z.infer<typeof StartClassification>

/** Results of a column with their counts; `''` is undecided. */
export type WordCounts = Readonly<Record<string, number>>

/** What was counted of one place; every column's counts add up to `households`. */
export interface ClassCountsOfPlace {
  readonly areaPath: string
  readonly name: string
  readonly households: number
  readonly inExport: number
  readonly layer: WordCounts
  readonly labourClass: WordCounts
  readonly kind: WordCounts
  readonly card: WordCounts
  readonly alert: WordCounts
  /** `layer · class` → households, with `''` for undecided. */
  readonly cells: readonly { readonly layer: string; readonly labourClass: string; readonly count: number }[]
}

export interface ClassCounts {
  readonly asOf: string
  readonly under: { readonly path: string; readonly name: string; readonly parentPath: string | null } | null
  readonly places: readonly ClassCountsOfPlace[]
  readonly sum: ClassCountsOfPlace
  /** Columns whose counts are not the households: empty when everything adds up. */
  readonly imbalance: readonly string[]
  readonly last: ClassificationRun | null
  readonly running: ClassificationRun | null
  readonly can: { readonly run: boolean; readonly export: boolean }
}

/** A classification that was kept. `households` = `added` + `changed` + `renewed` + `still`. */
export interface ClassificationRun {
  readonly runId: string
  readonly kind: 'whole' | 'part'
  readonly state: 'running' | 'done' | 'failed'
  readonly asOf: string
  readonly households: number
  readonly added: number
  readonly changed: number
  /** The same result from another version or row of a table. */
  readonly renewed: number
  readonly still: number
  readonly ended: number
  readonly fault: string | null
  readonly startedName: string
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly tookMs: number
  readonly tables: readonly RunTable[]
}

/** A table that judged, or why it did not. */
export interface RunTable {
  readonly column: string
  readonly key: string
  readonly hash: string
  readonly versions: readonly { readonly key: string; readonly versionId: string; readonly hash: string }[]
  /** Code of the refusal of a table that is not in force. */
  readonly notInForce?: string
}

/** What a household is. Null: in none, or undecided for want of `missing`. */
export interface ClassificationRow {
  readonly householdId: string
  readonly areaPath: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly layer: string | null
  readonly labourClass: string | null
  readonly kind: string | null
  readonly card: string | null
  readonly advice: string | null
  readonly alert: string | null
  readonly inExport: boolean
  /** `column:fact`. */
  readonly missing: readonly string[]
}

/** A household of the list with what people know it by. */
export interface ClassificationCard extends ClassificationRow {
  readonly householdNo: string
  readonly headName: string | null
  readonly township: string
  readonly village: string
}

/** One stretch of a household's history, with what it stands on. */
export interface ClassificationStretch extends ClassificationRow {
  readonly facts: readonly { readonly name: string; readonly value: string | number | boolean | null | readonly string[] }[]
  /** Rows that fired, counted from 1. */
  readonly fired: readonly (RunTable & { readonly rows: string; readonly zh: string; readonly en: string })[]
  readonly factsHash: string
}

export interface ClassificationHistory {
  readonly householdId: string
  readonly stretches: readonly ClassificationStretch[]
}
