export {
  columnName,
  correctColumns,
  findHeader,
  judgeRow,
  labelKey,
  labelsOf,
  mapColumns,
  memoryOfColumns,
  readTables,
  sampleRows,
  rememberColumns,
  firstTable,
  startsTable,
  sureFrom,
  understandTable,
  type AsideReason,
  type ColumnMap,
  type ColumnMemory,
  type ColumnReason,
  type DriftedRow,
  type Header,
  type HeaderColumn,
  type KnownTable,
  type MapInput,
  type MappedColumn,
  type NotData,
  type RememberedColumn,
  type TableBlock,
  type TableInput,
  type UnsureField,
  type ValuePattern,
  type WantedField,
} from '#kernel/pure/tables/index.ts'
export { sheetErrors } from './all-errors.ts'
export { openSheetFile } from './open-file.ts'
export { readSheets } from './read-sheets.ts'
export { readSheetsSandboxed, sandboxLimits, type SandboxLimits } from './sandbox.ts'
export type {
  Merge,
  Reading,
  ReadReport,
  RowBlock,
  SheetFile,
  SheetKind,
  SheetNote,
  SheetRow,
  SheetSeen,
  TextEncoding,
  TextShape,
} from './sheet-types.ts'
export { writeComments, type SheetRemarks } from './comment-xlsx.ts'
export type { CellRemark } from './comment-parts.ts'
export { sayError, sheetWords } from './words.ts'
export { writeRemarked } from './write-remarked.ts'
export { writeCsv, writeWorkbook, type SheetToWrite, type WriteTarget } from './write-sheets.ts'
export { neutralise } from './write-text.ts'
