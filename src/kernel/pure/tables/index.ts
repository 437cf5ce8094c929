export {
  columnName,
  sureFrom,
  type ColumnDoubt,
  type ColumnMap,
  type ColumnMemory,
  type ColumnReason,
  type MapInput,
  type MappedBy,
  type MappedColumn,
  type RememberedColumn,
  type UnsureField,
  type WantedField,
} from './column-types.ts'
export { correctColumns, memoryOfColumns, rememberColumns } from './column-memory.ts'
export { findHeader, guessHeader, labelKey, type Header, type HeaderColumn } from './header.ts'
export { judgeRow, type NotData } from './judge-row.ts'
export { mapColumns } from './map-columns.ts'
export type { AsideReason, KnownTable, TableBlock } from './open-table.ts'
export { readTables, type TableInput } from './read-tables.ts'
export type { DriftedRow } from './align-rows.ts'
export type { Merge, RowBlock, SheetRow } from './row-types.ts'
export { tableErrors } from './table-errors.ts'
export type { ValuePattern } from './value-patterns.ts'
export { sayReason } from './table-words.ts'
export { labelsOf, understandTable } from './understand-table.ts'
export { firstTable, sampleRows, startsTable } from './starts-table.ts'
