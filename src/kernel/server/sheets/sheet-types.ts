import type { Merge, RowBlock, SheetRow } from '#kernel/pure/tables/index.ts'

export type { Merge, RowBlock, SheetRow }

/** What a file is by its content, whatever its name ends in. */
export type SheetKind = 'xlsx' | 'xls' | 'text' | 'html' | 'xml'
/** The encodings that county files come in; GB18030 covers GBK and GB2312. */
export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'
/** Presence only: never opened, never copied out. */
export type SheetNote = 'macros' | 'external-links' | 'embedded-objects'

/** How a text file is written: enough for a reader of its bytes. `bomBytes` precede the first line, `firstLine` is 2 after an Excel `sep=` line. */
export interface TextShape {
  encoding: TextEncoding
  bomBytes: number
  separator: ',' | '\t' | ';' | '|'
}

/** A file that was looked at and may be read. Plain data: it can be sent to another process. */
export interface SheetFile {
  path: string
  /** The name the sender gave it, for messages. */
  name: string
  kind: SheetKind
  bytes: number
  text?: TextShape
  /** How a web page or an XML workbook is written. */
  markup?: { encoding: TextEncoding; bomBytes: number }
  notes: SheetNote[]
}

/** What the reader saw of one sheet. */
export interface SheetSeen {
  name: string
  state: 'read' | 'hidden' | 'empty' | 'not-cells'
  rows: number
  hiddenRows: number
  hiddenColumns: number[]
  /** Formulas of a workbook that hold no result, so that their cells are empty here. */
  blankFormulas?: number
}

/** What the reader saw of the file, complete when its rows are read. */
export interface ReadReport {
  sheets: SheetSeen[]
  notes: SheetNote[]
  /** Characters that the encoding does not know and that were read as U+FFFD. */
  brokenCharacters: number
}

/** A reading in progress: `for await (const block of reading)`, then `reading.report`. */
export interface Reading extends AsyncIterable<RowBlock> {
  readonly report: ReadReport
}

/** The most columns and rows a sheet of Excel may have. */
export const maxColumns = 16_384
export const maxRows = 1_048_576
/** Rows and cells after which a block is handed over; the first block waits for `firstRows`. */
export const blockRows = 500
export const blockCells = 40_000
export const firstRows = 60
/** Merged cells that are handed over at most: those of headers, and those whose value holds for several rows. */
export const mostMerges = 50_000
