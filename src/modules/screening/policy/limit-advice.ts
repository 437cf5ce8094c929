import * as z from 'zod'
import type { Thresholds } from './policy.ts'
import written from './limit-advice.json' with { type: 'json' }

/** A limit that is a number: where it stands in the thresholds and how it is held against a value. */
const Limit = z.strictObject({
  key: z.string(),
  rule: z.string(),
  band: z.enum(['concern', 'others']).optional(),
  field: z.string(),
  compare: z.enum(['at-least', 'more-than']),
  step: z.number().positive(),
  unit: z.enum(['yuan', 'month', 'day']),
})
export type LimitPolicy = z.infer<typeof Limit>

const Version = z.strictObject({
  version: z.string(),
  from: z.iso.date(),
  area: z.string(),
  document: z.string(),
  note: z.string().optional(),
  leastAnswers: z.int().min(1),
  leastRight: z.int().min(1),
  recallAtLeast: z.number().min(0).max(1),
  limits: z.array(Limit),
})
export type LimitAdvicePolicy = z.infer<typeof Version>
const versions = z.array(Version).min(1).parse(written.versions)

/** How limits are recommended on a day. */
export function limitAdviceOn(day: string): LimitAdvicePolicy {
  const inForce = versions.filter((version) => version.from <= day).sort((one, other) => (one.from < other.from ? 1 : -1))
  const found = inForce[0] ?? versions[0]
  if (found === undefined) throw new Error('limit-advice.json holds no version')
  return found
}

/** The limit as it stands in thresholds; undefined where they have none. */
export function limitIn(thresholds: Thresholds, limit: LimitPolicy): number | undefined {
  const rules: Readonly<Record<string, unknown>> = thresholds.leads
  const rule = rules[limit.rule]
  const value: unknown = typeof rule === 'object' && rule !== null ? Reflect.get(rule, limit.field) : undefined
  return typeof value === 'number' ? value : undefined
}

/** The thresholds with this one limit changed. */
export function withLimit(thresholds: Thresholds, limit: LimitPolicy, value: number): Thresholds {
  const rules: Readonly<Record<string, unknown>> = thresholds.leads
  const rule = rules[limit.rule]
  const changed = { ...(typeof rule === 'object' ? rule : {}), [limit.field]: value }
  // Safe: only a number has been put where a number stood.
  return { ...thresholds, leads: { ...thresholds.leads, [limit.rule]: changed } } as Thresholds
}
