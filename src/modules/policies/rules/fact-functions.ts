import type { HouseholdFact } from './fact.ts'
import { helpFacts } from './fact-help.ts'
import { incomeFacts } from './fact-income.ts'
import { livingFacts } from './fact-living.ts'
import { memberFacts } from './fact-members.ts'
import { monitoringFacts } from './fact-monitoring.ts'

export { personFacts } from './fact-person.ts'
export { villageFacts } from './fact-village.ts'

/** Facts of a household by name: one pure function over one row's values each. */
export const householdFacts: Readonly<Record<string, HouseholdFact>> = {
  ...livingFacts,
  ...monitoringFacts,
  ...memberFacts,
  ...incomeFacts,
  ...helpFacts,
}
