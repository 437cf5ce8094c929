import { sheetErrors } from './errors.ts'
import { labelKey, withoutUnit, type Header, type HeaderColumn } from './header.ts'
import type { SheetRow } from './sheet-types.ts'
import { fitOf, type ValuePattern, type ValueTest } from './value-patterns.ts'

/** A value the caller wants from a sheet, and the labels under which it may stand. `codes` are the values it may have. */
export interface WantedField extends ValueTest {
  key: string
  labels: readonly string[]
  aliases?: readonly string[]
  pattern?: ValuePattern
  codes?: readonly string[]
  required?: boolean
}

/** Which column holds a field, how that was found and how sure it is (0..1). */
export interface MappedColumn {
  key: string
  column: number
  label: string
  confidence: number
  how: 'remembered' | 'label' | 'alias' | 'pattern'
}

export interface ColumnMap {
  columns: MappedColumn[]
  /** Columns with a label that no field wants. */
  unused: { column: number; label: string }[]
  /** Keys of fields without a column. */
  missing: string[]
  /** Keys of identity-number columns that were typed as numbers: most cells lost their tail. */
  lostTail: string[]
}

export interface MapInput {
  header: Header
  fields: readonly WantedField[]
  /** Data rows to look at, best some hundred (`judgeRow` gave `undefined`). */
  samples: readonly SheetRow[]
  /** Field key → label, as this sender's last file was mapped (see `rememberColumns`). */
  remembered?: Readonly<Record<string, string>>
  /** For imports that cannot repair numbers: refuse a sheet whose identity numbers lost their tail. */
  refuseLostTail?: boolean
}

interface Candidate extends MappedColumn {
  field: WantedField
}

/**
 * Maps the columns of a header to the wanted fields: by memory, label, alias, then by the values themselves.
 * Throws `sheets.cells-shifted`, `sheets.missing-columns` and, when asked, `sheets.id-as-numbers`.
 */
export function mapColumns(input: MapInput): ColumnMap {
  const { header, fields, samples } = input
  const keyed = fields.map((field) => ({ field, label: field.labels.map(labelKey), alias: (field.aliases ?? []).map(labelKey) }))
  const chosen = choose(header.columns.flatMap((column) => candidatesFor(column, keyed, input)))
  refuseShifted(chosen, samples)
  addByValues(chosen, input)
  const keys = new Set(chosen.map((candidate) => candidate.key))
  const missing = fields.filter((field) => !keys.has(field.key))
  const required = missing.filter((field) => field.required === true)
  if (required.length > 0) {
    const seen = header.columns.slice(0, 60).map((column) => column.label)
    throw sheetErrors.missingColumns({ columns: required.map((field) => field.labels[0] ?? field.key), seen, sheet: header.sheet })
  }
  const lost = chosen.filter((candidate) => candidate.field.pattern === 'idNumber' && lostShare(samples, candidate.column) >= 0.5)
  if (input.refuseLostTail === true && lost[0] !== undefined) {
    throw sheetErrors.idAsNumbers({ label: lost[0].label, column: columnName(lost[0].column), sheet: header.sheet })
  }
  const used = new Set(chosen.map((candidate) => candidate.column))
  return {
    columns: chosen.map(({ key, column, label, confidence, how }) => ({ key, column, label, confidence, how })),
    unused: header.columns.filter(({ column }) => !used.has(column)).map(({ column, label }) => ({ column, label })),
    missing: missing.map((field) => field.key),
    lostTail: lost.map((candidate) => candidate.key),
  }
}

/** The mapping as it is kept for the sender's next file. */
export function rememberColumns(map: ColumnMap): Record<string, string> {
  return Object.fromEntries(map.columns.map(({ key, label }) => [key, label]))
}

/** The letters Excel shows above a column: 0 → `A`, 27 → `AB`. */
export function columnName(column: number): string {
  let name = ''
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1) name = String.fromCharCode(65 + (rest % 26)) + name
  return name
}

/** A field with its labels and aliases as they are compared. */
interface KeyedField {
  field: WantedField
  label: string[]
  alias: string[]
}

function candidatesFor(column: HeaderColumn, keyed: readonly KeyedField[], { remembered, samples }: MapInput): Candidate[] {
  const found: Candidate[] = []
  for (const known of keyed) {
    const { field } = known
    const match = matchLabel(column, known, remembered?.[field.key])
    if (match === undefined) continue
    // A label may lie; values that do not fit make it less sure, never worthless.
    const { filled, share } = isJudged(field) ? fitOf(field, samples, column.column) : { filled: 0, share: 1 }
    const confidence = filled >= 3 && share < 0.2 ? match.confidence / 2 : match.confidence
    found.push({ key: field.key, column: column.column, label: column.label, field, how: match.how, confidence })
  }
  return found
}

function isJudged(field: WantedField): boolean {
  return field.pattern !== undefined || (field.codes !== undefined && field.codes.length > 0)
}

