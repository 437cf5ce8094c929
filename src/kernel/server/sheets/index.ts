export { openSheetFile } from './open-file.ts'
export { readSheets } from './read-sheets.ts'
export { sheetErrors } from './errors.ts'
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
