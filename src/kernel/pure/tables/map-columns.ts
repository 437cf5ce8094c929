import { readMemory, unusedOf } from './column-memory.ts'
import { columnName, sureFrom, type ColumnMap, type MappedColumn, type MapInput, type WantedField } from './column-types.ts'
import { labelKey, type HeaderColumn } from './header.ts'
import { alike, keyField, matchLabel, roleOf, type KeyedField } from './match-label.ts'
import type { SheetRow } from './row-types.ts'
import { findShift } from './shifted-sheet.ts'
import { tableErrors } from './table-errors.ts'
import { fitOf } from './value-patterns.ts'

export interface Candidate extends MappedColumn {
  field: WantedField
  share: number
  filled: number
  isHint: boolean
}

interface Mapping extends MapInput {
  keyed: KeyedField[]
}

/**
 * Maps the columns of a header to the wanted fields: by memory, label, alias, then by the values themselves. What is a guess stands in
 * `unsure` too. Throws `sheets.cells-shifted`, `sheets.missing-columns` and, when asked, `sheets.id-as-numbers`.
 */
export function mapColumns(input: MapInput): ColumnMap {
  const { header, fields, samples } = input
  const memory = readMemory(input.remembered)
  const mapping = { ...input, keyed: fields.map((field) => keyField(field, memory.get(field.key))) }
  const inPlace = candidatesOf(mapping, 0)
  const offset = findOffset(choose(inPlace), input)
  const candidates = offset === 0 ? inPlace : candidatesOf(mapping, offset)
  const chosen = choose(candidates)
  const proposals = addByValues(chosen, mapping, offset)
  doubtTwins(chosen, candidates)
  doubtOthers(chosen)
  const keys = new Set(chosen.map((candidate) => candidate.key))
  const missing = fields.filter((field) => !keys.has(field.key))
  const required = missing.filter((field) => field.required === true)
  if (required.length > 0) {
    const seen = header.columns.slice(0, 60).map((column) => column.label)
    throw tableErrors.missingColumns({ columns: required.map((field) => field.labels[0] ?? field.key), seen, sheet: header.sheet })
  }
  const lost = chosen.filter((candidate) => candidate.field.pattern === 'idNumber' && lostShare(samples, candidate.column) >= 0.5)
  if (input.refuseLostTail === true && lost[0] !== undefined) {
    throw tableErrors.idAsNumbers({ label: lost[0].label, column: columnName(lost[0].column), sheet: header.sheet })
  }
  const map: ColumnMap = {
    columns: chosen.map(plain),
    unused: unusedOf(header, new Set(chosen.map((candidate) => candidate.column)), offset),
    missing: missing.map((field) => field.key),
    lostTail: lost.map((candidate) => candidate.key),
    unsure: listUnsure(chosen, [...candidates, ...proposals]),
  }
  return offset === 0 ? map : { ...map, shiftedBy: offset }
}

function plain({ key, column, label, confidence, how, reason }: Candidate): MappedColumn {
  const bounded = Math.round(Math.min(1, Math.max(0, confidence)) * 100) / 100
  return reason === undefined ? { key, column, label, confidence: bounded, how } : { key, column, label, confidence: bounded, how, reason }
}

/** Every column with every field that its label may mean. */
function candidatesOf({ header, keyed, samples }: Mapping, offset: number): Candidate[] {
  const seen = new Map<string, number>()
  const found: Candidate[] = []
  const labelled = new Set(header.columns.map((column) => column.column + offset))
  for (const column of header.columns) {
    if (column.hidden === true) continue
    const nth = seen.get(column.forms[0] ?? '') ?? 0
    seen.set(column.forms[0] ?? '', nth + 1)
    for (const known of keyed) {
      const match = matchLabel(column, nth, known)
      if (match === undefined) continue
      const one = judgeValues({ ...column, column: column.column + offset }, known.field, match, samples)
      found.push(one, ...(one.filled === 0 && samples.length >= 3 ? besideOf(one, labelled, samples) : []))
    }
  }
  return found
}

/** A label may lie; values that do not fit make it less sure, never worthless. */
function judgeValues(
  column: HeaderColumn,
  field: WantedField,
  match: NonNullable<ReturnType<typeof matchLabel>>,
  samples: readonly SheetRow[],
): Candidate {
  const form = formOf(field)
  const { filled, share } = fitOf({ ...field, serials: true }, samples, column.column)
  const differs = form !== undefined && filled >= 3 && share < 0.2
  const doubts = differs ? [...match.doubts, 'values-differ' as const] : match.doubts
  const reason = {
    by: match.how,
    ...(form === undefined || filled < 3 ? {} : { pattern: form, share }),
    ...(doubts.length === 0 ? {} : { doubts }),
  }
  const confidence = differs ? match.confidence / 2 : match.confidence
  return {
    key: field.key,
    column: column.column,
    label: column.label,
    field,
    how: match.how,
    confidence,
    share: filled < 3 ? 0.5 : share,
    filled,
    isHint: match.isHint === true,
    reason,
  }
}

