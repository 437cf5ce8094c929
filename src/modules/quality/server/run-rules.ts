import type { RuleInfo } from '../contract.ts'

/** The rules that hold on a day, in the order of their numbers, with their limits. */
export function listRules(_asOf: string): RuleInfo[] {
  return []
}
