export { makeAreaNames, groupKey, tidyPlace, townshipKey, villageKey, type AreaNames } from './area-names.ts'
export { readAreaSheet } from './area-sheet.ts'
export type { CountedPlace } from './plan-area-places.ts'
