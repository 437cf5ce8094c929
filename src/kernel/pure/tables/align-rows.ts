import { readIdNumber, tidy, tidyIdNumber } from '../text/index.ts'
import type { ColumnMap, WantedField } from './column-types.ts'
import { lastFilled, type SheetRow } from './row-types.ts'
import { testOf } from './value-patterns.ts'

/** A row whose cells slipped: from `column` on they stand `offset` columns beside their labels. `mended`: the row was put right, proven by its values. */
export interface DriftedRow {
  row: number
  column: number
  offset: number
  mended: boolean
}

/** Judges one data row: `undefined` when it stands in place; else what is wrong, and the row put right where that is proven. */
export type RowAligner = (row: SheetRow) => { drift: DriftedRow; row: SheetRow | undefined } | undefined

/** What stands in a column as a rule. */
export interface ColumnForm {
  column: number
  fits: (cell: string) => boolean
  /** Mapped by a form that tells: an identity number, a telephone, a day, a code. */
  isTrusted: boolean
  isId: boolean
}

const offsets = [1, -1, 2, -2, 3, -3] as const
const leastSamples = 5

/**
 * Tells rows that slipped by one to three columns. `undefined` when the columns say too little to prove anything. Cheap for rows in place:
 * one or two cells are looked at.
 */
export function makeAligner(forms: ReadonlyMap<number, ColumnForm>): RowAligner | undefined {
  const trusted = [...forms.values()].filter((form) => form.isTrusted)
  const first = trusted[0]
  const last = trusted[trusted.length - 1]
  if (first === undefined || last === undefined || (trusted.length < 2 && !first.isId)) return undefined
  return (row) => {
    const { cells } = row
    const head = cells[first.column] ?? ''
    const tail = cells[last.column] ?? ''
    if (head !== '' && first.fits(head) && (last === first || (tail !== '' && last.fits(tail)))) return undefined
    if (isInPlace(cells, forms)) return undefined
    const offset = findOffset(cells, forms)
    return offset === 0 ? undefined : mend(row, offset, { forms, trusted })
  }
}

/** Learns from sample rows what stands in each column, from left to right. */
export function learnForms(map: ColumnMap, fields: readonly WantedField[], samples: readonly SheetRow[]): Map<number, ColumnForm> {
  const wanted = new Map(fields.map((field) => [field.key, field]))
  const fieldOf = new Map(map.columns.filter((one) => one.how !== 'pattern').map((one) => [one.column, wanted.get(one.key)]))
  const width = Math.min(512, Math.max(0, ...samples.map((row) => row.cells.length)))
  const forms = new Map<number, ColumnForm>()
  for (let column = 0; column < width; column += 1) {
    const values = samples.map((row) => row.cells[column] ?? '').filter((cell) => cell.trim() !== '')
    const form = values.length < leastSamples ? undefined : (trustedForm(column, fieldOf.get(column), values) ?? plainForm(column, values))
    if (form !== undefined) forms.set(column, form)
  }
  return forms
}

const telling = new Set(['idNumber', 'phone', 'day'])

function trustedForm(column: number, field: WantedField | undefined, values: readonly string[]): ColumnForm | undefined {
  if (field === undefined) return undefined
  const hasCodes = (field.codes?.length ?? 0) > 0
  if (!hasCodes && !telling.has(field.pattern ?? '')) return undefined
  const fits = testOf(field)
  if (shareOf(values, fits) < 0.6) return undefined
  return { column, fits, isTrusted: true, isId: !hasCodes && field.pattern === 'idNumber' }
}

const shapes: readonly ((cell: string) => boolean)[] = [
  (cell) => /^-?[\d,]+(\.\d+)?$/.test(cell),
  (cell) => /^\p{Script=Han}{1,6}$/u.test(cell),
  (cell) => !/^[\d.,:/-]+$/.test(cell),
]