function matchLabel(
  column: HeaderColumn,
  known: KeyedField,
  remembered: string | undefined,
): Pick<Candidate, 'how' | 'confidence'> | undefined {
  if (remembered !== undefined && labelKey(remembered) === column.forms[0]) return { how: 'remembered', confidence: 1 }
  let best: Pick<Candidate, 'how' | 'confidence'> | undefined
  column.forms.forEach((form, index) => {
    for (const how of ['label', 'alias'] as const) {
      // A lower part of a joined label (`户主` over `姓名` read as `姓名`) says less than the whole, an alias less than a label.
      const confidence = likeness(form, known[how]) - Math.min(index, 3) * 0.04 - (how === 'label' ? 0 : 0.05)
      if (confidence > (best?.confidence ?? 0.3)) best = { how, confidence }
    }
  })
  return best
}

/** 1 for the same label, less when a unit is missing on one side, much less when the units differ (`元` and `万元`). */
function likeness(form: string, known: readonly string[]): number {
  if (known.includes(form)) return 1
  const bare = withoutUnit(form)
  if (bare === '') return 0
  const like = known.filter((key) => withoutUnit(key) === bare)
  if (like.length === 0) return 0
  return form === bare || like.includes(bare) ? 0.85 : 0.6
}

/** One column per field and one field per column, the surest first; of equals the one further left. */
function choose(candidates: Candidate[]): Candidate[] {
  const keys = new Set<string>()
  const columns = new Set<number>()
  const chosen: Candidate[] = []
  for (const candidate of candidates.toSorted((one, other) => other.confidence - one.confidence || one.column - other.column)) {
    if (keys.has(candidate.key) || columns.has(candidate.column)) continue
    keys.add(candidate.key)
    columns.add(candidate.column)
    chosen.push(candidate)
  }
  return chosen.toSorted((one, other) => one.column - other.column)
}

/** Fields still without a column, when exactly one unlabelled or unknown column has their values: identity numbers, telephones, names. */
function addByValues(chosen: Candidate[], { header, fields, samples }: MapInput): void {
  const keys = new Set(chosen.map((candidate) => candidate.key))
  for (const field of fields) {
    if (keys.has(field.key) || (field.pattern !== 'idNumber' && field.pattern !== 'phone' && field.pattern !== 'name')) continue
    const used = new Set(chosen.map((candidate) => candidate.column))
    const width = Math.max(0, ...samples.map((row) => row.cells.length))
    const fitting: { column: number; share: number }[] = []
    for (let column = 0; column < Math.min(width, 512); column += 1) {
      const { filled, share } = used.has(column) ? { filled: 0, share: 0 } : fitOf(field, samples, column)
      if (filled >= Math.max(3, samples.length / 4) && share >= 0.8 && variety(samples, column) >= 0.6) fitting.push({ column, share })
    }
    const only = fitting.length === 1 ? fitting[0] : undefined
    if (only === undefined) continue
    const label = header.columns.find(({ column }) => column === only.column)?.label ?? ''
    chosen.push({ key: field.key, column: only.column, label, field, how: 'pattern', confidence: 0.6 * only.share })
  }
}

/** Share of different values: answers from a short list (`是`, `已办结`) are no names and no numbers. */
function variety(samples: readonly SheetRow[], column: number): number {
  const values = samples.map((row) => row.cells[column] ?? '').filter((cell) => cell !== '')
  return new Set(values).size / Math.max(1, values.length)
}

const farthest = 60

/** Refuses a sheet in which two or more columns fit their labels only at one constant distance. */
function refuseShifted(chosen: readonly Candidate[], samples: readonly SheetRow[]): void {
  const strong = chosen.filter(
    ({ field }) => field.pattern === 'idNumber' || field.pattern === 'phone' || field.pattern === 'day' || (field.codes?.length ?? 0) > 0,
  )
  const fitting = (offset: number): Candidate[] =>
    strong.filter(({ field, column }) => {
      const { filled, share } = fitOf(field, samples, column + offset)
      return filled >= 3 && share >= 0.6
    })
  const inPlace = fitting(0).length
  if (strong.length < 2 || samples.length < 3 || inPlace * 2 >= strong.length) return
  let best: { offset: number; found: Candidate[] } | undefined
  for (let distance = 1; distance <= farthest; distance += 1) {
    for (const offset of [distance, -distance]) {
      const found = fitting(offset)
      if (found.length >= 2 && found.length > inPlace && found.length > (best?.found.length ?? 0)) best = { offset, found }
    }
  }
  if (best === undefined) return
  throw sheetErrors.cellsShifted({ offset: best.offset, labels: best.found.slice(0, 5).map((candidate) => candidate.label) })
}

function lostShare(samples: readonly SheetRow[], column: number): number {
  const filled = samples.filter((row) => (row.cells[column] ?? '') !== '')
  return filled.length === 0 ? 0 : filled.filter((row) => row.lostTail?.includes(column)).length / filled.length
}
