import { readIndicators } from '#kernel/pure/indicators/index.ts'
import { campaignKindWords, conclusionWords, sourceWords, targetStateWords } from '../rules/survey-words.ts'
import file from './indicators.json' with { type: 'json' }

/** Figures that the module publishes over its views (docs/decisions/0035). */
export const surveysIndicators = readIndicators(file.indicators, {
  kind: campaignKindWords,
  state: targetStateWords,
  source: sourceWords,
  conclusion: conclusionWords,
})
