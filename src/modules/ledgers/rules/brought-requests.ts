import * as z from 'zod'

const Key = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(40)

/**
 * POST …/work-out (a question): how a record would be with these values, if it were written now; nothing is written. `recordId`: of a record that
 * stands, only the fields that change.
 */
export const WorkOut = z.strictObject({
  values: z.record(Key, z.unknown()),
  recordId: z.uuid().optional(),
  areaPath: z
    .string()
    .regex(/^(\d+\.){1,7}$/)
    .optional(),
})
export type WorkOut = z.infer<typeof WorkOut>
