import { candidatesOf, type Candidate } from './candidates.ts'
import { readMemory, unusedOf } from './column-memory.ts'
import { columnName, sureFrom, type ColumnMap, type MappedColumn, type MapInput } from './column-types.ts'
import { labelKey } from './header.ts'
import { addByValues } from './map-by-values.ts'
import { keyField, roleOf } from './match-label.ts'
import type { SheetRow } from './row-types.ts'
import { findShift } from './shifted-sheet.ts'
import { tableErrors } from './table-errors.ts'

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
  doubtOthers(candidates)
  const chosen = choose(candidates)
  const proposals = addByValues(chosen, mapping, offset)
  doubtTwins(chosen, candidates)
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
  const isTwin = (other: Candidate): boolean => other.label.endsWith(one.label) || one.label.endsWith(other.label)
  return one.filled === 0 && candidates.some((other) => other.key === one.key && other.filled > 0 && isTwin(other))
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
function doubtOthers(candidates: readonly Candidate[]): void {
  const name = choose(candidates).find((one) => one.field.pattern === 'name' && one.confidence >= sureFrom)
  for (const one of candidates) {
    if (!one.isHint || (one.field.pattern !== 'idNumber' && one.field.pattern !== 'phone')) continue
    const role = roleOf(one.label, one.field)
    if (role === '' || (name !== undefined && (role === roleOf(name.label, name.field) || role === labelKey(name.label)))) continue
    one.confidence = Math.min(one.confidence, 0.6)
    one.reason = { by: one.how, ...one.reason, doubts: [...(one.reason?.doubts ?? []), 'other-person'] }
  }
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
