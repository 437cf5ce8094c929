export { AreaSelect, useAreas } from './area-select.tsx'
export { nameRole } from './roles.ts'
export { ChooseSheet } from './choose-sheet.tsx'
export { organisationSlot, type OrganisationPanel } from './organisation-slot.ts'
