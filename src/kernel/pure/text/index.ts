export { tidy, tidyIdNumber, tidyLabel, tidyName, tidyPhone } from './typography.ts'
export { checkCharacterOf, maskIdNumber, maskPhone, readIdNumber, widenIdNumber, type IdNumberParts } from './identity-number.ts'
