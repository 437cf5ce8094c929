export {
  compiledTable,
  decideOne,
  decideWith,
  openTables,
  type AskedPolicy,
  type CompiledPolicy,
  type TriedText,
} from './compiled-policy.ts'
export { areasWithOwn, parametersFor, policyFor } from './policy-for.ts'
export { findEntry } from './policy-entries.ts'
export { shippedPolicies, type ShippedPolicy } from './shipped.ts'
export { loadSubjects } from './fact-load.ts'
export { factsOf, factsOfHouseholds, factsOfPersons } from './fact-households.ts'
export { factTypes } from './fact-types.ts'
export type { AskSubjects, LoadedSubjects } from './fact-subjects.ts'
export { whenPolicyPublished, type NotePublished } from './when-published.ts'
export { explainFacts } from './why-record.ts'
