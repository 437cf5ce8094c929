import * as z from 'zod'
import written from './rest-of-reasons.json' with { type: 'json' }

/** When a dismissed reason speaks again. Without `least` the rule has no number. */
export const RestRule = z.strictObject({
  share: z.number().min(0).optional(),
  least: z.number().min(0).optional(),
  facts: z.array(z.string()),
})
export type RestRule = z.infer<typeof RestRule>

const Version = z.strictObject({
  version: z.string(),
  from: z.iso.date(),
  area: z.string(),
  document: z.string(),
  note: z.string().optional(),
  rules: z.record(z.string(), RestRule),
})
const versions = z.array(Version).min(1).parse(written.versions)

/** The rule of rest on a day; a rule of leads that the policy does not name rests while all its facts are the same. */
export function restRuleOn(day: string, rule: string): RestRule {
  const inForce = versions.filter((version) => version.from <= day).sort((one, other) => (one.from < other.from ? 1 : -1))
  return (inForce[0] ?? versions[0])?.rules[rule] ?? { facts: ['*'] }
}
