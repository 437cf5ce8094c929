import * as z from 'zod'
import written from './lead-deadlines.json' with { type: 'json' }

/** How long each step of a lead may take. Days are counted from the day after the step before. */
const LeadDeadlines = z.strictObject({
  version: z.string(),
  /** First day on which this version holds. */
  from: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  area: z.string(),
  /** `working`: Saturdays, Sundays and public holidays do not count, make-up days do. `calendar`: every day counts. */
  calendar: z.enum(['working', 'calendar']),
  /** From sending to the answer of a visit. */
  answerDays: z.int().min(1).max(90),
  /** From sending an answer back to the second answer. */
  againDays: z.int().min(1).max(90),
  /** For the township, from a lead that a village handed back. */
  handleDays: z.int().min(1).max(90),
  unit: z.literal('day'),
  document: z.string(),
  clause: z.string(),
  note: z.string().optional(),
})
export type LeadDeadlines = z.infer<typeof LeadDeadlines>

const versions = z.array(LeadDeadlines).min(1).parse(written.versions)

/** The deadlines in force on a day; before the first version its days hold. */
export function leadDeadlinesOn(day: string): LeadDeadlines {
  const inForce = versions.filter((version) => version.from <= day).sort((one, other) => (one.from < other.from ? 1 : -1))
  const found = inForce[0] ?? versions[0]
  if (found === undefined) throw new Error('lead-deadlines.json holds no version')
  return found
}
