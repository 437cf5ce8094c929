export type { PaperValues, PaperValue, ImageValue, CodeValue } from './paper-values.ts'
export { checkTemplate, type CheckedTemplate } from './check-template.ts'
export { fillTemplate } from './fill-template.ts'
export { printDocument, type Printed } from './print-document.ts'
