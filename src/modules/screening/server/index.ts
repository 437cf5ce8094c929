export { listOpenLeadHouseholds } from './open-lead-store.ts'
export { leadPolicies } from './lead-policies.ts'
