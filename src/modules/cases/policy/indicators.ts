import { readIndicators } from '#kernel/pure/indicators/index.ts'
import { outcomeWords, sourceWords, stateWords, stepWords } from '../rules/case-words.ts'
import file from './indicators.json' with { type: 'json' }

/** Figures that the module publishes over its views (docs/decisions/0035). */
export const casesIndicators = readIndicators(file.indicators, {
  step: stepWords,
  state: stateWords,
  source: sourceWords,
  outcome: outcomeWords,
})
