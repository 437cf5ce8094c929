export { householdSlot, type HouseholdPanel } from './household-slot.ts'
export { WaterfallTable } from './duplicate-waterfall.tsx'
export { listTags } from './tag-words.ts'
