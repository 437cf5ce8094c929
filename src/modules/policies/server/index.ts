export { compiledTable, decideOne, decideWith, type AskedPolicy, type CompiledPolicy, type TriedText } from './compiled-policy.ts'
export { countyPolicies, findEntry } from './county-policies.ts'
export { areasWithOwn, policyFor, parametersFor } from './policy-for.ts'
export { shippedPolicies, type ShippedPolicy } from './shipped.ts'