/** A label over an empty column whose values stand in the next one, which has no label: cells that slipped, or a label over two columns. */
function besideOf(one: Candidate, labelled: ReadonlySet<number>, samples: readonly SheetRow[]): Candidate[] {
  const found: Candidate[] = []
  for (const column of [one.column + 1, one.column - 1]) {
    if (column < 0 || labelled.has(column)) continue
    const { filled, share } = fitOf({ ...one.field, serials: true }, samples, column)
    if (filled * 2 < samples.length || (formOf(one.field) !== undefined && share < 0.8)) continue
    const isProven =
      one.field.pattern === 'idNumber' || one.field.pattern === 'phone' || one.field.pattern === 'day' || (one.field.codes?.length ?? 0) > 0
    const reason = { by: one.how, ...one.reason, share, doubts: [...(one.reason?.doubts ?? []), 'beside' as const] }
    found.push({ ...one, column, filled, share, confidence: Math.min(one.confidence, isProven ? 0.8 : 0.65), reason })
  }
  return found
}

function formOf(field: WantedField): NonNullable<MappedColumn['reason']>['pattern'] {
  return field.codes !== undefined && field.codes.length > 0 ? 'codes' : field.pattern
}

/** One column per field and one field per column, the surest first; of equals what was remembered, then the one further left. */
function choose(candidates: readonly Candidate[]): Candidate[] {
  const keys = new Set<string>()
  const columns = new Set<number>()
  const chosen: Candidate[] = []
  const rank = (one: Candidate): number =>
    one.confidence + (one.how === 'remembered' ? 0.005 : 0) - (hasFilledTwin(one, candidates) ? 0.5 : 0)
  for (const candidate of [...candidates].sort((one, other) => rank(other) - rank(one) || one.column - other.column)) {
    if (keys.has(candidate.key) || columns.has(candidate.column)) continue
    keys.add(candidate.key)
    columns.add(candidate.column)
    chosen.push(candidate)
  }
  return chosen.sort((one, other) => one.column - other.column)
}

/** An empty column beside another of the same label, or beside its own values, holds nothing that is looked for. */
function hasFilledTwin(one: Candidate, candidates: readonly Candidate[]): boolean {
  return one.filled === 0 && candidates.some((other) => other.key === one.key && other.label === one.label && other.filled > 0)
}

/** How many columns the cells stand beside their labels; 0 for nearly every sheet. Refuses a sheet that may not or cannot be mended. */
function findOffset(chosen: readonly Candidate[], { samples, header, realign }: MapInput): number {
  const shift = findShift(chosen, samples, header)
  if (shift === undefined) return 0
  if (realign === true && shift.isProven) return shift.offset
  throw tableErrors.cellsShifted({ offset: shift.offset, labels: shift.labels })
}

/** Column labels are equal in two columns and nothing tells which is meant: taken from the left, but said. */
function doubtTwins(chosen: readonly Candidate[], candidates: readonly Candidate[]): void {
  const used = new Set(chosen.map((candidate) => candidate.column))
  for (const one of chosen) {
    if (one.how !== 'label' && one.how !== 'alias') continue
    const isTwin = candidates.some(
      (other) =>
        other.key === one.key &&
        !used.has(other.column) &&
        other.confidence >= one.confidence &&
        other.column !== one.column &&
        (other.filled > 0 || one.filled === 0),
    )
    if (!isTwin) continue
    one.confidence = Math.min(one.confidence, 0.65)
    one.reason = { by: one.how, ...one.reason, doubts: [...(one.reason?.doubts ?? []), 'two-alike'] }
  }
}

/** A number or telephone known only by parts of its label must be of the same person as the names: `代领人电话` beside `申请人姓名` is not. */
function doubtOthers(chosen: readonly Candidate[]): void {
  const name = chosen.find((one) => one.field.pattern === 'name' && one.confidence >= sureFrom)
  for (const one of chosen) {
    const role = roleOf(labelKey(one.label))
    if (!one.isHint || role === '' || name === undefined || role === roleOf(labelKey(name.label)) || labelKey(name.label) === role) continue
    if (one.field.pattern !== 'idNumber' && one.field.pattern !== 'phone') continue
    one.confidence = Math.min(one.confidence, 0.6)
    one.reason = { by: one.how, ...one.reason, doubts: [...(one.reason?.doubts ?? []), 'other-person'] }
  }
}

const byValues = new Set(['idNumber', 'phone', 'name'])

/**
 * Fields still without a column: taken when exactly one unknown column has the values of an identity number, telephone or name; else every
 * column that looks like it is proposed. A remembered column without a label is found again by its place and values.
 */
