export { leadSlot, type LeadAction } from './lead-slot.ts'
