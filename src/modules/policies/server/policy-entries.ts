import type { PolicyEntry } from '../policy/policy.ts'
import { shippedPolicies } from './shipped.ts'

/** What the index says of a policy; `undefined` for a key that is none. */
export function findEntry(key: string): PolicyEntry | undefined {
  return shippedPolicies().find((one) => one.entry.key === key)?.entry
}

/** Keys of all policies of a form. */
export function keysOf(form: PolicyEntry['form']): string[] {
  return shippedPolicies().flatMap(({ entry }) => (entry.form === form ? [entry.key] : []))
}
