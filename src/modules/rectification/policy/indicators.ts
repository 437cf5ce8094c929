import { readIndicators } from '#kernel/pure/indicators/index.ts'
import file from './indicators.json' with { type: 'json' }

/** Figures that the module publishes over its views (docs/decisions/0035). */
export const rectificationIndicators = readIndicators(file.indicators, file.codes)
