export { columnName, mapColumns, rememberColumns, type ColumnMap, type MapInput, type MappedColumn, type WantedField } from './columns.ts'
export { sheetErrors } from './errors.ts'
export { findHeader, judgeRow, labelKey, type Header, type HeaderColumn, type NotData } from './header.ts'
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
export type { ValuePattern } from './value-patterns.ts'
export { writeRemarks, type Remark } from './annotate.ts'
export { sayError, sheetWords } from './words.ts'
export { neutralise, writeCsv, writeWorkbook, type SheetToWrite, type WriteTarget } from './write-sheets.ts'
