import type { ServerPlug } from '#kernel/server/http/index.ts'
import { indicatorsErrorWords } from '../rules/error-words.ts'
import { indicatorRoutes } from './routes.ts'
import type { IndicatorSource } from './sources.ts'

// What the command line does before anybody is logged in.
export { readIndicators } from './read-indicators.ts'

/** Figures over what the other modules publish; `sources` are their plugs' `indicators`. */
export function makeIndicatorsPlug(parts: { sources: readonly IndicatorSource[]; filesDirectory: string }): ServerPlug {
  return { name: 'indicators', errorWords: indicatorsErrorWords, routes: indicatorRoutes(parts) }
}
