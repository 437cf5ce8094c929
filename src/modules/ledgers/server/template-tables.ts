import { printType } from '#kernel/pure/expressions/index.ts'
import { findEntry } from '#modules/policies/server/index.ts'
import type { TableToAsk } from '../rules/template-records.ts'
import { knownPolicies } from './known-policies.ts'

/** The decision tables that a field may be decided by: what each must know, and what it says. */
export function tablesToAsk(): { items: TableToAsk[] } {
  const items = [...knownPolicies().values()].map(({ key, facts, outputs }): TableToAsk => {
    const entry = findEntry(key)
    const named = (types: typeof facts) => Object.entries(types).map(([name, type]) => ({ name, type: printType(type) }))
    return { key, name: { zh: entry?.zh ?? key, en: entry?.en ?? key }, facts: named(facts), outputs: named(outputs) }
  })
  return { items }
}
