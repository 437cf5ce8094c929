/** Versions of what authorities decided, which of them is in force where and when, and the way from a draft to publication. Decision 0019. */
export { changeDraft, publishVersion, startDraft, stepVersion, type Step } from './change-version.ts'
export { policyErrors } from './errors.ts'
export { areaPathOf } from './pick-version.ts'
export {
  hashOf,
  loosenedBy,
  makePolicies,
  openPolicies,
  policiesFor,
  policyFor,
  versionById,
  versionsOf,
  type Policies,
} from './policies.ts'
export type {
  Asked,
  CheckedDraft,
  Latitude,
  Loosened,
  PolicyInForce,
  PolicyKind,
  PolicyProblem,
  PolicyValue,
  PolicyVersion,
  ShippedVersion,
  ValueInForce,
  VersionState,
} from './policy.ts'
export { findAreas, listEvents, openVersionCounts, type DraftText } from './version-store.ts'