function addByValues(chosen: Candidate[], { header, keyed, samples }: Mapping, offset: number): Candidate[] {
  const proposals: Candidate[] = []
  const keys = new Set(chosen.map((candidate) => candidate.key))
  const hidden = new Set(header.columns.filter((column) => column.hidden === true).map((column) => column.column + offset))
  const labels = new Map(header.columns.map((column) => [column.column + offset, column.label]))
  const width = Math.min(512, Math.max(0, ...samples.map((row) => row.cells.length)))
  for (const known of keyed) {
    const { field, memory } = known
    if (keys.has(field.key) || memory === null || formOf(field) === undefined) continue
    const used = new Set(chosen.map((candidate) => candidate.column))
    const sure = new Set(chosen.filter((candidate) => candidate.confidence >= sureFrom).map((candidate) => candidate.column))
    const fitting: Candidate[] = []
    for (let column = 0; column < width; column += 1) {
      if (sure.has(column) || hidden.has(column)) continue
      const label = labels.get(column) ?? ''
      const isPlace = memory !== undefined && memory.label === '' && label === '' && memory.column === column - offset
      const one = fitValues({ field, column, label, isPlace }, samples)
      if (one !== undefined) fitting.push(one)
    }
    fitting.sort((one, other) => other.confidence - one.confidence)
    const free = fitting.filter((one) => !used.has(one.column))
    const first = free[0]
    const isOnly = free.length === 1 && byValues.has(field.pattern ?? '') && !(field.codes !== undefined && field.codes.length > 0)
    if (first !== undefined && (isOnly || first.how === 'remembered')) chosen.push(first)
    proposals.push(...fitting)
  }
  return proposals
}

function fitValues(
  place: { field: WantedField; column: number; label: string; isPlace: boolean },
  samples: readonly SheetRow[],
): Candidate | undefined {
  const { field, column, label, isPlace } = place
  const { filled, share } = fitOf(field, samples, column)
  const pattern = formOf(field)
  if (filled < Math.max(3, samples.length / 4) || share < 0.8 || pattern === undefined) return undefined
  if (!isPlace && byValues.has(pattern) && variety(samples, column) < 0.6) return undefined
  const like = Math.max(...[...field.labels, ...(field.aliases ?? [])].map((known) => alike(known, label)), 0)
  // Yes or no, amounts and counts stand in many columns: only a label that resembles makes them worth a proposal.
  if (!isPlace && (pattern === 'yesNo' || pattern === 'count' || pattern === 'money') && like < 0.4) return undefined
  const how = isPlace ? 'remembered' : 'pattern'
  const confidence = isPlace ? 0.8 * share : Math.min(0.69, 0.6 * share + (byValues.has(pattern) ? 0 : 0.1 * like - 0.1))
  const doubts = [isPlace ? ('place-only' as const) : label === '' ? ('no-label' as const) : ('label-alike' as const)]
  return {
    key: field.key,
    column,
    label,
    field,
    how,
    share,
    filled,
    isHint: false,
    confidence,
    reason: { by: how, pattern, share, doubts },
  }
}

/** Share of different values: answers from a short list (`是`, `已办结`) are no names and no numbers. */
function variety(samples: readonly SheetRow[], column: number): number {
  const values = samples.map((row) => row.cells[column] ?? '').filter((cell) => cell !== '')
  return new Set(values).size / Math.max(1, values.length)
}

function listUnsure(chosen: readonly Candidate[], candidates: readonly Candidate[]): ColumnMap['unsure'] {
  const known = new Map(chosen.map((one) => [one.key, one]))
  const unsure = new Map<string, Candidate[]>()
  for (const one of chosen) if (one.confidence < sureFrom) unsure.set(one.key, [one])
  const taken = new Set(chosen.filter((one) => one.confidence >= sureFrom).map((one) => one.column))
  for (const one of candidates) {
    if ((known.get(one.key)?.confidence ?? 0) >= sureFrom || taken.has(one.column)) continue
    const list = unsure.get(one.key) ?? []
    if (!list.some((other) => other.column === one.column)) list.push(one)
    unsure.set(one.key, list)
  }
  return [...unsure].map(([key, list]) => {
    const rest = list.slice(known.has(key) ? 1 : 0).sort((one, other) => other.confidence - one.confidence)
    return { key, candidates: [...(known.has(key) ? list.slice(0, 1) : []), ...rest].slice(0, 5).map(plain) }
  })
}

function lostShare(samples: readonly SheetRow[], column: number): number {
  const filled = samples.filter((row) => (row.cells[column] ?? '') !== '')
  return filled.length === 0 ? 0 : filled.filter((row) => row.lostTail?.includes(column) === true).length / filled.length
}
