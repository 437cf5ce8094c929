/** The plug: nothing here runs by itself; the command line and the demo start call the generator. */
export { generateCounty, type GenerateOptions, type GenerateProgress, type GenerateReceipt } from './generate-county.ts'
export { randomFrom } from '../rules/random.ts'
