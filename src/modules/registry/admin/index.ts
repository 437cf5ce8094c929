export { householdSlot, type HouseholdPanel } from './household-slot.ts'
export { nameField, writeValue } from './fact-text.ts'
