export { AreaSelect, useAreas } from './area-select.tsx'
export { nameRole } from './roles.ts'
