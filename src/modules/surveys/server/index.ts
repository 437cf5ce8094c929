export { whoNarrows, type PopulationNarrower } from './population-filters.ts'
