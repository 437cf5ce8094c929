import { z } from 'zod'
import { RuleId, RuleNeed, RuleOwner, RuleReach, RuleSubject, RuleTopic, Severity } from '../contract.ts'
import linesFile from './lines.json' with { type: 'json' }
import clearing from './rules/clearing.json' with { type: 'json' }
import contact from './rules/contact.json' with { type: 'json' }
import family from './rules/family.json' with { type: 'json' }
import identity from './rules/identity.json' with { type: 'json' }
import income from './rules/income.json' with { type: 'json' }
import insurance from './rules/insurance.json' with { type: 'json' }
import labour from './rules/labour.json' with { type: 'json' }
import living from './rules/living.json' with { type: 'json' }
import measures from './rules/measures.json' with { type: 'json' }
import posts from './rules/posts.json' with { type: 'json' }
import risk from './rules/risk.json' with { type: 'json' }
import schooling from './rules/schooling.json' with { type: 'json' }
import village from './rules/village.json' with { type: 'json' }
import work from './rules/work.json' with { type: 'json' }

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/**
 * One rule, or one version of it: the same number may stand several times with other days and other limits.
 * `from` is the first day on which it holds, `to` the last.
 */
const RulePolicy = z.strictObject({
  rule: RuleId,
  ref: z.string(),
  severity: Severity,
  subject: RuleSubject,
  reach: RuleReach,
  owner: RuleOwner,
  needs: z.array(RuleNeed),
  reads: z.array(z.string()),
  from: Day,
  to: Day.optional(),
  zh: z.string(),
  en: z.string(),
  fix: z.strictObject({ zh: z.string(), en: z.string() }),
  limits: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
})
const TopicPolicy = z.strictObject({ topic: RuleTopic, source: z.string(), rules: z.array(RulePolicy) })

export type RulePolicy = z.infer<typeof RulePolicy> & { topic: RuleTopic }

const files = [identity, family, schooling, labour, insurance, living, contact, income, risk, measures, clearing, work, posts, village]

/** All versions of all rules, in the order of their numbers; checked when the program starts. */
export const rulePolicies: readonly RulePolicy[] = files
  .flatMap((file) => {
    const { topic, rules } = TopicPolicy.parse(file)
    return rules.map((rule) => ({ ...rule, topic }))
  })
  .sort((one, other) => (one.rule < other.rule ? -1 : one.rule > other.rule ? 1 : one.from < other.from ? -1 : 1))

/** Columns that an export may do without: an absent one is as good as an empty one. */
export const mayLack: ReadonlySet<string> = new Set([
  'regionCode',
  'riskType2',
  'riskType3',
  'riskType4',
  'riskType5',
  'measureFinance',
  'measureRelocation',
  'measureLivingConditions',
  'measureInfrastructure',
])

const lines = z
  .strictObject({
    source: z.string(),
    lines: z.array(z.strictObject({ area: z.string(), year: z.number().int(), yuan: z.number(), document: z.string() })),
  })
  .parse(linesFile).lines

/** The monitoring line that holds for a county on a day: that of the year, else the newest before it; `undefined` where none is known. */
export function lineOf(countyCode: string, asOf: string): { year: number; yuan: number; document: string } | undefined {
  const year = Number(asOf.slice(0, 4))
  return lines
    .filter((line) => countyCode.startsWith(line.area) && line.year <= year)
    .toSorted((one, other) => other.year - one.year || other.area.length - one.area.length)[0]
}
