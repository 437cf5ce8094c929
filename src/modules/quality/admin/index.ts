export { findingSlot, type FindingAction } from './finding-slot.ts'
