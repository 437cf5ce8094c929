import * as z from 'zod'

const AreaPath = z.string().regex(/^(\d+\.)+$/)

export const ReadExitGate = z.strictObject({ mode: z.enum(['helped', 'natural']).optional() })
export type ReadExitGate = z.infer<typeof ReadExitGate>

const FilterUnstable = z.strictObject({ area: AreaPath.optional() })

/** One page; pages may be short, because households that stand well are left out of them. */
export const ListUnstable = FilterUnstable.extend({
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
export type ListUnstable = z.infer<typeof ListUnstable>

export const ExportUnstable = FilterUnstable.extend({
  purpose: z.string().trim().min(2).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportUnstable = z.infer<typeof ExportUnstable>
