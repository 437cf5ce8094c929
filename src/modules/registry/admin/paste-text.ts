import { readPaste } from '#ui/data/sheet-moves.ts'

/** A pasted table as it is looked at before it is sent. */
export interface PastedTable {
  readonly text: string
  /** Rows of the whole, blank ones at the end left out. */
  readonly rows: number
  readonly columns: number
  /** The first rows only: a hundred thousand are never taken apart in the page. */
  readonly head: readonly (readonly string[])[]
}

const headRows = 50

/** Looks at what the clipboard holds: how many rows and columns, and the first rows cell by cell. `undefined` when there is nothing. */
export function lookAtPaste(text: string): PastedTable | undefined {
  const trimmed = text.replace(/[\s]+$/, '')
  if (trimmed === '') return undefined
  let rows = 1
  let headEnd = trimmed.length
  let isQuoted = false
  let isCellStart = true
  for (let at = 0; at < trimmed.length; at += 1) {
    const sign = trimmed.charCodeAt(at)
    if (sign === quote && (isQuoted || isCellStart)) isQuoted = !isQuoted
    isCellStart = !isQuoted && (sign === tab || sign === lineFeed)
    if (sign === lineFeed && !isQuoted) {
      if (rows === headRows) headEnd = at
      rows += 1
    }
  }
  const head = readPaste(trimmed.slice(0, headEnd))
  return { text, rows, columns: Math.max(0, ...head.map((cells) => cells.length)), head }
}

const quote = 34
const tab = 9
const lineFeed = 10

/** The paste as a file whose name says when it came: `粘贴 2026-11-22 0930.txt`. */
export function fileOfPaste({ text }: Pick<PastedTable, 'text'>, nowMs: number): File {
  const stamp = new Date(nowMs + 8 * 3_600_000).toISOString()
  return new File([text], `粘贴 ${stamp.slice(0, 10)} ${stamp.slice(11, 13)}${stamp.slice(14, 16)}.txt`, { type: 'text/plain' })
}
