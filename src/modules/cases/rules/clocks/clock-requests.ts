import * as z from 'zod'
import { clockKinds, clockParties, limitKinds } from './clock-kinds.ts'

const AreaPath = z.string().regex(/^(\d+\.)+$/)

/** Which clocks a list holds: running ones that have a limit, the nearest due day first. */
export const FilterClocks = z.strictObject({
  area: AreaPath.optional(),
  kind: z.enum(clockKinds).optional(),
  limit: z.enum(limitKinds).optional(),
  party: z.enum(clockParties).optional(),
  /** Due today or within so many natural days. */
  dueWithin: z.coerce.number().int().min(0).max(366).optional(),
  /** Past its due day. */
  overdue: z.stringbool().optional(),
  /** Of cases that the caller's own office holds. */
  mine: z.stringbool().optional(),
  /** Held by a pause. */
  paused: z.stringbool().optional(),
  /** Whose due day may still move, because a year on its way is not known. */
  unknownYear: z.stringbool().optional(),
  /** Expected to be late at today's pace: within the next seven days, or after. */
  breach: z.enum(['week', 'later']).optional(),
  /** Of which the caller's office was reminded: its own, or what is over below it. */
  reminded: z.enum(['own', 'below']).optional(),
})
export type FilterClocks = z.infer<typeof FilterClocks>

export const ListClocks = FilterClocks.extend({
  after: z.string().max(400).optional(),
  pageSize: z.coerce.number().int().min(1).max(200).optional(),
})
export type ListClocks = z.infer<typeof ListClocks>

export const ExportClocks = FilterClocks.extend({
  purpose: z.string().trim().min(2).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportClocks = z.infer<typeof ExportClocks>

/** Under which place; the caller's own when absent. */
export const AskForecast = z.strictObject({ under: AreaPath.optional() })
export type AskForecast = z.infer<typeof AskForecast>
