export { listAuthorisationRows } from './authorisation-store.ts'
export { listOpenLeadHouseholds } from './open-lead-store.ts'
export { listMatchedFacts, listOpenLeads, type MatchedFacts, type OpenLead } from './household-facts-store.ts'
export { leadPolicies } from './lead-policies.ts'
