export { checkQuality, type CheckQualityInput, type QualityCheck } from './run-check.ts'
export { sayFindings, type SaidFinding } from './finding-door.ts'
export { listRules } from './run-rules.ts'
