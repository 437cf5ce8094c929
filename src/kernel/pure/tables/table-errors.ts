import { defineErrors } from '../errors/index.ts'

/** What can be wrong with the columns of a sheet. The sentences are in `words/sheet-words.ts`; details hold labels and numbers, never a cell. */
export const tableErrors = defineErrors('sheets', {
  noHeader: 422, // { sheet, seen }
  cellsShifted: 422, // { offset, labels }
  idAsNumbers: 422, // { label, column }
  missingColumns: 422, // { columns, seen }
})
