export { checkQuality, type CheckQualityInput, type QualityCheck } from './run-check.ts'
export { listRules } from './run-rules.ts'
