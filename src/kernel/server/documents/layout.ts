/** How a document looks, as far as the printed page needs it: what `read-layout.ts` takes from Word and `page.typ` prints. Sizes in points. */
export interface Layout {
  readonly page: { width: number; height: number; top: number; right: number; bottom: number; left: number }
  /** A footer with page numbers. */
  readonly numbered: boolean
  readonly blocks: readonly Block[]
  readonly images: readonly { readonly name: string; readonly base64: string }[]
}

export type Block = Paragraph | Table

export interface Paragraph {
  readonly kind: 'paragraph'
  readonly align: 'left' | 'center' | 'right' | 'justify'
  readonly first: number
  readonly left: number
  readonly right: number
  readonly before: number
  readonly after: number
  /** Height of a line; 0: by the size of its letters. */
  readonly line: number
  readonly size: number
  readonly newPage: boolean
  readonly runs: readonly Run[]
}

export type Run =
  | { readonly text: string; readonly size: number; readonly bold: boolean; readonly underline: boolean; readonly font: string }
  | { readonly image: string; readonly width: number; readonly height: number }
  | { readonly end: 'line' | 'page' }

export interface Table {
  readonly kind: 'table'
  /** Shares of the width. */
  readonly columns: readonly number[]
  readonly width: number
  readonly lines: boolean
  /** Rows at the top that are repeated on every page. */
  readonly headerRows: number
  readonly cells: readonly Cell[]
}

export interface Cell {
  readonly x: number
  readonly y: number
  readonly across: number
  readonly down: number
  readonly middle: boolean
  /** Least height, of empty cells. */
  readonly height: number
  readonly blocks: readonly Block[]
}
