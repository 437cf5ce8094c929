import { tableErrors } from '#kernel/pure/tables/index.ts'
import { sheetErrors as fileErrors } from './errors.ts'

/** What can be wrong with a file (`errors.ts`, all that the child of the sandbox needs) and with the tables in it. */
export const sheetErrors = { ...fileErrors, ...tableErrors }
