import { z } from 'zod'
import { ListKind } from '../contract.ts'
import topicsFile from './petition-topics.json' with { type: 'json' }
import { shippedLimits, thresholdsWith } from './lead-limits.ts'

/** What a cell of a field is, so that the same value written in two ways is one value. */
export const FieldType = z.enum([
  'name',
  'idNumber',
  'phone',
  'place',
  'address',
  'amount',
  'count',
  'day',
  'word',
  'grade',
  'houseGrade',
  'yesNo',
  'code',
  'text',
])
export type FieldType = z.infer<typeof FieldType>

/** A field of a list: the labels under which it stands, whether a change of it makes a row "changed" and whether a reading needs it. */
export const ListField = z.strictObject({
  key: z.string(),
  type: FieldType,
  labels: z.array(z.string()).min(1),
  aliases: z.array(z.string()).default([]),
  /** Parts by which an unknown wording is still understood: all words joined by `+`, none of those after `!`. */
  parts: z.array(z.string()).default([]),
  pattern: z.enum(['idNumber', 'phone', 'day', 'money', 'count', 'name', 'yesNo']).optional(),
  codes: z.array(z.string()).optional(),
  business: z.boolean().default(false),
  fact: z.boolean().default(false),
})
export type ListField = z.infer<typeof ListField>

/** One kind of list. `key`: `person`, `place`, or the field that is the natural key of a row. `needs`: one field of each group must be there. */
export const ListKindPolicy = z.strictObject({
  kind: ListKind,
  zh: z.string(),
  en: z.string(),
  sender: z.string(),
  key: z.string(),
  needs: z.array(z.array(z.string()).min(1)).min(1),
  titleWords: z.array(z.string()),
  sameRowOnce: z.boolean().default(false),
  fields: z.array(ListField).min(1),
})
export type ListKindPolicy = z.infer<typeof ListKindPolicy>

export const ListKindsPolicy = z.strictObject({ effectiveFrom: z.string(), source: z.string(), kinds: z.array(ListKindPolicy) })

/** Words by which the trouble in a petition is recognised; data that a county may edit. */
export const PetitionTopics = z.strictObject({
  effectiveFrom: z.string(),
  source: z.string(),
  topics: z.array(z.strictObject({ topic: z.string(), words: z.array(z.string().min(1)) })),
  notTroubles: z.array(z.string()),
})
export type PetitionTopics = z.infer<typeof PetitionTopics>

const words = z.array(z.string().min(1))

/** Limits of the readings L01–L12, N08, N09. Money is yuan as in the file, days are days. Keys that no reading uses are notes. */
export const Thresholds = z.looseObject({
  as_of: z.record(z.string(), z.string()).optional(),
  leads: z.looseObject({
    L01: z.looseObject({ at_least_registered_or_monitored: z.number().min(0), at_least_others: z.number().min(0) }),
    L02: z.looseObject({ grades: words }),
    L03: z.looseObject({}),
    L04: z.looseObject({ states: words }),
    L05: z.looseObject({ months_at_least: z.number().min(0), states: words }),
    L06: z.looseObject({ grades: words, lived_in: z.string() }),
    L07: z.looseObject({ kinds: words }),
    L10: z.looseObject({ days_more_than: z.number().min(0) }),
    L11: z.looseObject({ days_more_than: z.number().min(0) }),
    L12: z.looseObject({ topics: words }),
  }),
  negative_flags: z.looseObject({
    N08: z.looseObject({ kinds: words, states: words }),
    N09: z.looseObject({ kinds: words, states: words }),
  }),
})
export type Thresholds = z.infer<typeof Thresholds>

export const petitionTopics: PetitionTopics = PetitionTopics.parse(topicsFile)
/** The limits that are shipped, in the form that a run keeps. */
export const defaultThresholds: Thresholds = Thresholds.parse(thresholdsWith(shippedLimits))
/** The day from which the shipped limits hold. */
export const defaultThresholdsFrom = '2023-01-01'
