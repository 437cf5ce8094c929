export { listOpenLeadHouseholds } from './open-lead-store.ts'
