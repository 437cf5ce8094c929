import { z } from 'zod'

const share = z.number().min(0).max(1)
const weighted = <T extends z.ZodType>(item: T) => z.array(z.tuple([item, z.number().positive()])).min(1)

/** What an invented county looks like. Shares are parts of one; amounts are yuan as the departments write them. */
export const DemoPolicy = z.object({
  /** Share of households that are 脱贫户. */
  registeredShare: share,
  monitoredShareOfRegistered: share,
  monitoredShareOfOthers: share,
  householdSizes: weighted(z.number().int().min(1).max(8)),
  disabilityKinds: weighted(z.string()),
  disabilityGrades: weighted(z.string()),
  /** Rows of each list per 1,000 households. */
  rowsPerThousand: z.record(z.string(), z.number().positive()),
  /** How a row's identity number is spoilt: shares of all rows (the rest is clean). */
  idDirt: z.record(z.string(), share),
  /** How a row's name is spoilt. */
  nameDirt: z.record(z.string(), share),
  /** Share of rows about people who are not in the register, of duplicates, and of rows with a homonym in the same village. */
  outsiders: share,
  duplicates: share,
  homonyms: share,
  /** From month to month: share of rows that vanish, change, and come new. */
  vanished: share,
  changed: share,
  fresh: share,
  /** The layouts, dirt and volumes of a seed are drawn within 1/swing to swing times these figures. */
  swing: z.number().min(1),
  /** Limits of the truth; written to thresholds.json. */
  limits: z.object({
    medicalRegisteredYuan: z.number(),
    medicalOthersYuan: z.number(),
    jobMonths: z.number(),
    waterDays: z.number(),
    overdueDays: z.number(),
    incomeLineYuan: z.number(),
  }),
})
export type DemoPolicy = z.infer<typeof DemoPolicy>

/** The policy with the year by which ages are counted (the year of the first month of lists). */
export type YearPolicy = DemoPolicy & { year: number }
