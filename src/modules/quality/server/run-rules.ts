import type { RuleInfo } from '../contract.ts'
import { listRulesOn } from '../rules/catalogue.ts'

/** The rules that hold on a day (YYYY-MM-DD), in the order of their numbers, with their limits. */
export function listRules(asOf: string): RuleInfo[] {
  return listRulesOn(asOf)
}
