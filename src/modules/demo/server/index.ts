export { generateCounty, type GenerateOptions, type GenerateProgress, type GenerateReceipt } from './generate-county.ts'
