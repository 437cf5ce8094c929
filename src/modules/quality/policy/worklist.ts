import * as z from 'zod'
import written from './worklist.json' with { type: 'json' }

/** How long mending may take and how long an exception may hold. Days are counted from the day after. */
const WorklistPolicy = z.strictObject({
  version: z.string(),
  /** First day on which this version holds. */
  from: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  area: z.string(),
  /** `working`: Saturdays, Sundays and public holidays do not count, make-up days do. `calendar`: every day counts. */
  calendar: z.enum(['working', 'calendar']),
  /** From sending to the answer. */
  fixDays: z.int().min(1).max(90),
  /** From the grant of an exception to its last day, at most, in calendar days. */
  longestExceptionDays: z.int().min(1).max(1500),
  /** A change that touches more households than this is followed by a whole check. */
  partHouseholds: z.int().min(1),
  unit: z.literal('day'),
  document: z.string(),
  clause: z.string(),
  note: z.string().optional(),
})
export type WorklistPolicy = z.infer<typeof WorklistPolicy>

const versions = z.array(WorklistPolicy).min(1).parse(written.versions)

/** The policy in force on a day; before the first version its days hold. */
export function worklistPolicyOn(day: string): WorklistPolicy {
  const inForce = versions.filter((version) => version.from <= day).sort((one, other) => (one.from < other.from ? 1 : -1))
  const found = inForce[0] ?? versions[0]
  if (found === undefined) throw new Error('worklist.json holds no version')
  return found
}