/** What else may be said of a column: a short list of values, numbers, short words, or at least no numbers. */
function plainForm(column: number, values: readonly string[]): ColumnForm | undefined {
  const known = new Set(values.map(tidy))
  const isList = values.length >= 20 && known.size <= values.length / 5
  const tests = [...(isList ? [(cell: string) => known.has(cell)] : []), ...shapes]
  const fits = tests.find((test) => shareOf(values, (cell) => test(tidy(cell))) >= 0.9)
  return fits === undefined ? undefined : { column, fits: (cell) => fits(tidy(cell)), isTrusted: false, isId: false }
}

function shareOf(values: readonly string[], fits: (cell: string) => boolean): number {
  return values.filter(fits).length / values.length
}

function isInPlace(cells: readonly string[], byColumn: ReadonlyMap<number, ColumnForm>): boolean {
  return cells.every((cell, column) => cell.trim() === '' || (byColumn.get(column)?.fits(cell) ?? true))
}

/**
 * The distance at which cells fit though they do not in place: a valid identity number, two trusted columns, or one of them with others
 * that agree. 0: none.
 */
function findOffset(cells: readonly string[], forms: ReadonlyMap<number, ColumnForm>): number {
  let best = { offset: 0, weight: 1 }
  for (const offset of offsets) {
    let trusted = 0
    let others = 0
    for (const form of forms.values()) {
      const cell = cells[form.column + offset] ?? ''
      const here = cells[form.column] ?? ''
      if (cell.trim() === '' || !form.fits(cell) || (here.trim() !== '' && form.fits(here))) continue
      if (!form.isTrusted) others += 0.4
      else trusted += form.isId && readIdNumber(tidyIdNumber(cell).slice(0, 18)) !== undefined ? 2 : 1
    }
    if (trusted > 0 && trusted + others > best.weight) best = { offset, weight: trusted + others }
  }
  return best.offset
}

interface Forms {
  forms: ReadonlyMap<number, ColumnForm>
  trusted: readonly ColumnForm[]
}

/** Tries every column from which the cells may have slipped; only when all ways that fit give the same row is it put right. */
function mend(row: SheetRow, offset: number, { forms, trusted }: Forms): ReturnType<RowAligner> {
  const { cells } = row
  const found = new Map<string, { column: number; cells: string[] }>()
  for (let column = 0; column < cells.length; column += 1) {
    const moved = moveCells(cells, column, offset)
    if (moved === undefined || !isInPlace(moved, forms) || !trusted.some((form) => changed(cells, moved, form))) continue
    const text = JSON.stringify(moved.slice(0, lastFilled(moved) + 1))
    if (!found.has(text)) found.set(text, { column, cells: moved })
  }
  const [only] = [...found.values()]
  const from = only?.column ?? 0
  if (found.size !== 1 || only === undefined) return { drift: { row: row.row, column: from, offset, mended: false }, row: undefined }
  const mended: SheetRow = { ...row, cells: only.cells }
  if (row.lostTail !== undefined) mended.lostTail = row.lostTail.map((column) => (column < from ? column : column - offset))
  return { drift: { row: row.row, column: from, offset, mended: true }, row: mended }
}

function changed(cells: readonly string[], moved: readonly string[], form: ColumnForm): boolean {
  const cell = moved[form.column] ?? ''
  return cell.trim() !== '' && cell !== cells[form.column]
}

/** Moves the cells from `column` on back by `offset`. Only blank cells may go: a value is never dropped. */
function moveCells(cells: readonly string[], column: number, offset: number): string[] | undefined {
  const kept = cells.slice(0, column)
  if (offset < 0) return [...kept, ...Array.from({ length: -offset }, () => ''), ...cells.slice(column)]
  const dropped = cells.slice(column, column + offset)
  return dropped.length === offset && dropped.every((cell) => cell.trim() === '') ? [...kept, ...cells.slice(column + offset)] : undefined
}
