export { householdSlot, type HouseholdPanel } from './household-slot.ts'
export { WaterfallTable } from './duplicate-waterfall.tsx'
