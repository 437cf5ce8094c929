export { householdSlot, type HouseholdPanel } from './household-slot.ts'
