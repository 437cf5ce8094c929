/** Definitions of indicators and the periods they are asked for; shared by every module that publishes figures. Decision 0035. */
export {
  IndicatorDefinition,
  Measure,
  RowFilter,
  readIndicators,
  type Dimension,
  type ColumnWords,
  type IndicatorInput,
  type RowIndicator,
} from './definition.ts'
export { readPeriod, yearBefore, type Period } from './period.ts'
export { showRatio } from './show-ratio.ts'
