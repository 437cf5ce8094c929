import * as z from 'zod'
import { largestPage } from '#kernel/pure/paging/index.ts'
import { inspectionKinds } from './inspection-kinds.ts'
import { Due, UnitRef } from './problem-requests.ts'

const text = (most: number) => z.string().trim().max(most)
const Day = z.iso.date()

export const AddTeam = z.strictObject({
  name: text(60).min(2),
  members: z
    .array(z.strictObject({ name: text(40).min(1), unit: text(60).default('') }))
    .min(1)
    .max(200),
  fromOn: Day,
  untilOn: Day.optional(),
})
export type AddTeam = z.infer<typeof AddTeam>

/** One inspection of each unit; of a cross-check each unit is looked at by another one of the list. */
export const PlanInspections = z.strictObject({
  campaignId: z.uuid(),
  kind: z.enum(inspectionKinds),
  units: z.array(UnitRef).min(1).max(500),
  plannedOn: Day,
  teamId: z.uuid().optional(),
  /** The leader, or who looks where no team does. */
  checkerName: text(60).default(''),
  /** What is looked at; the county's list of the kind where none is named. */
  topics: z.array(text(60).min(1)).max(30).default([]),
  /** A patrol that a higher level makes (提级巡察). */
  isUpgraded: z.boolean().default(false),
})
export type PlanInspections = z.infer<typeof PlanInspections>

/** What was seen. Each item that is not fine and each finding is one problem. */
export const RecordInspection = z.strictObject({
  inspectedOn: Day,
  methods: z.array(text(40).min(1)).max(10).default([]),
  note: text(1000).default(''),
  items: z
    .array(z.strictObject({ item: text(60).min(1), isFine: z.boolean(), note: text(500).default('') }))
    .max(100)
    .default([]),
  findings: z
    .array(
      z.strictObject({
        class: text(60).min(1),
        description: text(2000).min(2),
        householdId: z.uuid().optional(),
        subject: text(60).optional(),
      }),
    )
    .max(100)
    .default([]),
  /** Handed on at once to the unit that was looked at (现场交办). */
  handOn: z.strictObject({ headName: text(40).min(1), due: Due }).optional(),
})
export type RecordInspection = z.infer<typeof RecordInspection>

const filters = {
  campaignId: z.uuid().optional(),
  kind: z.enum(inspectionKinds).optional(),
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
  /** `open`: not made yet. */
  view: z.enum(['planned', 'made']).optional(),
}
export const ListInspections = z.strictObject({
  ...filters,
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(largestPage).default(50),
})
export type ListInspections = z.infer<typeof ListInspections>
export const ExportInspections = z.strictObject({
  ...filters,
  purpose: z.string().trim().min(4).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportInspections = z.infer<typeof ExportInspections>

/** Which unit missed which month. */
export const ReadMonths = z.strictObject({
  kind: z.enum(['party-review', 'monthly']),
  from: z.string().regex(/^\d{4}-\d{2}$/),
  to: z.string().regex(/^\d{4}-\d{2}$/),
})
export type ReadMonths = z.infer<typeof ReadMonths>
