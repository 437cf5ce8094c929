import { z } from 'zod'
import nationalFile from './national.json' with { type: 'json' }
import { findField } from './policy.ts'

const NationalKind = z.enum(['monitoring', 'building', 'work', 'planned-work', 'village'])
/** An export of the national system. */
export type NationalKind = z.infer<typeof NationalKind>
export const Severity = z.enum(['high', 'middle', 'low'])
export type Severity = z.infer<typeof Severity>

const Policy = z.strictObject({
  effectiveFrom: z.string(),
  source: z.string(),
  explanation: z.string(),
  order: z.array(NationalKind),
  fullLists: z.array(NationalKind),
  notCompared: z.array(z.string()),
  severity: z.strictObject({ high: z.array(z.string()), low: z.array(z.string()) }),
})
const policy = Policy.parse(nationalFile)
const severities = new Map<string, Severity>([
  ...policy.severity.high.map((key) => [key, 'high'] as const),
  ...policy.severity.low.map((key) => [key, 'low'] as const),
])
const notCompared = new Set(policy.notCompared)

/** The exports, in the order in which they are named when they speak of the same day. */
export const nationalKinds: readonly NationalKind[] = policy.order
/** Exports that list all members of the households they hold. */
export const fullListKinds: readonly NationalKind[] = policy.fullLists

/** How much a difference of a field matters; `''` is that a person is added or removed. */
export function severityOf(field: string): Severity {
  return field === '' ? 'high' : (severities.get(field) ?? 'middle')
}

/** Whether a cell of a field is compared with the register. */
export function isCompared(key: string): boolean {
  const field = findField(key)
  return field !== undefined && field.type !== 'area' && !notCompared.has(key)
}
