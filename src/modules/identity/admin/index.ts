export { AreaSelect, useAreas } from './area-select.tsx'
